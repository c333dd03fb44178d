"""Line numbers that stay."""

import pytest
from hypothesis import strategies as st

from alongside.core import lines
from alongside.core.tests.examples import given

TEXTS = st.text(st.sampled_from("abc  é"), max_size=300)


def workbench(text: str, width: int) -> list[int]:
    """The loop of the workbench's script, step by step."""
    marks, at = [], 0
    while at < len(text):
        marks.append(at)
        following = len(text) if at + width >= len(text) else text.rfind(" ", 0, at + width + 1) + 1
        at = following if following > at else at + width
    return marks


@given(TEXTS, st.integers(1, 80))
def test_the_page_and_the_script_break_alike(text: str, width: int) -> None:
    """So "line 431" is the same words wherever it is read."""
    assert lines.breaks(text, width) == (workbench(text, width) or [0])


def test_lines_end_behind_the_last_space() -> None:
    """The space belongs to the line it ends; a word longer than a line is cut."""
    assert lines.breaks("one two three", 7) == [0, 8]
    assert lines.breaks("one two  three", 7) == [0, 8]
    assert lines.breaks("x" * 150) == [0, 72, 144]
    assert lines.breaks("x" * 72) == [0]


def test_turns_are_numbered_through() -> None:
    """A turn begins a new line, and one without words still has one."""
    numbering = lines.number(["x" * 100, "", "yes"])
    assert (numbering.starts, numbering.breaks, numbering.last) == ([1, 3, 4], [[0, 72], [0], [0]], 4)
    assert lines.number([]).last == 0
    assert lines.number(["yes"], first=430).starts == [430]


def test_the_line_of_a_passage() -> None:
    """Any code point of a turn has its line."""
    numbering = lines.number(["so", "x" * 100])
    assert [numbering.line_at(1, at) for at in (0, 71, 72, 99)] == [2, 2, 3, 3]
    with pytest.raises(ValueError, match="0 or more; got -1"):
        numbering.line_at(1, -1)


def test_a_line_needs_room() -> None:
    """A width of nothing would never end."""
    with pytest.raises(ValueError, match="width of 0"):
        lines.breaks("text", 0)
