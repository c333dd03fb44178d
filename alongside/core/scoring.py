"""From the answers to a set of questions to one number a person."""

import numpy as np
from numpy.typing import ArrayLike

from alongside.core.arrays import FloatArray, IntArray


def scale_scores(
    answers: ArrayLike, lowest: ArrayLike, highest: ArrayLike, reverse: ArrayLike, how: str
) -> tuple[FloatArray, IntArray]:
    """One score for each person, and how many items they answered.

    `answers` has shape (people, items); NaN where there is no answer. `lowest`, `highest` and `reverse` have
    shape (items,). A reversed item counts as lowest + highest - answer, and is reversed before anything is
    totalled. `how` is "sum" or "mean". Missing items count as the mean of the person's own answers where at
    least half of the items were answered (the half rule: Fayers et al., EORTC QLQ-C30 Scoring Manual, 3rd
    ed., 2001, ch. 5); with fewer, the score is NaN. Scores have the unit of the items ("mean") or items times
    that unit ("sum"). Raises ValueError for an answer outside its item's range.
    """
    given = np.asarray(answers, dtype=np.float64)
    low, high = (np.asarray(bound, dtype=np.float64) for bound in (lowest, highest))
    turned = np.asarray(reverse, dtype=np.bool_)
    if given.ndim != 2 or not (low.shape == high.shape == turned.shape == (given.shape[1],)):
        raise ValueError(
            f"Answers of shape {given.shape} need as many lowest, highest and reverse as they have items;"
            f" got {low.shape}, {high.shape} and {turned.shape}."
        )
    if how not in ("sum", "mean"):
        raise ValueError(f"A score is a sum or a mean; got “{how}”.")
    _refuse_outside(given, low, high)
    answered = np.sum(~np.isnan(given), axis=1)
    facing = np.where(turned, low + high - given, given)
    total = np.nansum(facing, axis=1)
    items = given.shape[1]
    enough = (answered > 0) & (2 * answered >= items)
    mean = np.divide(total, answered, out=np.full(total.shape, np.nan), where=enough)
    return (mean * items if how == "sum" else mean), answered.astype(np.int64)


def _refuse_outside(given: FloatArray, low: FloatArray, high: FloatArray) -> None:
    outside = np.argwhere((given < low) | (given > high))
    if outside.size:
        person, item = outside[0]
        raise ValueError(
            f"Item {item + 1} runs from {low[item]:g} to {high[item]:g};"
            f" person {person + 1} has {given[person, item]:g}."
        )
