"""Who came how often, who has completed a course, and where learners go on to."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.accounts.queries import NOT_HERE
from alongside.people.models import Person
from alongside.people.queries import working_with
from alongside.training.models import AttendanceMark, Cohort, Completion, NextStep, Session
from alongside.training.queries.groups import entrusted_learners


def came_to(cohort: Cohort) -> Counter[UUID]:
    """To how many sessions each person came, by their newest marks."""
    marks = AttendanceMark.objects.filter(session__cohort=cohort).exclude(
        session__state=Session.State.CANCELLED
    )
    newest = {
        (person, session): status
        for person, session, status in marks.order_by(*AttendanceMark.IN_ORDER).values_list(
            "person_id", "session_id", "status"
        )
    }
    here = AttendanceMark.Status.HERE
    return Counter(person for (person, _session), status in newest.items() if status == here)


def sessions_held(cohort: Cohort) -> int:
    rows = Session.objects.filter(cohort=cohort, starts__lte=timezone.now())
    return rows.exclude(state=Session.State.CANCELLED).count()


@dataclass(frozen=True)
class Finisher:
    """One learner when a course ends: how often they came, and whether they have completed it."""

    person: Person
    came: int
    completion: Completion | None
    suggested: bool


def finishers(cohort: Cohort, user: User | AnonymousUser) -> list[Finisher]:
    """Everyone who has a place and isn't someone `user` works with, in three queries."""
    came = came_to(cohort)
    known = {each.person_id: each for each in Completion.objects.filter(cohort=cohort)}
    asked = cohort.sessions_to_complete
    return [
        Finisher(
            person, came[person.pk], known.get(person.pk), asked is not None and came[person.pk] >= asked
        )
        for person in entrusted_learners(cohort, user)
    ]


def completion_for(study: Study, user: User | AnonymousUser, pk: UUID) -> Completion:
    """The door to taking a completion back: closed to whoever works with the person."""
    rows = Completion.objects.filter(cohort__study=study, pk=pk)
    found = rows.exclude(person__in=working_with(user, study)).select_related("cohort", "person").first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


def own_completions(person: Person) -> QuerySet[Completion]:
    rows = Completion.objects.filter(person=person)
    return rows.select_related("cohort__programme", "cohort__study").order_by("-on", "pk")


def own_completion_for(person: Person, pk: UUID) -> Completion:
    found = own_completions(person).filter(pk=pk).first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


def certificate(number: str) -> Completion | None:
    """Which completion a certificate's number stands for. The number is all it takes, and tells no name."""
    rows = Completion.objects.filter(number=number.strip().upper())
    return rows.select_related("cohort__programme", "cohort__study").first()


def own_next_steps(person: Person) -> QuerySet[NextStep]:
    return NextStep.objects.filter(person=person).select_related("cohort").order_by("-on", "pk")


def own_next_step_for(person: Person, pk: UUID) -> NextStep:
    found = own_next_steps(person).filter(pk=pk).select_related("person").first()
    if found is None:
        raise Http404(NOT_HERE)
    return found
