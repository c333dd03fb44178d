"""The invented project that both sides are given: the same words, codes and codings for the same seed.

The standard library alone, because the peer reads it with a Python environment of its own.
"""

from dataclasses import dataclass
from random import Random

CODES = [f"Code {number:03}" for number in range(100)]
LONG_WORDS = 15_000
# The long documents come first in every project: which number has how many codings.
LONG_CODINGS = {0: 2_000, 1: 240, 2: 10_000}
OTHER_WORDS, OTHER_CODINGS = 1_500, 240
DOCUMENTS = 200
SHORTEST, LONGEST = 10, 150

SPOKEN = """
    the and we to of it was a that in had they with me for her on them group said training because
    together something about people staff week after before never always talked listened hope trust
    worker different story remember recovery conversation relationship nervous ordinary honest change
"""
WORDS = SPOKEN.split()


@dataclass(frozen=True)
class Coded:
    """Places in the turns joined by line ends, half-open, in code points."""

    start: int
    end: int
    code: int


@dataclass(frozen=True)
class Document:
    name: str
    turns: list[str]
    codings: list[Coded]

    @property
    def text(self) -> str:
        return "\n".join(self.turns)


def codings_in(documents: int) -> int:
    """How many codings a project of so many documents has."""
    return sum(LONG_CODINGS.values()) + (documents - len(LONG_CODINGS)) * OTHER_CODINGS


def document(number: int) -> Document:
    """The long ones are opened; the others make the project as large as it is."""
    random = Random(number)
    codings = LONG_CODINGS.get(number, OTHER_CODINGS)
    words_left = LONG_WORDS if number in LONG_CODINGS else OTHER_WORDS
    turns = []
    while words_left:
        length = min(random.randint(10, 120), words_left)
        turns.append(" ".join(random.choices(WORDS, k=length)))
        words_left -= length
    text_length = sum(map(len, turns)) + len(turns) - 1
    coded: dict[Coded, None] = {}
    while len(coded) < codings:
        start = random.randrange(text_length - LONGEST)
        end = start + random.randint(SHORTEST, LONGEST)
        coded[Coded(start, end, random.randrange(len(CODES)))] = None
    return Document(f"Interview {number:04}", turns, list(coded))
