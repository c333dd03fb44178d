from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from alongside.accounts.editing import Editing
from alongside.training.forms.common import Clock, Making
from alongside.training.models import Cohort, Reminder, Reminding


class RemindingForm(Editing, Making):
    """When a group is reminded. Both questions can be left empty."""

    thing: Cohort

    early_days = forms.IntegerField(
        label=_("How many days before the session?"),
        min_value=1,
        max_value=14,
        required=False,
        help_text=_("Leave it empty, and nobody is reminded before the day itself."),
    )
    early_at = forms.TimeField(label=_("At what time then?"), widget=Clock())
    morning_at = forms.TimeField(
        label=_("At what time on the day itself?"),
        widget=Clock(),
        required=False,
        help_text=_("Leave it empty, and nobody is reminded on the day."),
    )

    def audited(self) -> Reminding | None:
        return Reminding.objects.filter(cohort=self.thing).first()

    def as_it_is(self) -> dict[str, Any]:
        plan = self.audited() or Reminding(cohort=self.thing)
        return {name: getattr(plan, name) for name in ("early_days", "early_at", "morning_at")}


class ToldForm(Making):
    """Somebody was told by hand: which of the things on the list it was."""

    person = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(choices=Reminder.Kind.choices, widget=forms.HiddenInput)
    occasion = forms.CharField(max_length=60, widget=forms.HiddenInput)
    ordinal = forms.IntegerField(min_value=0, max_value=9, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if self.errors:
            raise ValidationError(now("The list was sent incompletely. Open it once more, and press again."))
        return typed
