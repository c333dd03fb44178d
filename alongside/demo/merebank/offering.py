from dataclasses import dataclass
from datetime import date, datetime, time

from alongside.demo.merebank.setting import ProgrammeSession


@dataclass(frozen=True)
class Before:
    """A version of the course that was taught before."""

    made: datetime
    aims: str
    sessions: tuple[ProgrammeSession, ...]


@dataclass(frozen=True)
class Course:
    made: datetime
    licence: str
    note: str
    before: Before


@dataclass(frozen=True)
class Material:
    """`file` lies in the folder `materials`; `session` is the number of the one that it belongs to."""

    title: str
    file: str
    session: int
    licence: str


@dataclass(frozen=True)
class Term:
    """`groups` are keys of the groups that are in it."""

    name: str
    starts: date
    ends: date
    groups: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    name: str
    address: str
    getting_there: str
    access: str


@dataclass(frozen=True)
class Coming:
    """A group that anybody can ask for a place in."""

    name: str
    term: str
    place: str
    capacity: int
    apply_until: date
    starts: time
    ends: time
    days: tuple[date, ...]


@dataclass(frozen=True)
class Prospectus:
    welcome: str
    asking_for_help: str
    who_we_are: str


@dataclass(frozen=True)
class Offering:
    """What the college offers, and what it says about it."""

    course: Course
    materials: tuple[Material, ...]
    terms: tuple[Term, ...]
    places: tuple[Place, ...]
    coming: Coming
    prospectus: Prospectus
