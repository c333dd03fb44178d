from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from alongside.accounts.editing import Editing
from alongside.accounts.models import Study
from alongside.people.models import Standpoint
from alongside.training.forms.common import Making, chosen, long_text, offer
from alongside.training.models import (
    Cohort,
    LearningAgreement,
)
from alongside.training.queries import (
    current_agreement,
    programmes,
)
from alongside.web.fields import DateInput


class ProgrammeForm(Making):
    title = forms.CharField(
        label=_("What is the course called?"),
        max_length=200,
        help_text=_("A title that is there already makes its next version."),
    )
    aims = forms.CharField(label=_("What is it for?"), widget=long_text(), required=False)


class CohortForm(Making):
    programme = chosen(label=_("Course"), empty_label=None)
    name = forms.CharField(
        label=_("What is the group called?"), max_length=120, help_text=_("Such as “Group 5, autumn 2026”.")
    )
    place = forms.CharField(label=_("Where does it meet?"), max_length=200, required=False)
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=[(name, name) for name in sorted(available_timezones())],
        initial=settings.TIME_ZONE,
    )
    capacity = forms.IntegerField(label=_("How many places are there?"), min_value=1, initial=14)
    kept_uses_services = forms.IntegerField(
        label=_("Places kept for people who use services"), min_value=0, required=False
    )
    kept_practitioner = forms.IntegerField(
        label=_("Places kept for practitioners"), min_value=0, required=False
    )
    kept_carer = forms.IntegerField(
        label=_("Places kept for carers, family or friends"), min_value=0, required=False
    )

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "programme", programmes(study))

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        kinds = (Standpoint.Kind.USES_SERVICES, Standpoint.Kind.PRACTITIONER, Standpoint.Kind.CARER)
        kept = {kind: typed.pop(f"kept_{kind}", None) or 0 for kind in kinds}
        return {**typed, "quotas": kept}


class AgreementForm(Editing, Making):
    """The next version, from the one in force; a version that came in between is not written over."""

    thing: Cohort

    clauses = forms.CharField(
        label=_("What the group agrees"), widget=long_text(10), help_text=_("One sentence a line.")
    )
    note = forms.CharField(label=_("What changed, and who proposed it?"), max_length=300, required=False)

    def clean_clauses(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["clauses"].splitlines() if line.strip()]

    def audited(self) -> LearningAgreement | None:
        return current_agreement(self.thing)

    def as_it_is(self) -> dict[str, Any]:
        agreement = self.audited()
        return {"clauses": "\n".join(clause.words for clause in agreement.clauses.all()) if agreement else ""}


class DecisionForm(Making):
    on = forms.DateField(label=_("When was it decided?"), widget=DateInput())
    about = forms.CharField(label=_("What was decided?"), max_length=300)
    proposed_by = forms.CharField(
        label=_("Who proposed it?"),
        max_length=200,
        help_text=_("A name, or how they describe themselves, as they wish."),
    )
    lived_experience_present = forms.BooleanField(
        label=_("Someone with lived experience was there when it was decided"), required=False
    )
    changed = forms.CharField(label=_("What changed because of it?"), widget=long_text(3), required=False)
    hours = forms.DecimalField(
        label=_("Hours it took"), min_value=0, max_digits=7, decimal_places=2, required=False
    )
    paid = forms.DecimalField(
        label=_("What was paid for them"), min_value=0, max_digits=9, decimal_places=2, required=False
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        return {**typed, "hours": typed.get("hours") or 0, "paid": typed.get("paid") or 0}
