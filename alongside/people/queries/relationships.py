from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.accounts.queries import NOT_HERE
from alongside.people.models import (
    Person,
    WorkingRelationship,
)
from alongside.people.queries.firewall import is_or_may_be_half, working_with

NEITHER_GONE = {
    f"{half}__{gone}": empty
    for half in ("first", "second")
    for gone, empty in (("merged_into", None), ("is_erased", False))
}
OPEN_FIRST = (F("ended").asc(nulls_first=True), "started", "pk")


def relationship_for(study: Study, pk: UUID) -> WorkingRelationship:
    found = WorkingRelationship.objects.filter(study=study, pk=pk).select_related("first", "second").first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


def relationship_to_keep(study: Study, user: User, pk: UUID) -> WorkingRelationship:
    """The door for what the team says of a pair: closed to a half of it, who has pages of their own for that.
    There nothing tells that the other one ended it; here it would."""
    found = relationship_for(study, pk)
    if found.pk in own_pairs(user, study):
        raise Http404(NOT_HERE)
    return found


def own_pairs(user: User | AnonymousUser, study: Study) -> set[UUID]:
    """Ids of the working relationships in which `user` is, or may be, a half."""
    rows = WorkingRelationship.objects.filter(is_or_may_be_half(user), study=study)
    return set(rows.values_list("pk", flat=True))


def relationships(study: Study) -> QuerySet[WorkingRelationship]:
    """But for those left with a record that was merged: the record that stays has the same. And for those
    with somebody who was erased: they stay for the firewall alone, and a word for a name would tell it."""
    return (
        WorkingRelationship.objects.filter(study=study, **NEITHER_GONE)
        .select_related("first", "second")
        .order_by(*OPEN_FIRST)
    )


def relationships_of(person: Person) -> QuerySet[WorkingRelationship]:
    """With whomever is still there, as above."""
    return (
        WorkingRelationship.objects.filter(Q(first=person) | Q(second=person), **NEITHER_GONE)
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
    """A relationship as somebody may see it. One of their own looks open until they end it themselves."""

    relationship: WorkingRelationship
    halves: tuple[Half, Half]
    ended: date | None
    own: bool

    @property
    def waits(self) -> bool:
        """Whether a half that may be seen has not confirmed yet."""
        known = (half.confirmed or half.withheld for half in self.halves)
        return self.ended is None and not self.own and not all(known)


def together(
    user: User | AnonymousUser, study: Study, relationships: Iterable[WorkingRelationship]
) -> list[Together]:
    """Relationships as `user` may see them, open ones first: of whom they work with, not whether they
    confirmed; of their own, the latest of each pair, and that it has ended if they said so themselves."""
    barred, mine = working_with(user, study), own_pairs(user, study)
    rows = list(relationships)
    latest = {each.halves: each.pk for each in sorted(rows, key=_by_start)}

    def half(relationship: WorkingRelationship, person: Person) -> Half:
        withheld = person.pk in barred
        return Half(person, not withheld and relationship.confirmed_by(person), withheld)

    def ended(relationship: WorkingRelationship) -> date | None:
        return _denied(relationship, user) if relationship.pk in mine else relationship.ended

    shown = [
        Together(each, (half(each, each.first), half(each, each.second)), ended(each), each.pk in mine)
        for each in rows
        if each.pk not in mine or latest[each.halves] == each.pk
    ]
    return sorted(shown, key=lambda pair: (pair.ended or date.min, *_by_start(pair.relationship)))


def _denied(relationship: WorkingRelationship, user: User | AnonymousUser) -> date | None:
    said = {relationship.first: relationship.first_denied, relationship.second: relationship.second_denied}
    mine = (when for half, when in said.items() if half.user_id == user.pk and when)
    return next((timezone.localdate(when) for when in mine), None)


def _by_start(relationship: WorkingRelationship) -> tuple[date, UUID]:
    return relationship.started, relationship.pk


def count_pairs(user: User | AnonymousUser, study: Study) -> int:
    """How many pairs work together, as far as `user` may know: their own counts until nobody can tell."""
    mine = own_pairs(user, study)
    counted = relationships(study).filter(Q(ended=None) | Q(pk__in=mine))
    return counted.order_by().values("first_id", "second_id").distinct().count()


def waiting(user: User | AnonymousUser, study: Study) -> int:
    """How many open relationships wait for a word from one of the two."""
    open_ones = relationships(study).filter(ended=None)
    return sum(each.waits for each in together(user, study, open_ones))
