"""What is due to be told to whom, worked out from the rows as they are now."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone

from alongside.training.models import (
    ApplicantLetter,
    Application,
    Cohort,
    Enrolment,
    PairAsked,
    Reminder,
    Reminding,
    Session,
)
from alongside.training.queries.places import NOT_TWICE

M = TypeVar("M", bound=Model)
Taken = QuerySet[Reminder]
Kind = Reminder.Kind
# No group is reminded earlier than this; see Reminding.
AHEAD = timedelta(days=15)
BEFORE_EXPIRY = timedelta(days=2)
# An offer that stands for less is told once.
LONG_OFFER = timedelta(days=3)
MOVED, EARLY, MORNING = 0, 1, 2


@dataclass(frozen=True)
class Due:
    """One thing to tell one person."""

    person: UUID
    kind: str
    about: Session | Enrolment | PairAsked
    occasion: str
    ordinal: int = 1
    # They were told of another time or place of the session.
    is_changed: bool = False

    @property
    def cohort(self) -> Cohort:
        return self.about.cohort

    @property
    def key(self) -> tuple[UUID, str, str, int]:
        return self.person, self.kind, self.occasion, self.ordinal


def occasion_of(session: Session, moved: int | None = None) -> str:
    return f"{session.pk.hex}.{session.moved if moved is None else moved}"


def due(
    now: datetime | None = None,
    cohorts: Collection[UUID] | None = None,
    leaving_out: Collection[UUID] = (),
) -> list[Due]:
    """Everything that is due and that nobody took yet; of all groups, or of some.

    `leaving_out` names reminders to look away from: what they took counts as not taken.
    """
    now = now or timezone.now()
    taken = Reminder.objects.exclude(pk__in=leaving_out) if leaving_out else Reminder.objects.all()
    if cohorts is not None:
        taken = taken.filter(cohort__in=cohorts)
    return [
        *session_reminders(now, cohorts, taken),
        *offers(now, cohorts, taken),
        *pairs_asked(now, cohorts, taken),
    ]


def session_reminders(now: datetime, cohorts: Collection[UUID] | None, taken: Taken) -> list[Due]:
    """Of sessions to come, to those who have a place; a moved one also at once, if it was told otherwise."""
    coming = _in(Session.objects.filter(starts__gt=now), cohorts).exclude(state=Session.State.CANCELLED)
    coming = coming.select_related("cohort__reminding", "cohort__place", "study")
    timely = {
        session: ordinal
        for session in coming.filter(starts__lte=now + AHEAD)
        if (ordinal := ordinal_due(session, now)) is not None
    }
    moved = [session for session in coming.filter(moved__gt=0) if session not in timely]
    places = _places([*timely, *moved])
    told = _told(taken, Kind.SESSION, _occasions_of([*timely, *moved]))
    knows = {(person, occasion) for person, _kind, occasion, _ordinal in told}
    wanted = [
        Due(
            person,
            Kind.SESSION,
            session,
            occasion_of(session),
            ordinal,
            is_changed=_knew_otherwise(person, session, knows),
        )
        for session, ordinal in timely.items()
        for person in places.get(session.cohort_id, ())
    ]
    found = [each for each in wanted if each.key not in told]
    return found + [
        Due(person, Kind.SESSION, session, occasion_of(session), MOVED, is_changed=True)
        for session in moved
        for person in places.get(session.cohort_id, ())
        if _knew_otherwise(person, session, knows)
    ]


def called_off(now: datetime | None = None, cohorts: Collection[UUID] | None = None) -> list[Due]:
    """Of sessions cancelled after somebody was told of them: no letter goes, so a person tells those."""
    now, taken = now or timezone.now(), Reminder.objects.all()
    rows = _in(Session.objects.filter(starts__gt=now, state=Session.State.CANCELLED), cohorts)
    off = list(rows.select_related("cohort__place"))
    told = _told(taken, Kind.SESSION, _occasions_of(off))
    knows = {(person, occasion.partition(".")[0]) for person, _kind, occasion, _ordinal in told}
    settled = _told(taken, Kind.OFF, [occasion_of(session) for session in off])
    places = _places(off) if knows else {}
    found = [
        Due(person, Kind.OFF, session, occasion_of(session))
        for session in off
        for person in places.get(session.cohort_id, ())
        if (person, session.pk.hex) in knows
    ]
    return [each for each in found if each.key not in settled]


def ordinal_due(session: Session, now: datetime) -> int | None:
    """The reminder of `session` that is due, if one is: the last of them, so that none comes late."""
    plan = getattr(session.cohort, "reminding", None) or Reminding(cohort=session.cohort)
    due = [ordinal for ordinal, at in reminder_times(session, plan) if at <= now]
    return max(due, default=None)


def reminder_times(session: Session, plan: Reminding) -> Iterator[tuple[int, datetime]]:
    """When each reminder is due, by the group's clocks: what they skip in spring comes an hour on."""
    if plan.early_days is not None:
        yield EARLY, _at(session, plan.early_at, plan.early_days)
    if plan.morning_at is not None:
        yield MORNING, _at(session, plan.morning_at, 0)


