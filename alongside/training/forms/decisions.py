from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.accounts.editing import Editing
from alongside.accounts.models import Study
from alongside.training.forms.common import Making, chosen, long_text, offer
from alongside.training.forms.courses import offer_versions
from alongside.training.models import Decision
from alongside.training.queries import cohorts
from alongside.web.fields import DateInput


class DecisionForm(Making):
    on = forms.DateField(label=_("When was it decided?"), widget=DateInput())
    about = forms.CharField(label=_("What was decided?"), max_length=300)
    proposed_by = forms.CharField(
        label=_("Who proposed it?"),
        max_length=200,
        help_text=_("A name, or how they describe themselves, as they wish."),
    )
    programme = chosen(
        label=_("Which course is it about?"), empty_label=_("The study, or all courses"), required=False
    )
    cohort = chosen(label=_("Which group is it about?"), empty_label=_("No one group"), required=False)
    lived_experience_present = forms.BooleanField(
        label=_("Someone with lived experience was there when it was decided"), required=False
    )
    changed = forms.CharField(
        label=_("What changed because of it?"),
        widget=long_text(3),
        required=False,
        help_text=_("Leave it empty if nothing did. That is worth knowing too."),
    )
    hours = forms.DecimalField(
        label=_("Hours it took"), min_value=0, max_digits=7, decimal_places=2, required=False
    )
    paid = forms.DecimalField(
        label=_("What was paid for them"), min_value=0, max_digits=9, decimal_places=2, required=False
    )

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_versions(self, "programme", study)
        offer(self, "cohort", cohorts(study))

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        return {**typed, "hours": typed.get("hours") or 0, "paid": typed.get("paid") or 0}


class ChangeDecisionForm(Editing, DecisionForm):
    thing: Decision

    def as_it_is(self) -> dict[str, Any]:
        known = {name: getattr(self.thing, name) for name in self.base_fields}
        # As they were typed: 6, not 6.00.
        amounts = {name: known[name].normalize() + 0 for name in ("hours", "paid")}
        keys = {"programme": self.thing.programme_id, "cohort": self.thing.cohort_id}
        return {**known, **keys, **{name: f"{amount:f}" for name, amount in amounts.items()}}
