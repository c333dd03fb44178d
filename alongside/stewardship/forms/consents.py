from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.people.models import Purpose
from alongside.web.fields import DateTimeInput


class MomentForm(forms.Form):
    """Which moment is asked about; left out, it is now."""

    at = forms.DateTimeField(label=_("On this day, at this time"), required=False, widget=DateTimeInput)
    purpose = forms.ChoiceField(
        label=_("To what"), choices=[("", _("Everything that is asked")), *Purpose.choices], required=False
    )

    def clean_at(self) -> datetime | None:
        at: datetime | None = self.cleaned_data["at"]
        if at is not None and at > timezone.now():
            raise ValidationError(_("What people will agree to then, nobody knows yet. Name a past moment."))
        return at

    # Now, and everything, where nothing was asked or the question wasn't understood.

    @property
    def moment(self) -> datetime:
        return (self.is_valid() and self.cleaned_data["at"]) or timezone.now()

    @property
    def is_past(self) -> bool:
        return bool(self.is_valid() and self.cleaned_data["at"])

    @property
    def purposes(self) -> list[Purpose]:
        asked = self.cleaned_data["purpose"] if self.is_valid() else ""
        return [Purpose(asked)] if asked else list(Purpose)

    @property
    def kept(self) -> dict[str, str]:
        """The question as it was asked, for the next page and for a table."""
        return {name: self.data.get(name, "") for name in self.fields}
