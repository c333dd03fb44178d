from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.accounts.editing import Editing
from alongside.training.forms.common import Making, long_text
from alongside.training.models import MAY_PASS, NOT_PRIVATE, Cohort, LearningAgreement
from alongside.training.queries import current_agreement
from alongside.web.fields import DateInput

KEPT = _("Every agreement says this. Put it in the group’s own words if you like; it can’t be left out.")


class AgreementForm(Editing, Making):
    """The next version, from the one in force; a version that came in between is not written over."""

    thing: Cohort

    clauses = forms.CharField(
        label=_("What the group agrees"), widget=long_text(10), help_text=_("One sentence a line.")
    )
    may_pass = forms.CharField(label=_("The right to pass"), widget=long_text(2), help_text=KEPT)
    not_private = forms.CharField(label=_("What can’t be kept private"), widget=long_text(4), help_text=KEPT)
    note = forms.CharField(label=_("What changed, and who proposed it?"), max_length=300, required=False)

    def clean_clauses(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["clauses"].splitlines() if line.strip()]

    def audited(self) -> LearningAgreement | None:
        return current_agreement(self.thing)

    def as_it_is(self) -> dict[str, Any]:
        agreement = self.audited()
        if agreement is None:
            return {"clauses": "", "may_pass": str(MAY_PASS), "not_private": str(NOT_PRIVATE)}
        words = "\n".join(clause.words for clause in agreement.clauses.all())
        return {"clauses": words, "may_pass": agreement.may_pass, "not_private": agreement.not_private}


class RevisitForm(Making):
    on = forms.DateField(label=_("When did you come back to it?"), widget=DateInput())
    note = forms.CharField(
        label=_("What was said?"), max_length=300, required=False, help_text=_("Without names.")
    )
