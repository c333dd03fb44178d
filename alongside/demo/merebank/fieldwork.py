from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

MISSING_CODES = frozenset({"skipped", "declined", "not_asked"})


@dataclass(frozen=True)
class ConsentText:
    purpose: str
    version: int
    published: date
    on_stop: str
    wording: str


@dataclass(frozen=True)
class ConsentEvent:
    person: str
    purpose: str
    decision: str
    at: datetime


@dataclass(frozen=True)
class ConsentDecision:
    """The same decision about the same purposes by several people on one day."""

    on: date
    at: time
    decision: str
    purposes: tuple[str, ...]
    people: tuple[str, ...]

    def events(self) -> Iterator[ConsentEvent]:
        when = datetime.combine(self.on, self.at)
        for person in self.people:
            for purpose in self.purposes:
                yield ConsentEvent(person, purpose, self.decision, when)


@dataclass(frozen=True)
class Timepoint:
    key: str
    name: str
    anchor: str
    months: int
    days: int
    opens_days: int
    closes_days: int


@dataclass(frozen=True)
class Protocol:
    name: str
    timepoints: tuple[Timepoint, ...]


@dataclass(frozen=True)
class Item:
    number: int
    wording: str
    kind: str = "scale"
    low_label: str = ""
    high_label: str = ""
    reverse: bool = False


@dataclass(frozen=True)
class Instrument:
    key: str
    name: str
    licence: str
    version: int
    scoring: str
    intro: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Response:
    """One answer an item, in order: a number, words, or one of `MISSING_CODES`."""

    person: str
    instrument: str
    timepoint: str
    mode: str
    submitted: date
    answers: tuple[int | str, ...]


@dataclass(frozen=True)
class FrameGroup:
    group: str
    people: tuple[str, ...]


@dataclass(frozen=True)
class Frame:
    name: str
    taken: datetime
    criteria: str
    members: tuple[FrameGroup, ...]


@dataclass(frozen=True)
class Pick:
    person: str
    reason: str
    state: str = "chosen"
    replaces: str = ""


@dataclass(frozen=True)
class Question:
    number: int
    wording: str
    mirror: str
    prompt: str


@dataclass(frozen=True)
class Guide:
    title: str
    version: int
    written_with: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Booking:
    number: int
    person: str
    interviewer: str
    starts: datetime
    ends: datetime
    place: str
    state: str
    thanks: str
    mode: str = "in_person"
    transcript: str = ""
    support: str = ""
    adjustments: str = ""
    debrief: datetime | None = None


@dataclass(frozen=True)
class Restriction:
    """Words someone marked, after reading their own interview, as for the team only."""

    transcript: str
    turn: int
    quote: str