def _at(session: Session, clock: time, days_before: int) -> datetime:
    day = session.local_start.date() - timedelta(days=days_before)
    return datetime.combine(day, clock, tzinfo=session.cohort.zone).astimezone(UTC)


def offers(now: datetime, cohorts: Collection[UUID] | None, taken: Taken) -> list[Due]:
    """Of open offers that are not answered: once when made, once before they run out."""
    rows = _in(Enrolment.objects.filter(state=Enrolment.State.OFFERED, bundle__expires__gt=now), cohorts)
    found = []
    for offer in rows.select_related("bundle", "cohort__study"):
        bundle = offer.bundle
        assert bundle is not None
        long = bundle.expires - bundle.made > LONG_OFFER
        last = long and now >= bundle.expires - BEFORE_EXPIRY
        occasion = f"{offer.pk.hex}.{bundle.pk}"
        found.append(Due(offer.person_id, Kind.OFFER, offer, occasion, 2 if last else 1))
    told = _told(taken, Kind.OFFER, [each.occasion for each in found])
    return [each for each in found if each.key not in told]


def pairs_asked(now: datetime, cohorts: Collection[UUID] | None, taken: Taken) -> list[Due]:
    """Of those whom somebody asked to come with them, and who have not answered: once."""
    rows = _in(PairAsked.objects.filter(answer="", answer_until__gt=now, pair__ended=None), cohorts)
    found = [
        Due(asked.other_id, Kind.PAIR, asked, asked.pk.hex) for asked in rows.select_related("cohort__study")
    ]
    told = _told(taken, Kind.PAIR, [each.occasion for each in found])
    return [each for each in found if each.key not in told]


def applicants_to_write_to() -> list[Application]:
    """Who was named and is to be asked, and who is to be told that two places could not be made."""
    written = ApplicantLetter.objects.filter(application=OuterRef("pk"), kind=OuterRef("state"))
    states = [Application.State.ASKED, Application.State.APART]
    rows = Application.objects.filter(~Exists(written), state__in=states)
    rows = rows.filter(Q(answer_until=None) | Q(answer_until__gt=timezone.now()))
    return list(rows.select_related("cohort__study").order_by("at", "pk"))


def _in(rows: QuerySet[M], cohorts: Collection[UUID] | None) -> QuerySet[M]:
    return rows if cohorts is None else rows.filter(cohort__in=cohorts)


def _places(sessions: Iterable[Session]) -> dict[UUID, list[UUID]]:
    """Who has a place, by group."""
    found: dict[UUID, list[UUID]] = {}
    groups = {session.cohort_id for session in sessions}
    rows = Enrolment.objects.filter(NOT_TWICE, cohort__in=groups, state=Enrolment.State.ENROLLED)
    for cohort, person in rows.values_list("cohort_id", "person_id"):
        found.setdefault(cohort, []).append(person)
    return found


def _told(taken: Taken, kind: str, occasions: Collection[str]) -> set[tuple[UUID, str, str, int]]:
    rows = taken.filter(kind=kind, occasion__in=set(occasions)) if occasions else taken.none()
    return set(rows.values_list("person_id", "kind", "occasion", "ordinal"))


def _occasions_of(moved: Iterable[Session]) -> list[str]:
    return [occasion_of(session, before) for session in moved for before in range(session.moved + 1)]


def _knew_otherwise(person: UUID, session: Session, knows: Collection[tuple[UUID, str]]) -> bool:
    """Whether they were told of an earlier time or place, and not of the one that holds now."""
    earlier = ((person, occasion_of(session, n)) in knows for n in range(session.moved))
    return (person, occasion_of(session)) not in knows and any(earlier)
