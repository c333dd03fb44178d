"""Figures of a period: as they are, for the team; and as they are told to those outside."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.accounts.models import Study, User
from alongside.accounts.queries import NOT_HERE
from alongside.core import disclosure
from alongside.core.disclosure import HELD
from alongside.people.models import Standpoint
from alongside.people.queries import working_with
from alongside.training.models import (
    AttendanceMark,
    Completion,
    Enrolment,
    Facilitation,
    NextStep,
    Release,
    Session,
    Term,
)
from alongside.training.queries.places import NOT_TWICE, mark_that_stands
from alongside.training.queries.readiness import co_led

# A term that is shorter is no period: it would be a way to ask about a day.
SHORTEST = timedelta(days=27)
QUARTERS_SHOWN = 8
Status, State = AttendanceMark.Status, Enrolment.State


@dataclass(frozen=True)
class Period:
    """A stretch of time that figures are told of: a term, or a quarter where there are no terms."""

    name: str
    starts: date
    ends: date

    def holds(self, day: date) -> bool:
        return self.starts <= day <= self.ends


@dataclass(frozen=True)
class Figures:
    """True counts. They leave the team only through `as_told`."""

    learners: int
    enrolments: int
    attended: int
    expected: int
    completed: int
    sessions: int
    co_delivered: int
    kinds: dict[str, int]
    steps: dict[str, int]


@dataclass(frozen=True)
class Told:
    """One figure as it is told: a count, or a percentage; or that it is held back."""

    key: str
    label: str
    value: int
    is_share: bool

    @property
    def is_held(self) -> bool:
        return self.value == HELD

    @property
    def shown(self) -> str:
        if self.is_held:
            return "–" if self.is_share else "*"
        return f"{self.value} %" if self.is_share else str(self.value)


# Periods -----------------------------------------------------------------------------------------------


def periods(study: Study) -> list[Period]:
    """Terms, where the study has any; else quarters since its first session. The newest first."""
    terms = Term.objects.filter(study=study).order_by("-starts")
    if terms:
        return [Period(term.name, term.starts, term.ends) for term in terms]
    first = Session.objects.filter(study=study).order_by("starts").first()
    return list(_quarters(timezone.localdate(first.starts))) if first else []


def _quarters(first: date) -> list[Period]:
    today = timezone.localdate()
    starts = [date(year, month, 1) for year in range(first.year, today.year + 2) for month in (1, 4, 7, 10)]
    found = [
        Period(_("%(from)s to %(to)s %(year)s") % _months(begins), begins, after - timedelta(days=1))
        for begins, after in pairwise(starts)
        if after > first and begins <= today
    ]
    return found[::-1][: QUARTERS_SHOWN + 1]


def _months(begins: date) -> dict[str, Any]:
    names = {1: (_("January"), _("March")), 4: (_("April"), _("June"))}
    names |= {7: (_("July"), _("September")), 10: (_("October"), _("December"))}
    first, last = names[begins.month]
    return {"from": first, "to": last, "year": begins.year}


def releasable(study: Study) -> list[Period]:
    """Periods that are over, are long enough, and of which no day was told of before."""
    told = list(Release.objects.filter(study=study).values_list("starts", "ends"))
    over = [each for each in periods(study) if each.ends < timezone.localdate()]
    return [
        each
        for each in over
        if each.ends - each.starts >= SHORTEST
        and not any(starts <= each.ends and each.starts <= ends for starts, ends in told)
    ]


def current_period(study: Study) -> Period | None:
    today = timezone.localdate()
    return next((each for each in periods(study) if each.holds(today)), None)


# Counting ----------------------------------------------------------------------------------------------


def groups_over(study: Study, period: Period) -> set[UUID]:
    """Groups whose last session was in `period`."""
    today = timezone.localdate()
    last = _last_days(_sessions(study))
    return {cohort for cohort, day in last.items() if period.holds(day) and day <= today}


def groups_told(study: Study) -> set[UUID]:
    """Groups that a release told of: one that meets again later is not told of twice."""
    rows = Release.objects.filter(study=study).values_list("groups", flat=True)
    return {UUID(group) for groups in rows for group in groups}


def figures(
    study: Study, period: Period, leaving_out: Collection[UUID] = (), but: Collection[UUID] = ()
) -> Figures:
    """What was so in `period`. `leaving_out` are people of whom only places and attendance are counted; `but`
    are groups that don't count.

    A group counts, with all its places, where its last session falls, and nowhere else: were places counted
    where it begins and those who completed where it ends, two releases would have a sum between them.
    """
    sessions, today = _sessions(study), timezone.localdate()
    ours = {s for s, (_cohort, day) in sessions.items() if period.holds(day) and day <= today}
    groups = groups_over(study, period).difference(but)
    places = set(_places(study).filter(cohort__in=groups).values_list("cohort_id", "person_id"))
    marks = _newest_marks(ours)
    led = Facilitation.objects.filter(session__in=ours).values_list("session_id", "lived", "practice")
    learners = {person for _cohort, person in places}
    return Figures(
        learners=len(learners),
        enrolments=len(places),
        attended=sum(status == Status.HERE for status in marks),
        expected=len(marks),
        completed=len(_completed(groups) & {pair for pair in places if pair[1] not in leaving_out}),
        sessions=len(ours),
        co_delivered=len(co_led(led)),
        kinds=_kinds(learners.difference(leaving_out), period),
        steps=_steps(study, period, leaving_out),
    )


def _sessions(study: Study) -> dict[UUID, tuple[UUID, date]]:
    """Group and day, by the group's clocks, of each session that was held or will be."""
    rows = Session.objects.filter(study=study).exclude(state=Session.State.CANCELLED).select_related("cohort")
    return {row.pk: (row.cohort_id, row.local_start.date()) for row in rows}


