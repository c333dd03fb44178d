"""What forms hand to actions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alongside.people.models import Person


@dataclass(frozen=True)
class Mark:
    """What is said of one person at one session. The id is made once, where it is first said.

    `at` is when, by the clock of the device; without it, it is said now.
    """

    id: UUID
    person: Person
    status: str
    at: datetime | None = None


@dataclass(frozen=True)
class Outlined:
    """One part of a course as it is written down: what it is called and what it is about."""

    title: str
    about: str = ""


@dataclass(frozen=True)
class Upload:
    """A file as it came in: what it is called there, and what is in it."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Asker:
    """What somebody says of themselves when they ask for a place."""

    name: str
    email: str = ""
    phone: str = ""
    rather: str = ""
    needs: str = ""
    standpoints: Sequence[str] = ()
    own_words: str = ""


@dataclass(frozen=True)
class Said:
    """What was said to one item; a value of None leaves it open."""

    value: int | None
    comment: str = ""
