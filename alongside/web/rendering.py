from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Forms are drawn by our own templates, found beside every other."""

    form_template_name = "web/form.html"
    field_template_name = "web/field.html"
