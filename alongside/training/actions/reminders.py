"""Taking what is due, so that it is sent once and never again; and telling somebody by hand."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.accounts.models import User
from alongside.audit.actions import record, record_all
from alongside.people.models import AccessGrant, Person
from alongside.people.tokens import digest, fresh
from alongside.training.letters import Letter, letter, letter_to_applicant
from alongside.training.models import ApplicantLetter, Cohort, Reminder, Reminding, Session, Tick
from alongside.training.queries.reminders import Due, applicants_to_write_to, called_off, due
from alongside.training.reaching import BY_REMINDER, Reach, reaches

# A link in a letter outlives what it is about by this.
LINK_LASTS = timedelta(days=2)
# What was taken so long ago and not sent: the run that took it is over.
GRACE = timedelta(minutes=10)


@dataclass(frozen=True)
class Taken:
    """A reminder that this run alone may send, and what it says."""

    reminder: Reminder
    letter: Letter


@dataclass(frozen=True)
class TakenToApplicant:
    row: ApplicantLetter
    letter: Letter


@transaction.atomic
def take_reminders(*, dues: Sequence[Due], now: datetime | None = None) -> list[Taken]:
    """Take what is due for sending. Whatever another run took before is left to it.

    Once they are taken, the rows are read once more: who left, moved or wants none since gets none.
    """
    now = now or timezone.now()
    ways = reaches({each.person for each in dues})
    run, wanted = uuid4(), [each for each in dues if each.person in ways and ways[each.person].means]
    Reminder.objects.bulk_create(
        (
            Reminder(
                person_id=each.person,
                kind=each.kind,
                cohort=each.cohort,
                occasion=each.occasion,
                ordinal=each.ordinal,
                means=ways[each.person].means,
                claim=run,
                claimed=now,
            )
            for each in wanted
        ),
        batch_size=500,
        ignore_conflicts=True,
    )
    mine = list(Reminder.objects.filter(claim=run).select_related("cohort"))
    still = _still_due(mine, now)
    Reminder.objects.filter(pk__in=[row.pk for row in mine if row.pk not in still]).delete()
    kept = [row for row in mine if row.pk in still]
    tokens = _links(kept, still, ways)
    knew = _knew_another_time(kept)
    _note(kept)
    return [
        Taken(
            row, letter(still[row.pk], ways[row.person_id], tokens.get(row.pk, ""), was_told=row.pk in knew)
        )
        for row in kept
    ]


def _still_due(mine: Sequence[Reminder], now: datetime) -> dict[UUID, Due]:
    """Of what was taken, what would still be due had it not been."""
    own = {(row.person_id, row.kind, row.occasion, row.ordinal): row.pk for row in mine}
    again = due(now, {row.cohort_id for row in mine}, leaving_out=set(own.values()))
    return {own[each.key]: each for each in again if each.key in own}


def _links(kept: Sequence[Reminder], still: dict[UUID, Due], ways: dict[UUID, Reach]) -> dict[UUID, str]:
    """A link of its own for each letter that may have one, by reminder; other links stay as they are."""
    tokens, grants = {}, []
    for row in kept:
        reach = ways[row.person_id]
        if row.means == Reminder.By.EMAIL and reach.may_have_link and reach.person.user_id is None:
            tokens[row.pk] = fresh()
            grants.append(
                AccessGrant(
                    person=reach.person,
                    purpose=AccessGrant.MY_PAGE,
                    object=BY_REMINDER,
                    token_hash=digest(tokens[row.pk]),
                    expires=_over(still[row.pk]) + LINK_LASTS,
                )
            )
    AccessGrant.objects.bulk_create(grants, batch_size=500)
    return tokens


def _over(each: Due) -> datetime:
    if isinstance(each.about, Session):
        return each.about.ends
    bundle = getattr(each.about, "bundle", None)
    return bundle.expires if bundle else each.about.answer_until  # type: ignore[union-attr]


def _knew_another_time(kept: Sequence[Reminder]) -> set[UUID]:
    """Reminders of sessions of which the same person was told at another time, and not yet at this one."""
    rows = [row for row in kept if row.kind == Reminder.Kind.SESSION and not row.occasion.endswith(".0")]
    told = Reminder.objects.filter(kind=Reminder.Kind.SESSION, person__in={row.person_id for row in rows})
    known = set(told.filter(sent__isnull=False).values_list("person_id", "occasion")) if rows else set()
    found = set()
    for row in rows:
        session, _dot, moved = row.occasion.partition(".")
        earlier = ((row.person_id, f"{session}.{before}") in known for before in range(int(moved)))
        if (row.person_id, row.occasion) not in known and any(earlier):
            found.add(row.pk)
    return found


def _note(kept: Sequence[Reminder]) -> None:
    for study in {row.cohort.study_id for row in kept}:
        rows = [row for row in kept if row.cohort.study_id == study]
        record_all(by=None, verb="send_reminder", on=rows, study=study, fields=["claimed"])


@transaction.atomic
def take_applicant_letters(*, now: datetime | None = None) -> list[TakenToApplicant]:
    """The same for those who asked for a place, or were named, and are no people of the study yet.

    Without an address of the site there is no way to answer, so nothing is taken.
    """
    waiting = [each for each in applicants_to_write_to() if each.email] if settings.ALONGSIDE_ADDRESS else []
    run = uuid4()
    ApplicantLetter.objects.bulk_create(
        (
            ApplicantLetter(application=each, kind=each.state, claim=run, claimed=now or timezone.now())
            for each in waiting
        ),
        batch_size=500,
        ignore_conflicts=True,
    )
    mine = list(ApplicantLetter.objects.filter(claim=run).select_related("application__cohort__study"))
    for study in {row.application.cohort.study_id for row in mine}:
        rows = [row for row in mine if row.application.cohort.study_id == study]
        record_all(by=None, verb="write_to_applicant", on=rows, study=study, fields=["claimed"])
    return [TakenToApplicant(row, letter_to_applicant(row.application)) for row in mine]


@transaction.atomic
def mark_applicants_written_to(*, letters: Collection[int]) -> None:
    ApplicantLetter.objects.filter(pk__in=letters).update(sent=timezone.now())


@transaction.atomic
def mark_sent(*, reminders: Collection[UUID], now: datetime | None = None) -> None:
    """They went. That they were to go is on the record already, since taking them put it there."""
    Reminder.objects.filter(pk__in=reminders).update(sent=now or timezone.now())


@transaction.atomic
def give_back(*, reminders: Collection[UUID]) -> None:
    """They were taken, and nobody tried to send them: the next run may."""
    Reminder.objects.filter(pk__in=reminders, sent=None).delete()


@transaction.atomic
def tell_of_unsent(*, now: datetime | None = None) -> int:
    """How many were taken by a run that is over, and may not have gone: each is told of once."""
    now = now or timezone.now()
    over = {"sent": None, "told_of": None, "claimed__lt": now - GRACE}
    rows = (Reminder.objects.filter(**over), ApplicantLetter.objects.filter(**over))
    return sum(each.update(told_of=now) for each in rows)


@transaction.atomic
def tell_by_hand(*, by: User, cohort: Cohort, person: Person, kind: str, occasion: str, ordinal: int) -> None:
    """Somebody of the team rang, wrote or said it."""
    Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
    wanted = (person.pk, kind, occasion, ordinal)
    if wanted not in {each.key for each in [*due(cohorts=[cohort.pk]), *called_off(cohorts=[cohort.pk])]}:
        raise ValidationError(_("This is not due any more, or somebody has seen to it already."))
    now = timezone.now()
    row = Reminder(
        person=person,
        kind=kind,
        cohort=cohort,
        occasion=occasion,
        ordinal=ordinal,
        means=Reminder.By.RUNG,
        claim=uuid4(),
        claimed=now,
        sent=now,
        by=by,
    )
    row.full_clean()
    row.save()
    record(by=by, verb="tell_by_hand", on=row, study=cohort.study_id, fields=["means"])


@transaction.atomic
def decide_reminding(
    *, by: User, cohort: Cohort, early_days: int | None, early_at: time, morning_at: time | None
) -> Reminding:
    """When a group is reminded of its sessions, by its own clocks."""
    Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
    plan = Reminding.objects.filter(cohort=cohort).first() or Reminding(cohort=cohort)
    plan.early_days, plan.early_at, plan.morning_at = early_days, early_at, morning_at
    plan.full_clean()
    plan.save()
    record(
        by=by,
        verb="decide_reminding",
        on=plan,
        study=cohort.study_id,
        fields=["early_at", "early_days", "morning_at"],
    )
    return plan


@transaction.atomic
def begin_tick(*, now: datetime | None = None) -> Tick:
    tick, _new = Tick.objects.update_or_create(pk=1, defaults={"began": now or timezone.now(), "ended": None})
    return tick


@transaction.atomic
def end_tick(*, now: datetime | None = None) -> None:
    Tick.objects.filter(pk=1).update(ended=now or timezone.now())
