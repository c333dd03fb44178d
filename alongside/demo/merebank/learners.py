"""What learners and tellers of the invented college wrote for themselves."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Taken:
    person: str
    format: str
    at: datetime


@dataclass(frozen=True)
class Story:
    teller: str
    title: str
    words: str
    purpose: str
    audience: str
    expires: date
    may_download: bool
    groups: tuple[str, ...]
    copies: tuple[Taken, ...] = ()


@dataclass(frozen=True)
class Line:
    kind: str
    words: str
    written: date
    done: bool = False


@dataclass(frozen=True)
class Note:
    words: str
    written: datetime
    shown_to: str = ""


@dataclass(frozen=True)
class Plan:
    person: str
    lines: tuple[Line, ...]
    notes: tuple[Note, ...] = ()
    shown_to: str = ""


@dataclass(frozen=True)
class Completions:
    cohort: str
    on: date
    sessions_to_complete: int


@dataclass(frozen=True)
class NextStep:
    person: str
    cohort: str
    kind: str
    words: str
    on: date


@dataclass(frozen=True)
class Disclosure:
    person: str
    cohort: str
    session: int
    purpose: str
    share: str
    keep_back: str
    exit_line: str
    aftercare: str
    rehearsed_with: str
    rehearsed_on: date


@dataclass(frozen=True)
class Learners:
    stories: tuple[Story, ...]
    plans: tuple[Plan, ...]
    completions: tuple[Completions, ...]
    next_steps: tuple[NextStep, ...]
    disclosures: tuple[Disclosure, ...]
