"""Counts of people that leave the house, so that nobody can be found in them.

The rule is that of NHS Digital for Hospital Episode Statistics below national level: counts from 1 to 7 are
replaced, all others rounded to the nearest 5, percentages are taken of the rounded counts, and shown as
finely as the rounding leaves them right.
Source: NHS Digital, “Disclosure control methodology for Hospital Episode Statistics (HES) and Emergency Care
Data Set (ECDS)”, September 2018, “New methodology” and “Presentation of percentages”.

It is stricter in one thing, since a college is smaller than a region: a count of 0 is replaced like 1 to 7,
so that one more person never makes the difference between none and some.
"""

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]

RULE = "NHS Digital (2018), with 0 held back like 1 to 7"
LARGEST_SMALL = 7
BASE = 5
# What stands for a count, or a percentage, that is not told.
HELD = -1
# How many values every count could have at the least, for whoever reads what is told.
PROMISE = BASE
# A rounded count is at most 2 away from the true one, above and below the line alike.
FARTHEST = BASE // 2


def told(counts: npt.ArrayLike) -> Counts:
    """Counts rounded to the nearest 5; those up to 7 are `HELD`. Any shape; whole numbers have no halves."""
    given = np.asarray(counts, dtype=np.int64)
    if (given < 0).any():
        raise ValueError("A count of people is 0 or more.")
    return np.where(given <= LARGEST_SMALL, HELD, (given + FARTHEST) // BASE * BASE)


def bounds(shown: npt.ArrayLike) -> tuple[Counts, Counts]:
    """The lowest and the highest count that each of `shown` can stand for."""
    given = np.asarray(shown, dtype=np.int64)
    held = given == HELD
    low = np.where(held, 0, np.maximum(given - FARTHEST, LARGEST_SMALL + 1))
    return low, np.where(held, LARGEST_SMALL, given + FARTHEST)


def least_whole(within: float) -> float:
    """The smallest rounded whole of which a percentage is right to `within` points either way."""
    return 100 * 2 * FARTHEST / within


def percentage(part: int, whole: int) -> int:
    """What share `part` is of `whole`, in percent, from their rounded counts alone; or `HELD`.

    Told in steps of 5 where it is right to 5 points, in steps of 1 where it is right to one; else not at
    all. It adds nothing to what the rounded counts tell.
    """
    if part > whole:
        raise ValueError("A part is no larger than its whole.")
    shown_part, shown_whole = (int(count) for count in told([part, whole]))
    if HELD in (shown_part, shown_whole) or shown_whole < least_whole(5):
        return HELD
    step = 1 if shown_whole >= least_whole(1) else 5
    return int(100 * shown_part / shown_whole / step + 0.5) * step
