from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.training.forms.common import Clock, Making, long_text
from alongside.web.fields import DateInput


class DaysField(forms.CharField):
    """Days, one a line."""

    widget = long_text(3)

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value) or ""
        return [_day(number, line) for number, line in enumerate(typed.splitlines(), 1) if line.strip()]


def _day(number: int, line: str) -> date:
    try:
        found: date | None = forms.DateField().clean(line.strip())
    except forms.ValidationError:
        found = None
    if found is None:
        raise forms.ValidationError(
            _("Line %(number)s says “%(line)s”, which is not a day such as 28/12/2026.")
            % {"number": number, "line": line.strip()[:40]}
        )
    return found


class OutlineForm(Making):
    on = forms.DateField(label=gettext_lazy("First session on"), widget=DateInput())
    starts = forms.TimeField(label=gettext_lazy("From"), widget=Clock())
    ends = forms.TimeField(label=gettext_lazy("To"), widget=Clock())
    place = forms.CharField(
        label=gettext_lazy("Where?"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("If it is not where the group meets."),
    )
    link = forms.URLField(label=gettext_lazy("Link, if it is online"), required=False, assume_scheme="https")
    skip = DaysField(
        label=gettext_lazy("Days to leave out"),
        required=False,
        help_text=gettext_lazy("One a line, such as 28/12/2026. What would be then is a week later."),
    )
