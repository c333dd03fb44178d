"""Who was missed and whom nobody has asked after yet. Never anyone the asker works with."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.accounts.queries import NOT_HERE
from alongside.people.models import Person
from alongside.people.queries import working_with
from alongside.training.models import AttendanceMark, Cohort, Enrolment, MissedCall, Session
from alongside.training.queries.places import NOT_TWICE

Status, Outcome = AttendanceMark.Status, MissedCall.Outcome
# What says of a session that somebody kept its register.
MARKED = {Status.HERE, Status.WORD, Status.MISSED}
SETTLED = {Outcome.SPOKE, Outcome.LEFT_WORD}


@dataclass(frozen=True)
class Missed:
    """A learner of one group who was missed, at which sessions, and who tried to reach them since."""

    person: Person
    cohort: Cohort
    sessions: list[Session]
    tried: list[MissedCall]

    @property
    def last(self) -> Session:
        return self.sessions[-1]


@dataclass
class MissedList:
    """Whom to ask after, those missed last first; and who would rather not be asked."""

    to_ask: list[Missed] = field(default_factory=list)
    rather_not: list[Missed] = field(default_factory=list)


def missed(study: Study, user: User | AnonymousUser, cohort: Cohort | None = None) -> MissedList:
    """In five queries, however many learners and sessions there are."""
    in_groups = Q(cohort__study=study) & (Q(cohort=cohort) if cohort else Q())
    places = Enrolment.objects.filter(in_groups, NOT_TWICE, state=Enrolment.State.ENROLLED)
    places = places.exclude(person__in=working_with(user, study)).select_related("person", "cohort")
    held = _held(in_groups)
    newest = _newest(in_groups)
    kept = {session.pk for session in held if newest[session.pk].keys()}
    calls = list(MissedCall.objects.filter(cohort__study=study).order_by("at", "pk").select_related("by"))
    wishes = {c.person_id: c.outcome for c in calls if c.outcome in (Outcome.NO_CALLS, Outcome.CALLS_AGAIN)}
    found = MissedList()
    for place in places.order_by("person__name", "person_id"):
        theirs = [c for c in calls if (c.person_id, c.cohort_id) == (place.person_id, place.cohort_id)]
        settled = max((c.at for c in theirs if c.outcome in SETTLED), default=None)
        sessions = [
            session
            for session in held
            if session.cohort_id == place.cohort_id
            and session.pk in kept
            and _is_missed(place, session, newest[session.pk].get(place.person_id), settled)
        ]
        rather_not = wishes.get(place.person_id) == Outcome.NO_CALLS
        if sessions or rather_not:
            tried = [c for c in theirs if settled is None or c.at > settled]
            line = Missed(place.person, place.cohort, sessions, tried)
            (found.rather_not if rather_not else found.to_ask).append(line)
    found.to_ask.sort(key=lambda line: line.last.starts, reverse=True)
    return found


def _held(in_groups: Q) -> list[Session]:
    rows = Session.objects.filter(in_groups, ends__lt=timezone.now())
    return list(rows.exclude(state=Session.State.CANCELLED).select_related("cohort").order_by("starts"))


def _newest(in_groups: Q) -> defaultdict[UUID, dict[UUID, str]]:
    """By session and person, the mark that stands, where it says whether they came."""
    said: defaultdict[UUID, dict[UUID, str]] = defaultdict(dict)
    marks = AttendanceMark.objects.filter(session__in=Session.objects.filter(in_groups))
    marks = marks.order_by(*AttendanceMark.IN_ORDER)
    for session, person, status in marks.values_list("session_id", "person_id", "status"):
        said[session][person] = status
    for session, marked in said.items():
        said[session] = {person: status for person, status in marked.items() if status in MARKED}
    return said


def _is_missed(place: Enrolment, session: Session, status: str | None, settled: datetime | None) -> bool:
    """Marked so; or not marked at all in a session whose register was kept, while they had a place."""
    if settled is not None and session.ends <= settled:
        return False
    return status == Status.MISSED or (status is None and session.starts >= place.since)


def missed_for(cohort: Cohort, user: User | AnonymousUser, pk: UUID) -> Missed:
    """The door to asking after someone: open while they are on the list that `user` sees."""
    found = missed(cohort.study, user, cohort)
    for line in (*found.to_ask, *found.rather_not):
        if line.person.pk == pk:
            return line
    raise Http404(NOT_HERE)
