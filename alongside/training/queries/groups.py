from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.people.models import Person
from alongside.people.queries import accounts_of, working_with
from alongside.training.models import (
    AttendanceMark,
    Cohort,
    Enrolment,
    LearningAgreement,
    Preparation,
    Programme,
    Session,
)
from alongside.training.queries.places import learners
from alongside.training.queries.readiness import Readiness, weigh


def programmes(study: Study) -> QuerySet[Programme]:
    return Programme.objects.filter(study=study).order_by("title", "-version")


def cohorts(study: Study) -> QuerySet[Cohort]:
    """The groups, each with how many people have a place (`places`) and its sessions (`meetings`)."""
    has_a_place = Q(enrolments__state=Enrolment.State.ENROLLED, enrolments__person__merged_into=None)
    held = ~Q(sessions__state=Session.State.CANCELLED)
    rows = Cohort.objects.filter(study=study).select_related("programme")
    return rows.annotate(
        places=Count("enrolments", filter=has_a_place, distinct=True),
        meetings=Count("sessions", filter=held, distinct=True),
    ).order_by("name", "pk")


def sessions(cohort: Cohort) -> QuerySet[Session]:
    rows = Session.objects.filter(cohort=cohort).select_related("cohort", "agreement")
    return rows.prefetch_related("facilitations__person").order_by("starts")


@dataclass(frozen=True)
class Timetable:
    """A group's sessions in order of time, and how the next one stands."""

    sessions: list[Session]
    next: Readiness | None

    @classmethod
    def of(cls, cohort: Cohort) -> "Timetable":
        meetings = list(sessions(cohort))
        coming = next((s for s in meetings if not s.is_over and not s.is_cancelled), None)
        return cls(meetings, weigh(coming) if coming else None)


@dataclass(frozen=True)
class Standing:
    """In one breath, where a study's training stands."""

    next: Session | None
    of: int
    groups: int

    @classmethod
    def of_study(cls, study: Study) -> "Standing":
        coming = coming_sessions(study).first()
        held = Session.objects.filter(cohort=coming.cohort if coming else None)
        of = held.exclude(state=Session.State.CANCELLED).count() if coming else 0
        return cls(coming, of, Cohort.objects.filter(study=study).count())


@dataclass(frozen=True)
class Cell:
    session: Session
    mark: AttendanceMark | None


@dataclass(frozen=True)
class Row:
    """One person's line on the register: for each session the newest mark, if there is one yet."""

    person: Person
    cells: list[Cell]


@dataclass(frozen=True)
class Register:
    sessions: list[Session]
    rows: list[Row]


def register(cohort: Cohort) -> Register:
    """People by sessions, each with the newest mark. Names only, and three queries however long it is."""
    meetings = list(
        Session.objects.filter(cohort=cohort).exclude(state=Session.State.CANCELLED).select_related("cohort")
    )
    newest: dict[tuple[UUID, UUID], AttendanceMark] = {}
    marks = AttendanceMark.objects.filter(session__cohort=cohort).only("session", "person", "status")
    for mark in marks.order_by(*AttendanceMark.IN_ORDER):
        newest[mark.person_id, mark.session_id] = mark
    rows = [
        Row(person, [Cell(meeting, newest.get((person.pk, meeting.pk))) for meeting in meetings])
        for person in learners(cohort)
    ]
    return Register(meetings, rows)


def latest_marks(session: Session) -> dict[UUID, AttendanceMark]:
    """The newest mark of each person, by person."""
    rows = AttendanceMark.objects.filter(session=session).order_by(*AttendanceMark.IN_ORDER)
    return {mark.person_id: mark for mark in rows}


def newest_mark(session: Session, person: Person) -> AttendanceMark | None:
    rows = AttendanceMark.objects.filter(session=session, person=person)
    return rows.order_by(*AttendanceMark.IN_ORDER).last()


def current_agreement(cohort: Cohort) -> LearningAgreement | None:
    rows = LearningAgreement.objects.filter(cohort=cohort).prefetch_related("clauses")
    return rows.order_by("-version").first()


