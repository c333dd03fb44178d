from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class CodeGroup:
    name: str
    definition: str


@dataclass(frozen=True)
class Code:
    group: str
    name: str
    colour: int
    definition: str
    include: str
    exclude: str
    example: str

    @property
    def path(self) -> str:
        return f"{self.group} > {self.name}"


@dataclass(frozen=True)
class Codebook:
    version: int
    groups: tuple[CodeGroup, ...]
    codes: tuple[Code, ...]


@dataclass(frozen=True)
class Coding:
    """`quote` is an exact, unique part of the turn; empty means the whole turn. Turns count from 1."""

    transcript: str
    turn: int
    quote: str
    code: str
    coder: str
    memo: str


@dataclass(frozen=True)
class Passage:
    key: str
    transcript: str
    turn: int
    quote: str


@dataclass(frozen=True)
class Theme:
    key: str
    name: str
    status: str
    idea: str
    named_by: str
    named: date
    codes: tuple[str, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Tie:
    one: str
    other: str
    says: str
    against: bool = False


@dataclass(frozen=True)
class ReportQuote:
    """`insider`: the answer to “would the other half of this pair know?”"""

    passage: str
    insider: str
    big: bool = False


@dataclass(frozen=True)
class Section:
    heading: str
    theme: str
    body: str
    quotes: tuple[ReportQuote, ...]


@dataclass(frozen=True)
class Report:
    number: int
    title: str
    authors: tuple[str, ...]
    version: str
    published: date
    audience: str
    licence: str
    checked_by: str
    aim: str
    methodology: str
    findings: str
    implications: str
    limits: str
    shaped_by: str
    citation: str
    permission: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Memo:
    author: str
    made: datetime
    words: str
    transcript: str = ""
    code: str = ""
    theme: str = ""
    private: bool = False


@dataclass(frozen=True)
class Decision:
    on: date
    about: str
    proposed_by: str
    lived_experience_present: bool
    changed: str
    hours: float
    paid: float
    # The key of the group it was about, if it was about one.
    cohort: str = ""
