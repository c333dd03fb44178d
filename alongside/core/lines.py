"""Line numbers frozen at 72 characters, so that "line 431" is the same words on every screen and on paper."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 72


@dataclass(frozen=True, slots=True)
class Numbering:
    """The lines of one transcript, in order of its turns (T of them).

    `starts[t]` is the number of the first line of turn t; `breaks[t]` holds the code points of turn t at
    which its lines begin, the first always 0. `last` is the number of the transcript's last line.
    """

    starts: list[int]
    breaks: list[list[int]]
    last: int

    def line_at(self, turn: int, offset: int) -> int:
        """The number of the line on which code point `offset` of turn `turn` stands."""
        if offset < 0:
            raise ValueError(f"A position in a turn is 0 or more; got {offset}.")
        return self.starts[turn] + bisect_right(self.breaks[turn], offset) - 1


def breaks(text: str, width: int = WIDTH) -> list[int]:
    """The code points at which the lines of `text` begin; the first is 0, also for an empty text.

    A line ends behind the last space at or before `width`, so it may hold that space beyond the width; a word
    longer than a line is cut at `width`. The workbench's script follows the same rule, in code points too.
    """
    if width < 1:
        raise ValueError(f"A line needs room for at least one character; got a width of {width}.")
    begins, at = [0], 0
    while at + width < len(text):
        after_space = text.rfind(" ", at, at + width + 1) + 1
        at = after_space if after_space > at else at + width
        if at < len(text):
            begins.append(at)
    return begins


def number(turns: Sequence[str], first: int = 1, width: int = WIDTH) -> Numbering:
    """Number the lines of a transcript's turns from `first`. A turn without words still takes a line."""
    starts, begins, line = [], [], first
    for text in turns:
        starts.append(line)
        begins.append(breaks(text, width))
        line += len(begins[-1])
    return Numbering(starts, begins, line - 1)
