import re
from collections.abc import Sequence
from dataclasses import dataclass

from alongside.interviews.reading.shapes import Sentence, shown

PARENT = " > "
MOST_PROBLEMS = 20
# A spreadsheet takes a cell that begins so for a formula, some also in the wide signs of East Asia. An
# apostrophe in front keeps it text.
FORMULA = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


class TableError(Exception):
    """A table from which nothing was taken; `problems` has one sentence a fault, at most twenty."""

    def __init__(self, problems: Sequence[Sentence]) -> None:
        listed = list(problems[:MOST_PROBLEMS])
        if len(problems) > MOST_PROBLEMS:
            listed.append(Sentence("And %(count)d more faults.", count=len(problems) - MOST_PROBLEMS))
        self.problems: tuple[Sentence, ...] = tuple(listed)
        super().__init__(" ".join(self.problems))


@dataclass(frozen=True)
class CodingRow:
    """One coding: a passage, a code and who gave it.

    `transcript` is the name of the imported file without its ending, or its address; `turn` counts from 1
    and is None only when `quote` alone says where. `start` and `end` are code points within the turn, half
    open; both are None for the whole turn, or where `quote` says which part. `code` is a path.
    """

    transcript: str
    turn: int | None
    start: int | None
    end: int | None
    quote: str
    code: str
    coder: str
    memo: str = ""
    definition: str = ""


@dataclass(frozen=True)
class MemoRow:
    """One memo: what it is about in `about` and `name`, and of a passage its turn, words and code.

    `private` is yes or no; `made` and `changed` are ISO 8601 with the zone.
    """

    about: str
    name: str
    turn: int | None
    passage: str
    code: str
    memo: str
    author: str
    private: str
    made: str
    changed: str


@dataclass(frozen=True)
class PassageRow:
    """A coded passage with its words, for reading and counting elsewhere."""

    transcript: str
    turn: int
    speaker: str
    start: int
    end: int
    passage: str
    code: str
    coder: str
    memo: str = ""


@dataclass(frozen=True)
class CodebookRow:
    """A code, what it means, and how often it was given and in how many transcripts.

    `id` is its own, `under` that of the code above it, or empty; `code` is its path. `colour` is a number
    from 1, `retired` is yes for a code that is out of use.
    """

    id: str
    under: str
    code: str
    definition: str
    include: str
    exclude: str
    example: str
    plain: str
    colour: str
    retired: str
    codings: int
    transcripts: int


@dataclass(frozen=True)
class DecisionRow:
    """A line of the ledger of involvement: who shaped what, and what it took.

    `on` is an ISO date; `lived_experience` is yes or no; `hours` and `paid` are what was written down, `paid`
    in the currency of the place.
    """

    on: str
    decision: str
    course: str
    version: int | None
    group: str
    proposed_by: str
    lived_experience: str
    changed: str
    hours: float
    paid: float


@dataclass(frozen=True)
class FigureRow:
    """One figure of a period, as it was released: a number, a percentage, or what stands for one not told.

    `starts` and `ends` are ISO dates.
    """

    period: str
    starts: str
    ends: str
    part: str
    figure: str
    told: str


def guard(cell: str) -> str:
    """The cell with an apostrophe in front, where a spreadsheet would take it for a formula."""
    return f"'{cell}" if FORMULA.match(cell) else cell


def unguard(cell: str) -> str:
    """What was guarded."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


def code_path(code: str) -> tuple[str, ...]:
    """`Relationship > Trust` is the code Trust under the code Relationship."""
    return tuple(part.strip() for part in code.split(PARENT))


def place(row: CodingRow, words: str) -> tuple[int, int]:
    """Start and end of a row's passage in the words of its turn; ValueError says what does not fit."""
    if row.start is not None and row.end is not None:
        if row.end > len(words):
            raise ValueError(
                Sentence(
                    "An end of at most %(length)d was expected, %(end)d came.", length=len(words), end=row.end
                )
            )
        if row.quote and words[row.start : row.end] != row.quote:
            raise ValueError(
                Sentence(
                    "The quote “%(quote)s” was expected there, the turn says “%(words)s”.",
                    quote=shown(row.quote),
                    words=shown(words[row.start : row.end]),
                )
            )
        return row.start, row.end
    if not row.quote:
        return 0, len(words)
    start = words.find(row.quote)
    if start < 0:
        raise ValueError(Sentence("The quote “%(quote)s” is not in the turn.", quote=shown(row.quote)))
    if words.find(row.quote, start + 1) >= 0:
        raise ValueError(
            Sentence(
                "The quote “%(quote)s” is there more than once; give start and end.", quote=shown(row.quote)
            )
        )
    return start, start + len(row.quote)
