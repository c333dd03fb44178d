"""Carrying passages from one revision of a text to the next."""

import re
import zlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, pairwise
from typing import NamedTuple

from alongside.core.spans.span import Span

# Below this likeness two stretches share letters only by accident ("Margaret", "Person A"), and aligning
# the letters would set a passage's edge in the middle of the new words.
ALIKE = 0.6
# Comparing costs as many steps as there are pairs of equal pieces, again and again. Beyond this many, two
# stretches have been rewritten rather than edited, and are taken as replaced whole.
PAIRS = 50_000


class Edit(NamedTuple):
    """One opcode, as difflib gives them: old[old_start:old_end] became new[new_start:new_end]."""

    kind: str
    old_start: int
    old_end: int
    new_start: int
    new_end: int


@dataclass(frozen=True, slots=True)
class CarriedSpan:
    """Where a passage is after an edit. `span` is None when nothing stands where its words stood."""

    span: Span | None
    changed: bool

    @property
    def lost(self) -> bool:
        return self.span is None


def carry(span: Span, opcodes: Sequence[tuple[str, int, int, int, int]]) -> CarriedSpan:
    """Carry `span` of the old text to the new text.

    `opcodes` tell how old became new, in order and without gaps: `edits(old, new)`, or difflib's own.
    Words kept are carried as they are. Words replaced, even in part, bring the whole of what replaced them;
    words put in strictly inside the passage join it, words put in at its edges do not. `changed` says that
    the words inside are not those of before. Words moved elsewhere count as taken out.

    ValueError when the passage runs past the old text. O(log E + edits touching the passage).
    """
    old_end = opcodes[-1][2] if opcodes else 0
    if span.end > old_end:
        raise ValueError(f"The passage ends at {span.end}, but the old text has {old_end} characters.")
    changed, low, high = False, [], []
    first = bisect_right(opcodes, span.start, key=lambda opcode: opcode[2])
    for kind, i1, i2, j1, j2 in opcodes[first:]:
        if i1 >= span.end:
            break
        if kind == "equal":
            low.append(j1 + max(span.start, i1) - i1)
            high.append(j1 + min(span.end, i2) - i1)
            continue
        changed = True
        if kind == "replace":
            low.append(j1)
            high.append(j2)
    return CarriedSpan(Span(low[0], high[-1]) if low else None, changed)


def edits(old: str, new: str) -> list[Edit]:
    """How `old` became `new`, in order, covering both texts without gaps.

    What both texts begin and end with is set aside first; the rest is compared by lines, lines that differ by
    stretches of a few words, these by words, and words that differ but are alike by letters. Blanks left
    beside a word taken out, with no kept word of their own, count as taken out with it and put in again: no
    passage is carried to a blank.
    """
    ahead = _common(old, new)
    behind = _common(old[ahead:][::-1], new[ahead:][::-1])
    i, j = len(old) - behind, len(new) - behind
    found = [Edit("equal", 0, ahead, 0, ahead)] if ahead else []
    found += _compare(old[ahead:i], new[ahead:j], ahead, ahead, LEVELS)
    if behind:
        found.append(Edit("equal", i, len(old), j, len(new)))
    return _joined(found, old, new)


def _common(a: str, b: str) -> int:
    """How many code points a and b have in common from their beginning, by halving."""
    low, high = 0, min(len(a), len(b))
    while low < high:
        middle = (low + high + 1) // 2
        if a[low:middle] == b[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _stretches(text: str) -> list[str]:
    """A few words each, cut behind words picked by their spelling: after an edit the cuts fall as before."""
    cuts = [w.end() for w in re.finditer(r"\w+\W*", text) if zlib.crc32(w[0].encode()) % 8 == 0]
    return [text[i:j] for i, j in pairwise([0, *cuts, len(text)]) if i < j]


def _is_short(stretch: str) -> bool:
    return stretch.count(" ") < 3


def _words(text: str) -> list[str]:
    return re.findall(r"\w+|\s+|[^\w\s]", text)


class Level(NamedTuple):
    """How to cut texts into pieces, which match only beside another match, and how alike texts must be."""

    pieces: Callable[[str], list[str]]
    weak: Callable[[str], bool]
    least: float = 0.0


LEVELS = (
    Level(_lines, str.isspace),
    Level(_stretches, _is_short),
    Level(_words, str.isspace),
    Level(list, str.isspace, least=ALIKE),
)


def _compare(old: str, new: str, i: int, j: int, levels: Sequence[Level]) -> Iterator[Edit]:
    """Edits between two stretches that begin at old position i and new position j."""
    if not old or not new:
        if old or new:
            yield Edit("delete" if old else "insert", i, i + len(old), j, j + len(new))
        return
    opcodes = _opcodes(old, new, levels[0]) if levels else None
    if opcodes is None:
        yield Edit("replace", i, i + len(old), j, j + len(new))
        return
    for kind, before, after in opcodes:
        if kind == "equal":
            yield Edit(kind, i, i + len(before), j, j + len(after))
        else:
            yield from _compare(before, after, i, j, levels[1:])
        i, j = i + len(before), j + len(after)


def _opcodes(old: str, new: str, level: Level) -> list[tuple[str, str, str]] | None:
    """Pieces kept and changed, as texts; None where the two are too long or too unlike to be compared so."""
    olds, news = level.pieces(old), level.pieces(new)
    there = Counter(piece for piece in news if not level.weak(piece))
    if sum(there[piece] for piece in olds) > PAIRS:
        return None
    matcher = SequenceMatcher(level.weak, olds, news, autojunk=False)
    if level.least and matcher.ratio() < level.least:
        return None
    return [(k, "".join(olds[a:b]), "".join(news[c:d])) for k, a, b, c, d in matcher.get_opcodes()]


def _joined(found: Iterable[Edit], old: str, new: str) -> list[Edit]:
    """Neighbouring edits of one sort as one; then what leaves only blanks behind becomes a deletion."""
    runs = [list(run) for _, run in groupby(found, key=lambda edit: edit.kind == "equal")]
    whole = [edit for run in runs for edit in _split(_one(run), old, new)]
    kinds = ["equal", *(edit.kind for edit in whole), "equal"]
    settled: list[Edit] = []
    for place, edit in enumerate(whole):
        stranded = edit.kind == "equal" and "delete" in (kinds[place], kinds[place + 2])
        if stranded and old[edit.old_start : edit.old_end].isspace():
            settled.append(Edit("delete", edit.old_start, edit.old_end, edit.new_start, edit.new_start))
            settled.append(Edit("insert", edit.old_end, edit.old_end, edit.new_start, edit.new_end))
        else:
            settled.append(edit)
    return settled


def _one(run: list[Edit]) -> Edit:
    i1, i2, j1, j2 = run[0].old_start, run[-1].old_end, run[0].new_start, run[-1].new_end
    if run[0].kind == "equal":
        return Edit("equal", i1, i2, j1, j2)
    return Edit("insert" if i1 == i2 else "delete" if j1 == j2 else "replace", i1, i2, j1, j2)


def _split(edit: Edit, old: str, new: str) -> list[Edit]:
    kind, i1, i2, j1, j2 = edit
    if kind == "replace" and new[j1:j2].isspace() and not old[i1:i2].isspace():
        return [Edit("delete", i1, i2, j1, j1), Edit("insert", i2, i2, j1, j2)]
    return [edit]
