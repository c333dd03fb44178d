"""A trainer's own plan of what to tell and what to keep back. Theirs alone."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from alongside.audit.actions import Actor, record
from alongside.people.models import Person
from alongside.training.models import DisclosurePlan, Facilitation, Session
from alongside.training.queries import own_disclosure

PLANNED = (
    "purpose",
    "share",
    "keep_back",
    "exit_line",
    "aftercare",
    "rehearsed_with",
    "rehearsed_on",
    "debrief_with",
    "debrief_on",
    "how_it_went",
)


@transaction.atomic
def plan_disclosure(
    *, by: Actor, person: Person, session: Session, **planned: str | date | None
) -> DisclosurePlan:
    """What a trainer means to share, and what not. Only they write it, and only they see it; also when they
    lead the session no longer.

    `planned` holds any of `PLANNED`; what isn't said is left empty.
    """
    _refuse_others(by, person)
    plan = own_disclosure(person, session)
    if plan is None:
        _refuse_not_leading(person, session)
        plan = DisclosurePlan(person=person, session=session)
    for name in PLANNED:
        said = planned.get(name)
        blank = None if name.endswith("_on") else ""
        setattr(plan, name, said.strip() if isinstance(said, str) else said or blank)
    plan.full_clean()
    plan.save()
    record(by=by, verb="plan_disclosure", on=plan, study=session.study_id)
    return plan


@transaction.atomic
def drop_disclosure(*, by: Actor, person: Person, session: Session) -> None:
    """The trainer takes the plan away, on any day; nothing of it is kept."""
    _refuse_others(by, person)
    plan = own_disclosure(person, session)
    if plan is not None:
        record(by=by, verb="drop_disclosure", on=plan, study=session.study_id)
        plan.delete()


def _refuse_others(by: Actor, person: Person) -> None:
    if by.pk not in (person.user_id, person.pk):
        raise ValidationError(_("Only the person who leads can plan what they share."))


def _refuse_not_leading(person: Person, session: Session) -> None:
    if not Facilitation.objects.filter(person=person, session=session).exists():
        raise ValidationError(_("Only the person who leads can plan what they share."))
