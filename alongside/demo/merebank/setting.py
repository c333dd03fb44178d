from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Study:
    slug: str
    name: str
    place: str
    method: str
    time_zone: str
    notice: str
    today: date


@dataclass(frozen=True)
class TeamMember:
    """Someone who signs in; `key` is also the key of their person."""

    key: str
    name: str
    email: str
    roles: tuple[str, ...]


@dataclass(frozen=True)
class Standpoint:
    kind: str
    since: date
    words: str = ""


@dataclass(frozen=True)
class Person:
    """`code` makes a participant of someone; `user` is the key of the team member they are."""

    key: str
    name: str
    email: str
    standpoints: tuple[Standpoint, ...] = ()
    user: str = ""
    code: str = ""
    pseudonym: str = ""
    described_as: str = ""
    phone: str = ""
    prefers: str = "email"
    language: str = "en-gb"
    adjustments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Relationship:
    first: str
    second: str
    started: date
    first_confirmed: date
    second_confirmed: date
    ended: date | None = None


@dataclass(frozen=True)
class ProgrammeSession:
    number: int
    title: str
    about: str


@dataclass(frozen=True)
class Programme:
    title: str
    version: int
    aims: str
    sessions: tuple[ProgrammeSession, ...]


@dataclass(frozen=True)
class Session:
    """`agreement` is the version of the group's agreement that stood at the end of the session."""

    number: int
    starts: datetime
    ends: datetime
    agreement: int


@dataclass(frozen=True)
class Facilitation:
    session: int
    person: str
    lived: bool
    practice: bool
    preparation: datetime | None = None
    debrief: datetime | None = None
    supported_by: str = ""
    tells: bool = False


@dataclass(frozen=True)
class Call:
    """Somebody asked after a learner who was missed."""

    person: str
    on: datetime
    outcome: str
    note: str = ""


@dataclass(frozen=True)
class Agreement:
    version: int
    written: date
    note: str
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class Preparation:
    person: str
    conversation: date | None = None
    conversation_with: str = ""
    narrative_read: date | None = None
    hopes_and_fears: str = ""
    hopes_shown: bool = False
    supervised: tuple[date, ...] = ()
    protected_time: str = ""
    supervision: str = ""
    booster: date | None = None


@dataclass(frozen=True)
class Leaving:
    person: str
    on: date


@dataclass(frozen=True)
class Cohort:
    """`attendance` holds, for each learner, a word for each session so far: here, word or missed."""

    key: str
    name: str
    place: str
    time_zone: str
    capacity: int
    sessions: tuple[Session, ...]
    learners: tuple[str, ...]
    facilitation: tuple[Facilitation, ...]
    attendance: dict[str, str]
    agreements: tuple[Agreement, ...]
    preparation: tuple[Preparation, ...]
    left: tuple[Leaving, ...] = ()
    calls: tuple[Call, ...] = ()

    def marks(self) -> Iterator[tuple[str, int, str]]:
        """Person, session number, status."""
        for person, words in self.attendance.items():
            for number, status in enumerate(words.split(), start=1):
                yield person, number, status