@dataclass(frozen=True)
class Line:
    """A line of an agreement beside the version before: kept, added or gone."""

    words: str
    kind: str


@dataclass(frozen=True)
class Version:
    agreement: LearningAgreement
    lines: list[Line]
    pass_reworded: bool
    private_reworded: bool


def versions(cohort: Cohort) -> list[Version]:
    """Every version, newest first, each with what it changed in the one before; the first changed nothing."""
    rows = LearningAgreement.objects.filter(cohort=cohort).prefetch_related("clauses", "revisits")
    newest_first = list(rows.annotate(read_by=Count("acknowledgements")).order_by("-version"))
    return [
        _version(newer, newest_first[place] if place < len(newest_first) else None)
        for place, newer in enumerate(newest_first, start=1)
    ]


def _version(newer: LearningAgreement, older: LearningAgreement | None) -> Version:
    before = older or newer
    return Version(
        newer,
        _lines(newer, older),
        pass_reworded=newer.own_may_pass != before.own_may_pass,
        private_reworded=newer.own_not_private != before.own_not_private,
    )


def _lines(newer: LearningAgreement, older: LearningAgreement | None) -> list[Line]:
    """The newer version's lines in order, then those that were taken out."""
    now = [clause.words for clause in newer.clauses.all()]
    before = [clause.words for clause in older.clauses.all()] if older else now
    lines = [Line(words, "kept" if words in before else "added") for words in now]
    return lines + [Line(words, "gone") for words in before if words not in now]


def entrusted_learners(cohort: Cohort, user: User | AnonymousUser) -> QuerySet[Person]:
    """Everyone who has a place and isn't someone `user` works with."""
    return learners(cohort).exclude(pk__in=working_with(user, cohort.study))


def learns_in(cohort: Cohort, user: User | AnonymousUser) -> bool:
    """Whether `user` has a place in a group, as whoever they may be: an address is enough."""
    return user.pk is not None and any(
        user.pk in accounts for accounts in accounts_of(list(learners(cohort))).values()
    )


def preparable(cohort: Cohort, user: User | AnonymousUser) -> QuerySet[Person]:
    """Those whose preparation `user` may see: not of someone they work with, nor of those they learn with."""
    seen = entrusted_learners(cohort, user)
    return seen.none() if learns_in(cohort, user) else seen


def preparations(cohort: Cohort, user: User | AnonymousUser) -> list[tuple[Person, Preparation | None]]:
    """Everyone who has a place, each with the conversation held before, if there was one."""
    known = {p.person_id: p for p in Preparation.objects.filter(cohort=cohort).prefetch_related("dates")}
    return [(person, known.get(person.pk)) for person in preparable(cohort, user)]


def preparation_of(person: Person, cohort: Cohort) -> Preparation | None:
    return Preparation.objects.filter(person=person, cohort=cohort).first()


def coming_sessions(study: Study) -> QuerySet[Session]:
    """Sessions of every group that are not over, soonest first, with who leads them."""
    rows = Session.objects.filter(study=study, ends__gte=timezone.now()).exclude(
        state=Session.State.CANCELLED
    )
    return rows.select_related("cohort").prefetch_related("facilitations__person").order_by("starts")


def not_ready(study: Study) -> list[Readiness]:
    """Coming sessions that still need something, soonest first; no further ahead than twenty of them."""
    weighed = (weigh(session) for session in coming_sessions(study)[:20])
    return [readiness for readiness in weighed if not readiness.is_ready]


def unmarked_sessions(study: Study) -> QuerySet[Session]:
    """Sessions that are over and of which nobody has said who came."""
    came = Q(marks__status__in=[AttendanceMark.Status.HERE, AttendanceMark.Status.MISSED])
    rows = Session.objects.filter(study=study, ends__lt=timezone.now()).exclude(state=Session.State.CANCELLED)
    return (
        rows.annotate(known=Count("marks", filter=came))
        .filter(known=0)
        .select_related("cohort")
        .order_by("starts")
    )
