"""What the core's arrays are, and the sentences that refuse anything else."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


def whole_numbers(values: ArrayLike, what: str) -> IntArray:
    """`values` as int64, shape (N,). Fractions, text and tables are refused with a sentence naming `what`."""
    array = np.asarray(values)
    if array.ndim != 1:
        raise ValueError(f"{what} must be a flat list; got an array of shape {array.shape}.")
    if array.size == 0:
        return np.empty(0, dtype=np.int64)
    if array.dtype.kind not in "iu":
        raise ValueError(f"{what} must be whole numbers; got values of type {array.dtype}.")
    return array.astype(np.int64, copy=False)


def indices(values: ArrayLike, count: int, what: str) -> IntArray:
    """`values` as int64, shape (N,), each from 0 to `count` - 1."""
    array = whole_numbers(values, what)
    outside = (array < 0) | (array >= count)
    if outside.any():
        at = int(outside.argmax())
        raise ValueError(f"{what} must lie from 0 to {count - 1}; got {array[at]} at position {at}.")
    return array


def same_length(**arrays: IntArray) -> None:
    """Refuse arrays that should describe the same things but differ in length."""
    lengths = {name: array.size for name, array in arrays.items()}
    if len(set(lengths.values())) > 1:
        found = ", ".join(f"{name} {length}" for name, length in lengths.items())
        raise ValueError(f"These must be of the same length: {found}.")


def expand(low: IntArray, high: IntArray) -> tuple[IntArray, IntArray]:
    """Every (i, k) with low[i] <= k < high[i], in order of i then k.

    `low` and `high` have shape (N,) with low <= high; both answers have shape (sum(high - low),).
    """
    counts = high - low
    owners = np.repeat(np.arange(low.size), counts)
    before = np.cumsum(counts) - counts
    return owners, np.arange(owners.size) + np.repeat(low - before, counts)


def quotient(above: ArrayLike, below: ArrayLike) -> FloatArray:
    """above / below, broadcast; `nan` wherever below is 0."""
    above, below = np.broadcast_arrays(
        np.asarray(above, dtype=np.float64), np.asarray(below, dtype=np.float64)
    )
    answer: FloatArray = np.divide(above, below, out=np.full(above.shape, np.nan), where=below != 0)
    return answer
