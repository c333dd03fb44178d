"""Who had agreed to what at a moment of the past."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from alongside.accounts.models import Study, User
from alongside.people.models import ConsentEvent, Person, Purpose
from alongside.people.queries import decisions_of, working_with

PEOPLE_A_PAGE = 20


@dataclass(frozen=True)
class Standing:
    """One person's decisions in force at the moment, a place for each purpose asked about.

    `withheld` of whoever the reader works with: the same nothing, whatever they decided.
    """

    person: Person
    withheld: bool
    decided: list[tuple[Purpose, ConsentEvent | None]]


@dataclass(frozen=True)
class Moment:
    """A page of people as they stood at `at`."""

    at: datetime
    purposes: Sequence[Purpose]
    page: Page[Person]
    rows: list[Standing]


def consents_at(
    user: User | AnonymousUser,
    study: Study,
    at: datetime,
    purposes: Sequence[Purpose],
    number: str | int | None = 1,
) -> Moment:
    page = Paginator(_people(study), PEOPLE_A_PAGE).get_page(number)
    return Moment(at, purposes, page, list(_standing(user, study, page.object_list, at, purposes)))


def everyone_at(
    user: User | AnonymousUser, study: Study, at: datetime, purposes: Sequence[Purpose]
) -> Iterator[Standing]:
    """Everybody's, for a table that leaves."""
    pages = Paginator(_people(study), PEOPLE_A_PAGE)
    for page in pages:
        yield from _standing(user, study, page.object_list, at, purposes)


def _people(study: Study) -> QuerySet[Person]:
    return Person.objects.filter(study=study, merged_into=None).order_by("name", "pk")


def _standing(
    user: User | AnonymousUser,
    study: Study,
    people: Iterable[Person],
    at: datetime,
    purposes: Sequence[Purpose],
) -> Iterator[Standing]:
    shown = list(people)
    kept_back = working_with(user, study)
    known: dict[UUID, dict[str, ConsentEvent]] = decisions_of(
        [person for person in shown if person.pk not in kept_back], at
    )
    for person in shown:
        decided = known.get(person.pk, {})
        yield Standing(
            person, person.pk in kept_back, [(purpose, decided.get(purpose)) for purpose in purposes]
        )
