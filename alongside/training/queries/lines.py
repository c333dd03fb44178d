"""Who waits for a place in a group, in what order, and who may come next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404

from alongside.accounts.models import Study, User
from alongside.accounts.queries import NOT_HERE
from alongside.people.models import Person
from alongside.training.models import Cohort, Enrolment, Question, Reply
from alongside.training.queries.places import NOT_TWICE, Room, described, enrolments

State = Enrolment.State


@dataclass(frozen=True)
class Entry:
    """One place in the line: of a person, or of two who come together or not at all."""

    enrolments: list[Enrolment]

    @property
    def first(self) -> Enrolment:
        return self.enrolments[0]

    @property
    def people(self) -> list[Person]:
        return [each.person for each in self.enrolments]

    @property
    def names(self) -> list[str]:
        return [person.name for person in self.people]

    @property
    def asked(self) -> datetime:
        return min(each.asked for each in self.enrolments)

    @property
    def is_pair(self) -> bool:
        return len(self.enrolments) > 1

    @property
    def is_whole(self) -> bool:
        """Whether nobody else's answer is waited for."""
        return self.is_pair or self.first.pair_id is None


def entries(rows: Iterable[Enrolment]) -> list[Entry]:
    """Enrolments in line as they wait: the two of a pair as one, since the first of them asked."""
    by_pair: dict[UUID, list[Enrolment]] = {}
    for each in rows:
        by_pair.setdefault(each.pair_id or each.pk, []).append(each)
    found = [Entry(sorted(together, key=lambda each: each.person.name)) for together in by_pair.values()]
    return sorted(found, key=lambda entry: (entry.asked, entry.first.pk))


def line(cohort: Cohort) -> list[Entry]:
    """The waiting list as it is, for offering by: no page shows it to anybody."""
    rows = Enrolment.objects.filter(NOT_TWICE, cohort=cohort, state=State.WAITING)
    return entries(rows.select_related("person", "pair"))


def next_in_line(cohort: Cohort) -> Entry | None:
    """The first in line for whom there is room, the places that are kept for others left free."""
    waiting = line(cohort)
    own = described([person.pk for entry in waiting for person in entry.people])
    room = Room.of(cohort)
    for entry in waiting:
        if entry.is_whole and room.fits([own.get(person.pk, set()) for person in entry.people]):
            return entry
    return None


@dataclass(frozen=True)
class Asking:
    """Somebody who asked for a place, and what they answered to the group's questions."""

    place: Enrolment
    replies: list[Reply]

    @property
    def differs(self) -> bool:
        return any(reply.differs for reply in self.replies)


@dataclass(frozen=True)
class Lines:
    """Everyone who has to do with a group's places, as `user` may see it; in a few queries, however many."""

    here: list[Enrolment]
    asking: list[Asking]
    waiting: list[Entry]
    earlier: list[Enrolment]

    @classmethod
    def of(cls, cohort: Cohort, user: User | AnonymousUser) -> "Lines":
        rows = list(enrolments(cohort.study, user).filter(cohort=cohort).select_related("moved_to__cohort"))
        answered: dict[UUID, list[Reply]] = {}
        for reply in Reply.objects.filter(cohort=cohort, person__isnull=False):
            if reply.person_id:
                answered.setdefault(reply.person_id, []).append(reply)
        asking = [each for each in rows if each.state == State.APPLIED]
        standing = (State.ENROLLED, *Enrolment.ANSWERABLE)
        return cls(
            here=[each for each in rows if each.state in standing],
            asking=[
                Asking(each, answered.get(each.person_id, []))
                for each in sorted(asking, key=lambda each: each.asked)
            ],
            waiting=entries(each for each in rows if each.state == State.WAITING),
            earlier=[each for each in rows if each.state not in (*standing, *Enrolment.IN_LINE)],
        )


def questions(cohort: Cohort) -> QuerySet[Question]:
    return Question.objects.filter(cohort=cohort).order_by("number")


def question_for(study: Study, pk: int) -> Question:
    """The door to one question of a group."""
    found = Question.objects.filter(cohort__study=study, pk=pk).select_related("cohort").first()
    if found is None:
        raise Http404(NOT_HERE)
    return found
