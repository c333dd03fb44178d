"""Carrying passages from one revision of a text to the next."""

import re
import zlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, pairwise
from typing import NamedTuple

from alongside.core.spans.span import Span

# Scripts written without spaces, in which a word is taken to be one character.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
LINE = re.compile(r"[^\n]*\n\s*|[^\n]+")
WORD = re.compile(rf"\s*(?:(?:[^\W{UNSPACED}]|[\u0300-\u036f])+|\S)|\s+")
# Comparing takes a step for each pair of equal pieces, again and again. Beyond this many pairs, common pieces
# match only beside rarer ones, as in difflib's own "autojunk".
PAIRS = 50_000
COMMON = 100


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

    Texts are compared by lines, lines that differ by stretches of a few words, and these by words. A word
    that differs at all is replaced as a whole: aligning its letters would leave passages on half a word.
    Blanks beside words taken out count as taken out and put in again, so that no passage is carried to a
    blank, or gains one at its edge.
    """
    return list(_settled(_compare(old, new, 0, 0, LEVELS), old, new))


def _lines(text: str) -> list[str]:
    return LINE.findall(text)


def _stretches(text: str) -> list[str]:
    """A few words each, cut behind words picked by their spelling: after an edit the cuts fall as before."""
    cuts = [word.end() for word in WORD.finditer(text) if zlib.crc32(word[0].encode()) % 8 == 0]
    return [text[i:j] for i, j in pairwise([0, *cuts, len(text)]) if i < j]


def _words(text: str) -> list[str]:
    return WORD.findall(text)


LEVELS: tuple[Callable[[str], list[str]], ...] = (_lines, _stretches, _words)


def _compare(
    old: str, new: str, i: int, j: int, levels: Sequence[Callable[[str], list[str]]]
) -> Iterator[Edit]:
    """Edits between two stretches that begin at old position i and new position j."""
    if not (old and new and levels):
        yield from _by_blanks(old, new, i, j)
        return
    for before, after in _opcodes(old, new, levels[0]):
        if before == after:
            yield Edit("equal", i, i + len(before), j, j + len(after))
        else:
            yield from _compare(before, after, i, j, levels[1:])
        i, j = i + len(before), j + len(after)


def _opcodes(old: str, new: str, pieces: Callable[[str], list[str]]) -> Iterator[tuple[str, str]]:
    """Old and new texts of what was kept and what was changed, in turn."""
    olds, news = pieces(old), pieces(new)
    bare_olds, bare_news = [piece.strip() for piece in olds], [piece.strip() for piece in news]
    matcher = SequenceMatcher(_common(bare_olds, bare_news), bare_olds, bare_news, autojunk=False)
    opcodes = matcher.get_opcodes()
    # A few words that match by themselves between two changes may belong elsewhere; the next level sees more.
    lone = {
        k
        for k, (_, a, b, _, _) in enumerate(opcodes)
        if 0 < k < len(opcodes) - 1 and pieces is not _words and "".join(olds[a:b]).count(" ") < 3
    }
    for kept, run in groupby(enumerate(opcodes), key=lambda op: op[1][0] == "equal" and op[0] not in lone):
        spans = [opcode[1:] for _, opcode in run]
        a, b, c, d = spans[0][0], spans[-1][1], spans[0][2], spans[-1][3]
        if kept:
            yield from zip(olds[a:b], news[c:d], strict=True)
        else:
            yield "".join(olds[a:b]), "".join(news[c:d])


def _common(olds: list[str], news: list[str]) -> Callable[[str], bool] | None:
    """Which pieces are too common to be matched for themselves; none where the texts are short enough."""
    there = Counter(news)
    pairs = {piece: count * there[piece] for piece, count in Counter(olds).items()}
    return (lambda piece: pairs.get(piece, 0) > COMMON) if sum(pairs.values()) > PAIRS else None


def _settled(found: Iterator[Edit], old: str, new: str) -> Iterator[Edit]:
    """Neighbouring changes as one, with the blanks between words where no passage can trip over them."""
    runs = [list(run) for _, run in groupby(found, key=lambda edit: edit.kind == "equal")]
    whole = [[run[0].old_start, run[-1].old_end, run[0].new_start, run[-1].new_end] for run in runs]
    kept = [run[0].kind == "equal" for run in runs]
    gone = [_is_blank(new[j1:j2]) and not _is_blank(old[i1:i2]) for i1, i2, j1, j2 in whole]
    for k in range(len(whole)):
        if kept[k] and k + 1 < len(whole) and gone[k + 1]:
            _move_border(whole[k], whole[k + 1], -_blanks_behind(old[whole[k][0] : whole[k][1]]))
        if kept[k] and k > 0 and gone[k - 1]:
            _move_border(whole[k - 1], whole[k], _blanks_before(old[whole[k][0] : whole[k][1]]))
    for k, (i1, i2, j1, j2) in enumerate(whole):
        if kept[k] and i1 < i2:
            yield Edit("equal", i1, i2, j1, j2)
        elif gone[k]:
            yield Edit("delete", i1, i2, j1, j1)
            if j1 < j2:
                yield Edit("insert", i2, i2, j1, j2)
        elif not kept[k]:
            yield from _by_blanks(old[i1:i2], new[j1:j2], i1, j1)


def _move_border(left: list[int], right: list[int], by: int) -> None:
    left[1] += by
    left[3] += by
    right[0] += by
    right[2] += by


def _by_blanks(old: str, new: str, i: int, j: int) -> Iterator[Edit]:
    """A change as up to three: of the blanks before its words, of its words, and of the blanks behind."""
    a, b = _blanks_before(old), _blanks_before(new)
    c, d = len(old) - _blanks_behind(old[a:]), len(new) - _blanks_behind(new[b:])
    for before, after in ((old[:a], new[:b]), (old[a:c], new[b:d]), (old[c:], new[d:])):
        if before or after:
            yield Edit(_kind(before, after), i, i + len(before), j, j + len(after))
        i, j = i + len(before), j + len(after)


def _kind(old: str, new: str) -> str:
    return "equal" if old == new else "insert" if not old else "delete" if not new else "replace"


def _is_blank(text: str) -> bool:
    return not text.strip()


def _blanks_before(text: str) -> int:
    return len(text) - len(text.lstrip())


def _blanks_behind(text: str) -> int:
    return len(text) - len(text.rstrip())
