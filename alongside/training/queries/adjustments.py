"""What makes it easier for those who come, and what is arranged for a session. For whoever runs it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from alongside.accounts.queries import NOT_HERE
from alongside.people.models import Adjustment, Person
from alongside.people.queries import for_sessions, never_asked
from alongside.training.models import AdjustmentMet, Cohort, Session
from alongside.training.queries.places import learners


def adjustments(session: Session) -> QuerySet[Adjustment]:
    """What is to be got ready for those who have a place and share it with whoever runs the session."""
    rows = for_sessions(Adjustment.objects.filter(person__in=learners(session.cohort)))
    return rows.select_related("person").order_by("person__name", "recorded", "pk")


def adjustment_of(session: Session, pk: int) -> Adjustment:
    """The door to one line of a session's list."""
    found = adjustments(session).filter(pk=pk).first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


@dataclass(frozen=True)
class Need:
    """One line of a session's list: who needs what, and what was last said about it."""

    adjustment: Adjustment
    met: AdjustmentMet | None

    @property
    def state(self) -> str:
        return self.met.state if self.met else AdjustmentMet.State.OPEN

    @property
    def is_open(self) -> bool:
        return self.state == AdjustmentMet.State.OPEN


@dataclass(frozen=True)
class Checklist:
    """What a session has to have ready, and who was never asked."""

    needs: list[Need]
    never_asked: list[Person]

    @property
    def open(self) -> int:
        return sum(need.is_open for need in self.needs)


def checklist(session: Session) -> Checklist:
    """In three queries, however many come."""
    return Checklist(needs(session, adjustments(session)), never_asked(learners(session.cohort)))


def needs(session: Session, rows: Iterable[Adjustment]) -> list[Need]:
    """What was last said for a session about each of `rows`."""
    newest = _newest(session)
    return [Need(each, newest.get(each.pk)) for each in rows]


def not_arranged(session: Session) -> int:
    """How many lines of a session's list nothing was said about yet."""
    return sum(need.is_open for need in needs(session, adjustments(session)))


def _newest(session: Session) -> dict[int, AdjustmentMet]:
    rows = AdjustmentMet.objects.filter(session=session).select_related("by").order_by("at", "pk")
    return {met.adjustment_id: met for met in rows}


def flagged(cohort: Cohort) -> set[UUID]:
    """Who of a group shares with whoever runs its sessions that they need something."""
    rows = for_sessions(Adjustment.objects.filter(person__in=learners(cohort)))
    return set(rows.values_list("person_id", flat=True))
