"""The room's nouns."""

from alongside.analysis.models.acts import Act, CodeChange, CodingChange, Feed, LinkChange
from alongside.analysis.models.codebook import (
    CODE_LABELS,
    CODE_WORDS,
    COLOUR_NAMES,
    COLOURS,
    Code,
    Codebook,
    CodebookVersion,
    State,
)
from alongside.analysis.models.codings import Coding, Discussion, Link, Remark
from alongside.analysis.models.machine import Asking, MachineHelp, Run, Suggestion
from alongside.analysis.models.memos import MEMO_ABOUT, Memo, Summary
from alongside.analysis.models.reading import Place, Reading, Taste
from alongside.analysis.models.themes import CardSort, PairNote, Passage, SortedCard, Theme, Tie
from alongside.analysis.models.workshops import InRoom, Workshop

__all__ = [
    "CODE_LABELS",
    "CODE_WORDS",
    "COLOURS",
    "COLOUR_NAMES",
    "MEMO_ABOUT",
    "Act",
    "Asking",
    "CardSort",
    "Code",
    "CodeChange",
    "Codebook",
    "CodebookVersion",
    "Coding",
    "CodingChange",
    "Discussion",
    "Feed",
    "InRoom",
    "Link",
    "LinkChange",
    "MachineHelp",
    "Memo",
    "PairNote",
    "Passage",
    "Place",
    "Reading",
    "Remark",
    "Run",
    "SortedCard",
    "State",
    "Suggestion",
    "Summary",
    "Taste",
    "Theme",
    "Tie",
    "Workshop",
]
