"""AnnoMI's 126 dialogues, as its authors published them. SOURCE.txt says where they come from.

Two turns hold stray white space (a line break, a double space): each run of white space is read as one
space, which changes no word. One clock reading, “00:09:025”, could be 9:02 or 9:25 and is left out.
Clocks run back a few seconds in nine places; they are kept as published. No turn is empty.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby, islice, pairwise
from pathlib import Path

from alongside.demo.merebank.findings import Coding
from alongside.demo.merebank.tables import BadContent, build, table

HERE = Path(__file__).parent
CLOCK = re.compile(r"([0-9]{2}):([0-9]{2}):([0-9]{2})$")
NOT_APPLICABLE = "n/a"
# The labels are the data's own, "client" among them.
PRACTITIONER_CODES = {
    "question": "Practitioner > Question",
    "reflection": "Practitioner > Reflection",
    "therapist_input": "Practitioner > Input",
    "other": "Practitioner > Other",
}
CLIENT_CODES = {
    "change": "Client talk > Change",
    "sustain": "Client talk > Sustain",
    "neutral": "Client talk > Neutral",
}
# A practitioner's turn may hold several moves; the data says each one's kind beside the main one.
KINDS = {
    ("question", "open"): "Practitioner > Question > Open",
    ("question", "closed"): "Practitioner > Question > Closed",
    ("reflection", "simple"): "Practitioner > Reflection > Simple",
    ("reflection", "complex"): "Practitioner > Reflection > Complex",
    ("therapist_input", "information"): "Practitioner > Input > Information",
    ("therapist_input", "advice"): "Practitioner > Input > Advice",
    ("therapist_input", "options"): "Practitioner > Input > Options",
    ("therapist_input", "negotiation"): "Practitioner > Input > Negotiation",
}
SPEAKERS = {"therapist": "Therapist", "client": "Client"}


@dataclass(frozen=True)
class Turn:
    """`number` counts from 1; the data's utterance_id counts from 0. `coder` is whoever coded it."""

    number: int
    interlocutor: str
    start_ms: int | None
    text: str
    behaviour: str
    talk: str
    annotator: str
    kinds: tuple[str, ...] = ()

    @property
    def speaker(self) -> str:
        return SPEAKERS[self.interlocutor]

    @property
    def code(self) -> str:
        if self.interlocutor == "therapist":
            return PRACTITIONER_CODES[self.behaviour]
        return CLIENT_CODES[self.talk]

    @property
    def coder(self) -> str:
        return f"AnnoMI annotator {self.annotator}"

    @property
    def words(self) -> int:
        """Runs of characters between white space; on this count the 126 dialogues hold 145,365 words."""
        return len(self.text.split())


@dataclass(frozen=True)
class Dialogue:
    transcript_id: int
    title: str
    url: str
    topic: str
    quality: str
    turns: tuple[Turn, ...]

    @property
    def name(self) -> str:
        """Such as “042-reducing-alcohol-consumption”."""
        slug = re.sub(r"[^a-z0-9]+", "-", self.topic.lower()).strip("-")
        return f"{self.transcript_id:03}-{slug}"

    def codings(self) -> Iterator[Coding]:
        """The main code of each turn and the kinds of move in it, always the whole turn."""
        for turn in self.turns:
            for code in (turn.code, *turn.kinds):
                yield Coding(self.name, turn.number, "", code, turn.coder, "")


@dataclass(frozen=True)
class Code:
    group: str
    name: str
    colour: int
    definition: str
    include: str = ""
    exclude: str = ""

    @property
    def path(self) -> str:
        return f"{self.group} > {self.name}"


@dataclass(frozen=True)
class Theme:
    """`passages` says how many whole turns are chosen for each code; see `chosen`."""

    key: str
    name: str
    status: str
    idea: str
    codes: tuple[str, ...]
    passages: int


@dataclass(frozen=True)
class Tie:
    one: str
    other: str
    says: str
    against: bool = False


@dataclass(frozen=True)
class Section:
    heading: str
    theme: str
    body: str


@dataclass(frozen=True)
class Report:
    number: int
    title: str
    authors: tuple[str, ...]
    version: str
    audience: str
    licence: str
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
class Study:
    slug: str
    name: str
    place: str
    method: str
    notice: str
    source: str


@dataclass(frozen=True)
class Practice:
    study: Study
    codes: tuple[Code, ...]
    themes: tuple[Theme, ...]
    ties: tuple[Tie, ...]
    report: Report


@cache
def practice(folder: Path = HERE) -> Practice:
    return build(Practice, table(folder / "practice.toml"), "practice.toml")


@cache
def dialogues(folder: Path = HERE) -> tuple[Dialogue, ...]:
    path = folder / "annomi_126_dialogues.csv"
    with path.open(encoding="utf-8", newline="") as file:
        together = groupby(csv.DictReader(file), key=lambda row: int(row["transcript_id"]))
        return tuple(_dialogue(number, list(rows)) for number, rows in together)


def _dialogue(number: int, rows: list[dict[str, str]]) -> Dialogue:
    ids = [int(row["utterance_id"]) for row in rows]
    if ids != list(range(len(rows))):
        raise BadContent(
            f"Dialogue {number}: utterances 0 to {len(rows) - 1} in order were expected, {ids} came."
        )
    first = rows[0]
    return Dialogue(
        transcript_id=number,
        title=_tidy(first["video_title"]),
        url=first["video_url"],
        topic=_tidy(first["topic"]),
        quality=first["mi_quality"],
        turns=tuple(_turn(row) for row in rows),
    )


def _turn(row: dict[str, str]) -> Turn:
    return Turn(
        number=int(row["utterance_id"]) + 1,
        interlocutor=row["interlocutor"],
        start_ms=_start_ms(row["timestamp"]),
        text=_tidy(row["utterance_text"]),
        behaviour=row["main_therapist_behaviour"],
        talk=row["client_talk_type"],
        annotator=row["annotator_id"],
        kinds=tuple(code for (move, kind), code in KINDS.items() if row[f"{move}_subtype"] == kind),
    )


def _tidy(words: str) -> str:
    return " ".join(words.split())


def _start_ms(clock: str) -> int | None:
    """None when the clock can be read in more than one way: nothing is guessed."""
    match = CLOCK.match(clock)
    if match is None:
        return None
    hours, minutes, seconds = (int(part) for part in match.groups())
    return ((hours * 60 + minutes) * 60 + seconds) * 1000


def codings(among: Iterable[Dialogue]) -> Iterator[Coding]:
    for dialogue in among:
        yield from dialogue.codings()


def chosen(among: Iterable[Dialogue], code: str, many: int) -> list[tuple[Dialogue, Turn]]:
    """The passages of a theme, by a rule that looks at no meaning.

    From dialogues of high quality, in order: the first turn of 20 to 40 words under the code, one a dialogue.
    """
    found = (
        next(((d, turn) for turn in d.turns if turn.code == code and 20 <= turn.words <= 40), None)
        for d in among
        if d.quality == "high"
    )
    return list(islice((pair for pair in found if pair is not None), many))


def answers_after(among: Iterable[Dialogue]) -> dict[str, dict[str, int]]:
    """How many client turns of each kind come straight after each practitioner code."""
    counts = {asked: dict.fromkeys(CLIENT_CODES.values(), 0) for asked in PRACTITIONER_CODES.values()}
    for dialogue in among:
        for before, after in pairwise(dialogue.turns):
            if (before.interlocutor, after.interlocutor) == ("therapist", "client"):
                counts[before.code][after.code] += 1
    return counts
