"""What a group and its trainers do together: agree, come, prepare, decide."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.accounts.models import Study, User
from alongside.audit.actions import Actor, record
from alongside.people.models import Person
from alongside.training.models import (
    Acknowledgement,
    AttendanceMark,
    Clause,
    Cohort,
    Decision,
    Enrolment,
    LearningAgreement,
    Preparation,
    Session,
)
from alongside.training.queries import current_agreement
from alongside.training.typed import Mark


@transaction.atomic
def write_agreement(
    *,
    by: Actor | None,
    cohort: Cohort,
    clauses: Sequence[str],
    note: str = "",
    written: datetime | None = None,
) -> LearningAgreement:
    """The group's next version, in its own words. Sessions that start after it cite it."""
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    words = [clause.strip() for clause in clauses if clause.strip()]
    latest = current_agreement(cohort)
    if not words:
        raise ValidationError(_("An agreement needs at least one line."))
    if latest and [clause.words for clause in latest.clauses.all()] == words:
        raise ValidationError(
            _("These are the words of version %(v)s; nothing has changed.") % {"v": latest.version}
        )
    agreement = LearningAgreement(
        cohort=cohort,
        version=latest.version + 1 if latest else 1,
        note=note.strip(),
        written=written or timezone.now(),
    )
    agreement.full_clean()
    agreement.save()
    Clause.objects.bulk_create(
        Clause(agreement=agreement, number=number, words=line) for number, line in enumerate(words, start=1)
    )
    cohort.sessions.filter(starts__gte=agreement.written).update(agreement=agreement)
    record(
        by=by,
        verb="write_agreement",
        on=agreement,
        study=cohort.study_id,
        fields=["clauses", "note", "version"],
    )
    return agreement


@transaction.atomic
def acknowledge_agreement(
    *, by: Actor | None, agreement: LearningAgreement, person: Person
) -> Acknowledgement:
    """A learner has read a version. Not a consent, and nothing depends on it."""
    if not _has_place(person, agreement.cohort_id):
        raise ValidationError(_("Only people in the group acknowledge its agreement."))
    acknowledgement, new = Acknowledgement.objects.get_or_create(agreement=agreement, person=person)
    if new:
        record(by=by, verb="acknowledge_agreement", on=acknowledgement, study=agreement.cohort.study_id)
    return acknowledgement


@transaction.atomic
def mark_attendance(
    *, by: Actor | None, session: Session, marks: Sequence[Mark], at: datetime | None = None
) -> list[AttendanceMark]:
    """Add marks; the newest of a person stands. Marks that are there already change nothing.

    So a form that is sent twice, or again after a lost connection, is harmless.
    """
    session = Session.objects.select_for_update().get(pk=session.pk)
    _refuse_marks(session, marks)
    sent = {mark.id for mark in marks}
    known = set(AttendanceMark.objects.filter(pk__in=sent).values_list("pk", flat=True))
    moment = at or timezone.now()
    new = [
        AttendanceMark(
            id=mark.id,
            session=session,
            person=mark.person,
            status=mark.status,
            at=moment,
            by=by if isinstance(by, User) else None,
        )
        for mark in marks
        if mark.id not in known
    ]
    AttendanceMark.objects.bulk_create(new, ignore_conflicts=True)
    if new:
        record(by=by, verb="mark_attendance", on=session, fields=["marks"])
    return new


def _refuse_marks(session: Session, marks: Sequence[Mark]) -> None:
    if session.is_cancelled:
        raise ValidationError(_("This session was cancelled, so nobody was expected."))
    enrolled = Enrolment.objects.filter(
        cohort=session.cohort_id, state__in=[Enrolment.State.ENROLLED, Enrolment.State.LEFT]
    )
    expected = set(enrolled.values_list("person_id", flat=True))
    for mark in marks:
        if mark.person.pk not in expected:
            raise ValidationError(_("%(name)s has no place in this group.") % {"name": mark.person.name})
        if mark.status not in AttendanceMark.Status.values:
            raise ValidationError(_("“%(status)s” is not a mark.") % {"status": mark.status})


@transaction.atomic
def prepare_person(
    *,
    by: Actor | None,
    person: Person,
    cohort: Cohort,
    conversation: date | None = None,
    narrative_read: date | None = None,
    hopes_and_fears: str = "",
    protected_time: str = "",
    supervision: str = "",
    booster: date | None = None,
) -> Preparation:
    """Note a conversation held before the training, and what follows from it. Nothing depends on it."""
    if not _has_place(person, cohort.pk):
        raise ValidationError(_("%(name)s has no place in this group.") % {"name": person.name})
    preparation = Preparation.objects.filter(person=person, cohort=cohort).first()
    preparation = preparation or Preparation(person=person, cohort=cohort)
    preparation.conversation, preparation.narrative_read = conversation, narrative_read
    preparation.hopes_and_fears, preparation.protected_time = hopes_and_fears.strip(), protected_time.strip()
    preparation.supervision, preparation.booster = supervision.strip(), booster
    preparation.full_clean()
    preparation.save()
    record(by=by, verb="prepare_person", on=preparation, study=cohort.study_id)
    return preparation


@transaction.atomic
def log_decision(
    *,
    by: Actor | None,
    study: Study,
    on: date,
    about: str,
    proposed_by: str,
    lived_experience_present: bool = False,
    changed: str = "",
    hours: Decimal | int = 0,
    paid: Decimal | int = 0,
) -> Decision:
    """Who proposed something, what changed, and what it was paid: so that influence and its absence show."""
    decision = Decision(
        study=study,
        on=on,
        about=about.strip(),
        proposed_by=proposed_by.strip(),
        lived_experience_present=lived_experience_present,
        changed=changed.strip(),
        hours=hours,
        paid=paid,
    )
    decision.full_clean()
    decision.save()
    record(by=by, verb="log_decision", on=decision, fields=["about", "changed", "proposed_by"])
    return decision


def _has_place(person: Person, cohort_id: UUID) -> bool:
    return Enrolment.objects.filter(
        person=person, cohort_id=cohort_id, state=Enrolment.State.ENROLLED
    ).exists()
