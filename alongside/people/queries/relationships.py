from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Q, QuerySet
from django.http import Http404

from alongside.accounts.models import Study, User
from alongside.accounts.queries import NOT_HERE
from alongside.people.models import (
    Person,
    WorkingRelationship,
)
from alongside.people.queries.firewall import working_with

NEITHER_MERGED = {"first__merged_into": None, "second__merged_into": None}
OPEN_FIRST = (F("ended").asc(nulls_first=True), "started", "pk")


def relationship_for(study: Study, pk: UUID) -> WorkingRelationship:
    found = WorkingRelationship.objects.filter(study=study, pk=pk).select_related("first", "second").first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


def relationships(study: Study) -> QuerySet[WorkingRelationship]:
    """But for those left with a record that was merged: the record that stays has the same."""
    return (
        WorkingRelationship.objects.filter(study=study, **NEITHER_MERGED)
        .select_related("first", "second")
        .order_by(*OPEN_FIRST)
    )


def relationships_of(person: Person) -> QuerySet[WorkingRelationship]:
    return (
        WorkingRelationship.objects.filter(Q(first=person) | Q(second=person), **NEITHER_MERGED)
        .select_related("first", "second")
        .order_by(*OPEN_FIRST)
    )


def relationships_between(one: Person, other: Person) -> QuerySet[WorkingRelationship]:
    """Everything on record of two people: they may have worked together more than once."""
    first, second = sorted((one.pk, other.pk))
    return WorkingRelationship.objects.filter(first_id=first, second_id=second)


@dataclass(frozen=True)
class OwnRelationship:
    """What was written down of a person and someone they work with, as that person sees it: nothing in it
    depends on what the other one said, not even that they ended it."""

    relationship: WorkingRelationship
    other: Person
    confirmed: bool


def own_relationships(person: Person) -> list[OwnRelationship]:
    """The latest of each pair, until the person says that it is not so."""
    latest = {each.other_half(person): each for each in relationships_of(person).order_by("started", "pk")}
    return [
        OwnRelationship(each, other, each.confirmed_by(person))
        for other, each in sorted(latest.items(), key=lambda pair: pair[0].name.casefold())
        if not each.denied_by(person)
    ]


def own_relationship_for(person: Person, pk: UUID) -> WorkingRelationship:
    """The door to one of the person's own working relationships, as far as they may know of it."""
    found = relationships_of(person).filter(pk=pk).first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


@dataclass(frozen=True)
class Half:
    """One of two people, and whether they have said that they work together, where that may be seen."""

    person: Person
    confirmed: bool
    withheld: bool


@dataclass(frozen=True)
class Together:
    relationship: WorkingRelationship
    halves: tuple[Half, Half]

    @property
    def waits(self) -> bool:
        """Whether a half that may be seen has not confirmed yet."""
        return self.relationship.is_open and any(not (h.confirmed or h.withheld) for h in self.halves)


def together(
    user: User | AnonymousUser, study: Study, relationships: Iterable[WorkingRelationship]
) -> list[Together]:
    """Relationships as `user` may see them: of whom they work with, not whether they confirmed."""
    barred = working_with(user, study)

    def half(relationship: WorkingRelationship, person: Person) -> Half:
        withheld = person.pk in barred
        return Half(person, not withheld and relationship.confirmed_by(person), withheld)

    return [Together(each, (half(each, each.first), half(each, each.second))) for each in relationships]


def waiting(user: User | AnonymousUser, study: Study) -> int:
    """How many open relationships wait for a word from one of the two."""
    open_ones = relationships(study).filter(ended=None)
    return sum(each.waits for each in together(user, study, open_ones))
