from typing import TypeVar
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q, QuerySet
from django.http import Http404

from alongside.accounts.models import Study, User
from alongside.accounts.queries import NOT_HERE
from alongside.people.models import (
    Barrier,
    Participant,
    Person,
    WorkingRelationship,
)
from alongside.people.queries.people import person_for

M = TypeVar("M", bound=Model)


def barred_participants(user: User | AnonymousUser) -> QuerySet[Barrier, UUID]:
    """Ids of the participants of whom `user` may see nothing, as a subquery."""
    barriers = Barrier.objects.filter(user_id=user.pk) if user.pk else Barrier.objects.none()
    return barriers.values_list("participant_id", flat=True)


def behind_firewall(rows: QuerySet[M], user: User | AnonymousUser, *paths: str) -> QuerySet[M]:
    """`rows` without those that lead, by any of `paths`, to a participant barred to `user`."""
    barred = Q()
    for path in paths:
        barred |= Q(**{f"{path}__in": barred_participants(user)})
    return rows.exclude(barred)


def works_with(user: User, participant: Participant) -> bool:
    return Barrier.objects.filter(user=user, participant=participant).exists()


def working_with(user: User | AnonymousUser, study: Study) -> set[UUID]:
    """Ids of the people of `study` whom `user` works or ever worked with."""
    if not user.is_authenticated:
        return set()
    halves = WorkingRelationship.objects.filter(study=study).values_list("first_id", "second_id")
    return {
        *(second for _first, second in halves.filter(first__user_id=user.pk)),
        *(first for first, _second in halves.filter(second__user_id=user.pk)),
    }


def works_with_person(user: User | AnonymousUser, person: Person) -> bool:
    return person.pk in working_with(user, person.study)


def entrusted_person_for(study: Study, user: User | AnonymousUser, pk: UUID) -> Person:
    """The door to what a person decided and who they are in research: closed to whoever works with them."""
    person = person_for(study, pk)
    if works_with_person(user, person):
        raise Http404(NOT_HERE)
    return person


def participant_for(study: Study, user: User | AnonymousUser, pk: UUID) -> Participant:
    """The door to a participant: closed to whoever works or worked with them."""
    found = behind_firewall(Participant.objects.filter(study=study, pk=pk), user, "pk").first()
    if found is None:
        raise Http404(NOT_HERE)
    return found
