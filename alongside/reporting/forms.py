from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.accounts.editing import Editing
from alongside.accounts.models import Study
from alongside.analysis.models import Theme
from alongside.reporting.models import Report

SHORT = forms.Textarea(attrs={"rows": 4})


class ReportForm(forms.ModelForm):
    class Meta:
        model = Report
        fields = [
            "title",
            "authors",
            "aim",
            "methodology",
            "findings",
            "implications",
            "limits",
            "shaped_by",
            "checked_by",
            "permission",
            "licence",
            "shows_counts",
        ]
        labels = {
            "title": _("Title"),
            "authors": _("Authors, in the order in which they are named"),
            "aim": _("Aim"),
            "methodology": _("Methodology"),
            "findings": _("Findings"),
            "implications": _("Implications for future practice"),
            "limits": _("Limits"),
            "shaped_by": _("Who shaped this"),
            "checked_by": _("Who checked it"),
            "permission": _("What readers may do with it"),
            "licence": _("Licence of the text"),
            "shows_counts": _("Show how often each code was used"),
        }
        widgets = {
            "aim": SHORT,
            "methodology": SHORT,
            "findings": SHORT,
            "implications": SHORT,
            "limits": SHORT,
            "shaped_by": SHORT,
            "permission": SHORT,
        }


class SectionForm(forms.Form):
    heading = forms.CharField(label=_("Heading"), max_length=300)
    body = forms.CharField(
        label=_("Words"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("An empty line begins a new paragraph."),
    )


class ChangeReportForm(Editing, ReportForm):
    """What a finding says, while others may be writing it too."""


class ChangeSectionForm(Editing, SectionForm):
    """What a section says, while others may be writing it too."""


class DrawForm(forms.Form):
    def __init__(self, *args: Any, study: Study, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        drawn = report.sections.filter(theme__isnull=False).values("theme_id")
        self.fields["theme"] = forms.ModelChoiceField(
            label=_("Theme"), queryset=Theme.objects.filter(study=study).exclude(pk__in=drawn)
        )


class InsiderForm(forms.Form):
    note = forms.CharField(label=_("Why it can stand"), required=False, max_length=300)


class PublishForm(forms.Form):
    audience = forms.ChoiceField(
        label=_("Who may read it"), choices=Report.Audience.choices, widget=forms.RadioSelect
    )
    version = forms.CharField(label=_("Version"), max_length=20, initial="1.0")
