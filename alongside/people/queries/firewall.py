from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q, QuerySet
from django.db.models.functions import Lower
from django.http import Http404

from alongside.accounts.models import Study, User
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import NOT_HERE
from alongside.people.models import (
    Barrier,
    ContactPoint,
    Declared,
    Participant,
    Person,
    WorkingRelationship,
)
from alongside.people.queries.people import person_for, unlinked_members

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


def undeclared(study: Study, user: User | AnonymousUser) -> QuerySet[Participant]:
    """Participants of whom `user` hasn't said yet whether they know them, those barred to them included."""
    said = Declared.objects.filter(user_id=user.pk) if user.pk else Declared.objects.none()
    return Participant.objects.filter(study=study).exclude(pk__in=said.values("participant_id"))


def works_with(user: User, participant: Participant) -> bool:
    return Barrier.objects.filter(user=user, participant=participant).exists()


def accounts_of(people: Sequence[Person]) -> dict[UUID, set[UUID]]:
    """Ids of the users that each of several people is, or may be: the one they are said to be, else every
    member who signs in with an address of theirs. An address proves nothing, so it opens nothing; it is
    enough to keep somebody out."""
    found = {person.pk: {person.user_id} if person.user_id else set[UUID]() for person in people}
    unsaid = {person.pk: person for person in people if person.user_id is None}
    given = ContactPoint.objects.filter(person__in=unsaid, kind=ContactPoint.Kind.EMAIL)
    addresses = [(person, value.lower()) for person, value in given.values_list("person_id", "value")]
    if addresses:
        members = User.objects.filter(email__in={value for _person, value in addresses}, is_active=True)
        members = members.filter(memberships__study__in={person.study_id for person in people})
        signing_in = dict(members.values_list("email", "pk"))
        for person, value in addresses:
            found[person] |= {signing_in[value]} if value in signing_in else set()
    return found


def working_with(user: User | AnonymousUser, study: Study) -> set[UUID]:
    """Ids of the people of `study` whom `user` works or ever worked with, as whoever they may be."""
    if not user.is_authenticated:
        return set()
    halves = WorkingRelationship.objects.filter(study=study).values_list("first_id", "second_id")
    return {
        *(second for _first, second in halves.filter(_may_be("first", user))),
        *(first for first, _second in halves.filter(_may_be("second", user))),
    }


def is_kept_from_someone(user: User | AnonymousUser, study: Study) -> bool:
    """Whether `user` works with anybody in `study`, or has said that they know someone: each of which they
    know themselves. What counts everybody's words, or says of nobody in particular what was done, isn't for
    them then."""
    barred = barred_participants(user).filter(participant__study=study)
    return bool(working_with(user, study)) or barred.exists()


def _may_be(half: str, user: User) -> Q:
    """The same people as in `accounts_of`: said to be `user`, or nobody yet and with their address."""
    address = {"kind": ContactPoint.Kind.EMAIL, "value__iexact": user.email}
    unsaid = {f"{half}__contact_points__{field}": value for field, value in address.items()}
    return Q(**{f"{half}__user_id": user.pk}) | Q(**{f"{half}__user": None}, **unsaid)


def is_or_may_be_half(user: User | AnonymousUser) -> Q:
    """Working relationships in which `user` is a half. Joins contact points, so a row may come twice."""
    return _may_be("first", user) | _may_be("second", user) if user.is_authenticated else Q(pk__in=[])


def works_with_person(user: User | AnonymousUser, person: Person) -> bool:
    return person.pk in working_with(user, person.study)


def perhaps_members(study: Study, user: User | AnonymousUser) -> QuerySet[Person]:
    """People of whom nobody has said that they sign in, though a member does with an address of theirs."""
    if Permission.KEEP_PEOPLE not in study.may:
        return Person.objects.none()
    members = unlinked_members(study).order_by().values("email")
    theirs = ContactPoint.objects.annotate(lowered=Lower("value")).filter(
        kind=ContactPoint.Kind.EMAIL, person__study=study, lowered__in=members
    )
    unsaid = Person.objects.filter(study=study, user=None, merged_into=None)
    unsaid = unsaid.filter(pk__in=theirs.values("person_id")).exclude(pk__in=working_with(user, study))
    return unsaid.order_by("name", "pk")


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
