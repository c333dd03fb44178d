from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from alongside.accounts.models import Study
from alongside.audit.actions import Actor, record
from alongside.training.models import Cohort, Decision, Programme

FIELDS = (
    "on",
    "about",
    "proposed_by",
    "programme",
    "cohort",
    "lived_experience_present",
    "changed",
    "hours",
    "paid",
)


@transaction.atomic
def log_decision(
    *,
    by: Actor | None,
    study: Study,
    on: date,
    about: str,
    proposed_by: str,
    programme: Programme | None = None,
    cohort: Cohort | None = None,
    lived_experience_present: bool = False,
    changed: str = "",
    hours: Decimal | int = 0,
    paid: Decimal | int = 0,
) -> Decision:
    """Who proposed something, what changed, and what it was paid: so that influence and its absence show."""
    decision = Decision(study=study, on=on, lived_experience_present=lived_experience_present)
    decision.about, decision.proposed_by, decision.changed = about, proposed_by, changed
    decision.programme, decision.cohort = programme, cohort
    decision.hours, decision.paid = Decimal(hours), Decimal(paid)
    return _write(by, "log_decision", decision)


@transaction.atomic
def change_decision(
    *,
    by: Actor | None,
    decision: Decision,
    on: date,
    about: str,
    proposed_by: str,
    programme: Programme | None = None,
    cohort: Cohort | None = None,
    lived_experience_present: bool = False,
    changed: str = "",
    hours: Decimal | int = 0,
    paid: Decimal | int = 0,
) -> Decision:
    """Put right what was written down of a decision."""
    decision = Decision.objects.select_for_update().get(pk=decision.pk)
    decision.on, decision.lived_experience_present = on, lived_experience_present
    decision.about, decision.proposed_by, decision.changed = about, proposed_by, changed
    decision.programme, decision.cohort = programme, cohort
    decision.hours, decision.paid = Decimal(hours), Decimal(paid)
    return _write(by, "change_decision", decision)


def _write(by: Actor | None, verb: str, decision: Decision) -> Decision:
    for field in ("about", "proposed_by", "changed"):
        setattr(decision, field, getattr(decision, field).strip())
    programme, cohort = decision.programme, decision.cohort
    if any(each is not None and each.study_id != decision.study_id for each in (programme, cohort)):
        raise ValidationError(_("This course or group belongs to another study."))
    if cohort is not None and programme is not None and cohort.programme.title != programme.title:
        raise ValidationError({"cohort": _("%(group)s takes another course.") % {"group": cohort.name}})
    if cohort is not None:
        decision.programme = cohort.programme
    decision.full_clean()
    decision.save()
    record(by=by, verb=verb, on=decision, fields=FIELDS)
    return decision
