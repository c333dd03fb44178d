"""Asking after learners who were missed. People do it; nothing here writes or rings by itself."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.accounts.models import User
from alongside.audit.actions import Actor, record
from alongside.people.models import ContactPoint, Person
from alongside.people.queries import works_with_person
from alongside.training.models import Cohort, MissedCall


@transaction.atomic
def see_how_to_reach(*, by: Actor, cohort: Cohort, person: Person) -> ContactPoint | None:
    """How someone who was missed would rather be reached. Whoever looks is written down."""
    _refuse_own_pair(by, person)
    record(by=by, verb="see_how_to_reach", on=person, study=cohort.study_id, fields=["contact_points"])
    return person.preferred_contact


@transaction.atomic
def record_call(
    *,
    by: Actor | None,
    cohort: Cohort,
    person: Person,
    outcome: str,
    note: str = "",
    at: datetime | None = None,
) -> MissedCall:
    """What came of asking after someone who was missed. No reason for not coming is asked or kept."""
    _refuse_own_pair(by, person)
    call = MissedCall(cohort=cohort, person=person, outcome=outcome, note=note.strip())
    call.at = at or timezone.now()
    call.by = by if isinstance(by, User) else None
    call.full_clean()
    call.save()
    record(by=by, verb="record_call", on=call, study=cohort.study_id, fields=["note", "outcome"])
    return call


def _refuse_own_pair(by: Actor | None, person: Person) -> None:
    if isinstance(by, User) and works_with_person(by, person):
        raise ValidationError(_("Nobody asks after someone they work with. A colleague does that."))
