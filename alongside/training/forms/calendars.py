from django import forms

from alongside.training.forms.common import Making


class NamedForm(Making):
    """A button: a calendar says which course it is, or only that there is one."""

    says_which_course = forms.TypedChoiceField(
        choices=[("yes", ""), ("no", "")], coerce=lambda said: said == "yes"
    )
