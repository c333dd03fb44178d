from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise

from alongside.people.models import Participant, Person
from alongside.people.queries import participant_of
from alongside.stewardship.held.sound import Sound, sounds_of

Value = str | int | float | bool | date | datetime | list[str] | None
Label = str | Promise


@dataclass(frozen=True)
class Whose:
    """A person, the rows they were entered under before, and how research knows them."""

    person: Person
    everybody: list[Person]
    participant: Participant | None

    @cached_property
    def sounds(self) -> list[Sound]:
        return sounds_of(self.participant)


def whose(person: Person) -> Whose:
    merged = Person.objects.filter(merged_into=person)
    return Whose(person, [person, *merged], participant_of(person))


@dataclass(frozen=True)
class Kind:
    """One kind of thing that is held: which models it takes in, what is told of each row, and the rows."""

    key: str
    title: Label
    covers: tuple[type[Model], ...]
    columns: dict[str, Label]
    rows: Callable[[Whose], Iterable[tuple[Value, ...]]]

    def told(self, of: Whose) -> list[dict[str, Any]]:
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows(of)]