def _last_days(sessions: dict[UUID, tuple[UUID, date]]) -> dict[UUID, date]:
    last: dict[UUID, date] = {}
    for cohort, day in sessions.values():
        last[cohort] = max(day, last.get(cohort, day))
    return last


def _places(study: Study) -> QuerySet[Enrolment]:
    """Places that were taken: of those who have one, and of those who left after coming at least once."""
    came = AttendanceMark.objects.filter(
        session__cohort=OuterRef("cohort"), person=OuterRef("person"), status=Status.HERE
    )
    came = came.filter(pk=Subquery(mark_that_stands()))
    left = Q(state=Enrolment.State.LEFT) & Q(Exists(came))
    return Enrolment.objects.filter(Q(state=State.ENROLLED) | left, NOT_TWICE, cohort__study=study)


def _newest_marks(sessions: Collection[UUID]) -> list[str]:
    """For each person and session, what was marked last, if it says whether they came."""
    rows = AttendanceMark.objects.filter(session__in=sessions).order_by(*AttendanceMark.IN_ORDER)
    newest = {
        (session, person): status
        for session, person, status in rows.values_list("session_id", "person_id", "status")
    }
    return [status for status in newest.values() if status in (Status.HERE, Status.WORD, Status.MISSED)]


def _completed(cohorts: Collection[UUID]) -> set[tuple[UUID, UUID]]:
    return set(Completion.objects.filter(cohort__in=cohorts).values_list("cohort_id", "person_id"))


def _kinds(people: Collection[UUID], period: Period) -> dict[str, int]:
    """How many describe themselves so on the last day; whoever says several is counted for each."""
    rows = Standpoint.objects.filter(person__in=people, since__lte=period.ends)
    rows = rows.filter(Q(ended=None) | Q(ended__gt=period.ends))
    described = set(rows.values_list("person_id", "kind"))
    return {kind: sum(k == kind for _person, k in described) for kind in Standpoint.Kind.values}


