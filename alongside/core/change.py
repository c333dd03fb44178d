"""What changed in a group whose members were asked twice."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike


@dataclass(frozen=True)
class Change:
    """Over the `people` who answered both times, in the unit of the scores; NaN when there is nobody."""

    people: int
    before: float
    after: float
    difference: float
    higher: int
    same: int
    lower: int


def paired_change(before: ArrayLike, after: ArrayLike) -> Change:
    """Means before and after, and how many went up, stayed or went down.

    `before` and `after` have shape (people,), one row a person in the same order; whoever is NaN in either
    is left out of all of it, so that both means are of the same people. No test of significance: this
    describes a group that nobody was drawn into at random.
    """
    first, second = np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)
    if first.shape != second.shape or first.ndim != 1:
        raise ValueError(
            f"Before and after must be of the same people; got {first.shape} and {second.shape}."
        )
    both = ~(np.isnan(first) | np.isnan(second))
    first, second = first[both], second[both]
    if not first.size:
        return Change(0, np.nan, np.nan, np.nan, 0, 0, 0)
    difference = second - first
    return Change(
        people=int(first.size),
        before=float(first.mean()),
        after=float(second.mean()),
        difference=float(difference.mean()),
        higher=int((difference > 0).sum()),
        same=int((difference == 0).sum()),
        lower=int((difference < 0).sum()),
    )
