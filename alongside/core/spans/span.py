from dataclasses import dataclass

from numpy.typing import ArrayLike

from alongside.core.arrays import IntArray, same_length, whole_numbers


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A passage from code point `start` up to, but not including, code point `end`; never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(
                f"A passage must start at 0 or later and end after it starts; got {self.start} to {self.end}."
            )

    @property
    def length(self) -> int:
        return self.end - self.start

    def words(self, text: str) -> str:
        """The words of this passage in `text`; a passage that runs past the end of `text` is refused."""
        if self.end > len(text):
            raise ValueError(f"The passage ends at {self.end}, but the text has {len(text)} characters.")
        return text[self.start : self.end]

    def overlap(self, other: "Span") -> int:
        """How many code points the two passages share; 0 when they only touch."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))


def checked(starts: ArrayLike, ends: ArrayLike) -> tuple[IntArray, IntArray]:
    """Both as int64, shape (N,). Empty, reversed and negative spans are refused with a sentence."""
    s, e = whole_numbers(starts, "starts"), whole_numbers(ends, "ends")
    same_length(starts=s, ends=e)
    wrong = (s < 0) | (s >= e)
    if wrong.any():
        at = int(wrong.argmax())
        raise ValueError(
            "Each span must start at 0 or later and end after it starts; "
            f"span {at} runs from {s[at]} to {e[at]}."
        )
    return s, e


def side_by_side(
    groups: list[IntArray], starts: list[IntArray], ends: list[IntArray]
) -> tuple[list[IntArray], list[IntArray], int]:
    """Lay the groups end to end, so that spans of different groups can neither meet nor touch.

    Returns the shifted starts and ends, and the stride: a shifted position s lies in the group s // stride,
    counted from the lowest, at s % stride.
    """
    stride = 1 + max((int(e.max()) for e in ends if e.size), default=0)
    low = min((int(g.min()) for g in groups if g.size), default=0)
    high = max((int(g.max()) for g in groups if g.size), default=0)
    if (high - low + 1) * stride >= 2**63:
        raise ValueError(
            f"Texts numbered {low} to {high} with positions up to {stride - 1} are more than can be counted."
        )
    shifts = [(g - low) * stride for g in groups]
    return (
        [s + shift for s, shift in zip(starts, shifts, strict=True)],
        [e + shift for e, shift in zip(ends, shifts, strict=True)],
        stride,
    )