def _steps(study: Study, period: Period, leaving_out: Collection[UUID]) -> dict[str, int]:
    rows = NextStep.objects.filter(person__study=study, on__gte=period.starts, on__lte=period.ends)
    told = set(rows.exclude(person__in=leaving_out).values_list("person_id", "kind"))
    return {kind: sum(k == kind for _person, k in told) for kind in NextStep.Kind.values}


# Telling -----------------------------------------------------------------------------------------------


def as_told(true: Figures) -> dict[str, int]:
    """What of the figures leaves the team, by the rule of `core.disclosure`.

    No figure is the sum of others that are told too, and of attendance only the share is told: with the
    number of sessions, which is no secret, a count of marks would give the number of learners away.
    """
    counts = {
        "learners": true.learners,
        "enrolments": true.enrolments,
        "completed": true.completed,
        **{f"kind_{kind}": count for kind, count in true.kinds.items()},
        **{f"step_{kind}": count for kind, count in true.steps.items()},
    }
    shown = disclosure.told(list(counts.values())).tolist()
    return {
        **dict(zip(counts, shown, strict=True)),
        "attendance_share": disclosure.percentage(true.attended, true.expected),
        "completed_share": disclosure.percentage(true.completed, true.enrolments),
        # Sessions are not people.
        "sessions": true.sessions,
        "co_delivered": true.co_delivered,
    }


def labels() -> dict[str, str]:
    """What each figure is called, in the order in which they are read."""
    return {
        "learners": _("People who took a course that ended (each counted once)"),
        "enrolments": _("Places in courses that ended"),
        "completed": _("Courses completed, of these"),
        "completed_share": _("Share completed"),
        "attendance_share": _("Attendance, of those who were expected"),
        "sessions": _("Sessions held"),
        "co_delivered": _("Sessions led with lived experience and with practice experience"),
        **{f"kind_{k.value}": str(k.label) for k in Standpoint.Kind},
        **{f"step_{k.value}": str(k.label) for k in NextStep.Kind},
    }


@dataclass(frozen=True)
class Section:
    title: str
    note: str
    figures: list[Told]


def sections(told: dict[str, int]) -> list[Section]:
    """A release as it is read, in three parts."""
    rows = [
        Told(key, label, told[key], key.endswith("_share")) for key, label in labels().items() if key in told
    ]
    kinds = [row for row in rows if row.key.startswith("kind_")]
    steps = [row for row in rows if row.key.startswith("step_")]
    rest = [row for row in rows if row not in kinds and row not in steps]
    several = _("Whoever says several things is counted for each.")
    return [
        Section(_("Courses"), "", rest),
        Section(_("How learners describe themselves"), several, kinds),
        Section(_("What they went on to"), several, steps),
    ]


def true_told(true: Figures) -> dict[str, int]:
    """The true numbers under the names they are told by, for the team’s own page."""
    counts = {f"kind_{kind}": count for kind, count in true.kinds.items()}
    counts |= {f"step_{kind}": count for kind, count in true.steps.items()}
    names = ("learners", "enrolments", "completed", "sessions", "co_delivered")
    shares = {
        "attendance_share": _percent(true.attended, true.expected),
        "completed_share": _percent(true.completed, true.enrolments),
    }
    return {**{name: getattr(true, name) for name in names}, **shares, **counts}


def _percent(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else HELD


@dataclass(frozen=True)
class Now:
    """The term that runs, in true numbers. `partial`: some leave out whom the reader works with."""

    period: Period
    sections: list[Section]
    partial: bool


def figures_now(study: Study, user: User | AnonymousUser) -> Now | None:
    period = current_period(study)
    if period is None:
        return None
    kept = working_with(user, study)
    return Now(period, sections(true_told(figures(study, period, kept))), bool(kept))


def releases(study: Study) -> QuerySet[Release]:
    return Release.objects.filter(study=study).select_related("by").order_by("-starts")


def release_for(study: Study, pk: UUID) -> Release:
    found = releases(study).filter(pk=pk).first()
    if found is None:
        raise Http404(NOT_HERE)
    return found
