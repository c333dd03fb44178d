"""Between the code points we store and the UTF-16 units browsers and most REFI-QDA programs count."""

import numpy as np
from numpy.typing import ArrayLike

from alongside.core.arrays import IntArray, whole_numbers


def utf16_to_code_points(text: str, offset: int) -> int:
    """The code point at which UTF-16 unit `offset` of `text` begins; the end of the text is allowed.

    ValueError for an offset before 0, past the end, or in the middle of a character of two units.
    """
    return int(utf16_to_code_points_each(text, [offset])[0])


def code_points_to_utf16(text: str, offset: int) -> int:
    """The UTF-16 unit at which code point `offset` of `text` begins; ValueError outside the text."""
    return int(code_points_to_utf16_each(text, [offset])[0])


def utf16_to_code_points_each(text: str, offsets: ArrayLike) -> IntArray:
    """`utf16_to_code_points` for many offsets into one text, shape (N,); one bad offset refuses them all."""
    begins = _utf16_begins(text)
    wanted = _within(offsets, int(begins[-1]), "UTF-16 units")
    found = np.searchsorted(begins, wanted, side="left")
    split = begins[found] != wanted
    if split.any():
        at = int(wanted[split.argmax()])
        raise ValueError(
            f"Position {at} falls in the middle of {text[int(found[split.argmax()]) - 1]!r}, "
            "a character of two UTF-16 units; expected a position between characters."
        )
    return found


def code_points_to_utf16_each(text: str, offsets: ArrayLike) -> IntArray:
    """`code_points_to_utf16` for many offsets into one text, shape (N,); one bad offset refuses them all."""
    found: IntArray = _utf16_begins(text)[_within(offsets, len(text), "characters")]
    return found


def _utf16_begins(text: str) -> IntArray:
    """Where each code point begins in UTF-16 units, and where the last one ends: shape (len(text) + 1,)."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    return np.concatenate([[0], np.cumsum(1 + (points > 0xFFFF))]).astype(np.int64)


def _within(offsets: ArrayLike, end: int, unit: str) -> IntArray:
    wanted = whole_numbers(offsets, "offsets")
    outside = (wanted < 0) | (wanted > end)
    if outside.any():
        raise ValueError(
            f"Position {wanted[outside.argmax()]} lies outside the text, which has {end} {unit}."
        )
    return wanted
