"""Who came: marks are only ever added, and the one made last stands, in whatever order they arrive."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.accounts.models import User
from alongside.audit.actions import Actor, record
from alongside.people.models import Person
from alongside.training.models import AttendanceMark, Enrolment, Session
from alongside.training.queries import newest_mark
from alongside.training.typed import Mark

# How far a device's clock may be ahead of ours, and how long before a session one marks.
AHEAD = timedelta(minutes=2)
EARLIEST = timedelta(days=1)


@transaction.atomic
def mark_attendance(
    *, by: Actor | None, session: Session, marks: Sequence[Mark], at: datetime | None = None
) -> list[AttendanceMark]:
    """Add marks; of a person's marks the one made last stands. Marks that are there already change nothing.

    So a form that is sent twice, or again after a lost connection, is harmless.
    """
    session = Session.objects.select_for_update().get(pk=session.pk)
    for refusal in refusals(session, marks).values():
        raise ValidationError(refusal)
    if isinstance(by, Person):
        _refuse_after_here(session, by)
    return _add(by, session, marks, at)


@transaction.atomic
def replay_marks(*, by: Actor | None, session: Session, marks: Sequence[Mark]) -> dict[UUID, str]:
    """Take what a device kept while it had no connection; returns why some of it can't be taken, by id."""
    session = Session.objects.select_for_update().get(pk=session.pk)
    refused = refusals(session, marks)
    _add(by, session, [mark for mark in marks if mark.id not in refused])
    return refused


def _add(
    by: Actor | None, session: Session, marks: Sequence[Mark], at: datetime | None = None
) -> list[AttendanceMark]:
    sent = {mark.id: mark for mark in marks}
    known = set(AttendanceMark.objects.filter(pk__in=sent).values_list("pk", flat=True))
    now = timezone.now()
    new = [
        AttendanceMark(
            id=mark.id,
            session=session,
            person=mark.person,
            status=mark.status,
            at=at or _made(mark, session, now),
            received=now,
            by=by if isinstance(by, User) else None,
        )
        for mark in sent.values()
        if mark.id not in known
    ]
    AttendanceMark.objects.bulk_create(new, ignore_conflicts=True)
    if new:
        record(by=by, verb="mark_attendance", on=session, fields=["marks"])
    return new


def _made(mark: Mark, session: Session, now: datetime) -> datetime:
    """When a mark was made, by the clock of the device as far as that can be right."""
    if mark.at is None or mark.at > now + AHEAD or mark.at < session.starts - EARLIEST:
        return now
    return mark.at


def _refuse_after_here(session: Session, person: Person) -> None:
    """The mark made last stands: what somebody says of coming would take the place of their being here."""
    newest = newest_mark(session, person)
    if newest and newest.status == AttendanceMark.Status.HERE:
        raise ValidationError(_("You are marked as here already, so there is nothing more to answer."))


def refusals(session: Session, marks: Sequence[Mark]) -> dict[UUID, str]:
    """Why marks can't be taken, by their id."""
    if session.is_cancelled:
        return {mark.id: _("This session was cancelled, so nobody was expected.") for mark in marks}
    enrolled = Enrolment.objects.filter(
        cohort=session.cohort_id, state__in=[Enrolment.State.ENROLLED, Enrolment.State.LEFT]
    )
    expected = set(enrolled.values_list("person_id", flat=True))
    sent = AttendanceMark.objects.filter(pk__in=[mark.id for mark in marks])
    known = {pk: whose for pk, *whose in sent.values_list("pk", "session_id", "person_id", "status")}
    refused = {}
    for mark in marks:
        told = [session.pk, mark.person.pk, mark.status]
        if known.get(mark.id, told) != told:
            refused[mark.id] = _("Another mark came with the same number, so this one can’t be told from it.")
        elif mark.person.pk not in expected:
            refused[mark.id] = _("%(name)s has no place in this group.") % {"name": mark.person.name}
        elif mark.status not in AttendanceMark.Status.values:
            refused[mark.id] = _("“%(status)s” is not a mark.") % {"status": mark.status}
    return refused


@transaction.atomic
def sign_in_with_code(*, by: Person | None, session: Session, person: Person) -> AttendanceMark:
    """A learner says that they are in the room. Saying it again adds nothing.

    `by` is the person where we know that it is them: signed in, or on their own page.
    """
    session = Session.objects.select_for_update().get(pk=session.pk)
    if not session.takes_signing_in:
        raise ValidationError(_("You can sign in from half an hour before the session until it ends."))
    place = {"cohort": session.cohort_id, "person": person, "state": Enrolment.State.ENROLLED}
    if not Enrolment.objects.filter(**place).exists():
        raise ValidationError(_("We can’t find you in this session. Please ask a trainer."))
    newest = newest_mark(session, person)
    if newest and newest.status == AttendanceMark.Status.HERE:
        return newest
    mark = AttendanceMark(session=session, person=person, status=AttendanceMark.Status.HERE, with_code=True)
    mark.full_clean()
    mark.save()
    record(by=by, verb="sign_in_with_code", on=mark, study=session.study_id, fields=["status"])
    return mark
