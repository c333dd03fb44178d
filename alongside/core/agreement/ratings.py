"""Reading ratings: the checks and counts every coefficient begins with."""

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from alongside.core.arrays import FloatArray, IntArray, whole_numbers


def as_numbers(
    words: Sequence[Sequence[Hashable]], *, missing: Hashable = None
) -> tuple[FloatArray, list[Hashable]]:
    """Number words for all coders jointly: ratings of shape (C, U), and the words in order of their numbers.

    `words` holds a row for each coder, a word for each unit; `missing` stands for "not rated" and becomes
    `nan`. Words are numbered as they come: where order matters, give numbers of your own.
    """
    lengths = {len(row) for row in words}
    if len(lengths) > 1:
        raise ValueError(f"Every coder needs one word for each unit; got rows of {sorted(lengths)} words.")
    known: dict[Hashable, int] = {}
    numbers = [
        [np.nan if word == missing else float(known.setdefault(word, len(known))) for word in row]
        for row in words
    ]
    return np.array(numbers, dtype=np.float64).reshape(len(words), -1), list(known)


def rated(ratings: ArrayLike, *, coders: int | None = None) -> FloatArray:
    """`ratings` as float64 of shape (C, U), or a sentence that says what is wrong with them."""
    array = np.asarray(ratings)
    if array.dtype.kind not in "biuf":
        raise ValueError(f"Ratings must be numbers (see as_numbers); got values of type {array.dtype}.")
    if array.ndim != 2:
        raise ValueError(f"Ratings must be a table of coders by units; got an array of shape {array.shape}.")
    if coders is not None and array.shape[0] != coders:
        raise ValueError(f"This coefficient compares {coders} coders; got {array.shape[0]}.")
    if array.shape[0] < 2:
        raise ValueError(f"Agreement needs at least two coders; got {array.shape[0]}.")
    array = array.astype(np.float64)
    if np.isinf(array).any():
        raise ValueError("Ratings must be finite numbers, or nan where a coder did not rate a unit.")
    return array


def sized(sizes: ArrayLike | None, units: int) -> IntArray:
    """How many equal units each column stands for, shape (units,)."""
    if sizes is None:
        return np.ones(units, dtype=np.int64)
    w = whole_numbers(sizes, "sizes")
    if w.size != units or (w < 1).any():
        raise ValueError(f"Sizes must be {units} whole numbers of 1 or more; got {w.size} of them.")
    return w


def values_in(ratings: FloatArray, values: ArrayLike | None) -> FloatArray:
    """The values that can occur, shape (V,): those given, or those that do occur, in ascending order."""
    found = np.unique(ratings[~np.isnan(ratings)])
    if values is None:
        return found
    scale = np.asarray(values, dtype=np.float64)
    if scale.ndim != 1 or np.unique(scale).size != scale.size or np.isnan(scale).any():
        raise ValueError("The values of the scale must be a flat list of different numbers.")
    strange = np.setdiff1d(found, scale)
    if strange.size:
        raise ValueError(f"The ratings hold {strange[0]:g}, which is not among the values of the scale.")
    return scale


def places(ratings: FloatArray, values: FloatArray) -> IntArray:
    """Each rating's place among `values`, same shape as ratings; -1 where there is none."""
    order = np.argsort(values)
    found = np.searchsorted(values[order], ratings)
    missing = np.isnan(ratings)
    return np.where(missing, -1, order[np.where(missing, 0, found)] if values.size else -1)


def value_counts(ratings: FloatArray, values: FloatArray) -> IntArray:
    """How many coders gave each unit each value, shape (U, V)."""
    n_units, n_values = ratings.shape[1], values.size
    v = places(ratings, values)
    u = np.broadcast_to(np.arange(n_units), v.shape)
    return np.bincount((u * n_values + v)[v >= 0], minlength=n_units * n_values).reshape(n_units, n_values)


def blocked(blocks: ArrayLike | None, units: int) -> IntArray:
    """Each unit's block, numbered without gaps from 0, shape (U,); left out, each unit is its own block."""
    if blocks is None:
        return np.arange(units)
    b = whole_numbers(blocks, "blocks")
    if b.size != units:
        raise ValueError(f"Blocks must be given for each of the {units} units; got {b.size}.")
    numbered: IntArray = np.unique(b, return_inverse=True)[1]
    return numbered


def square_distances(distances: ArrayLike, values: FloatArray) -> FloatArray:
    """Distances between values, shape (V, V): symmetric, 0 on the diagonal, none negative."""
    d = np.asarray(distances, dtype=np.float64)
    if d.shape != (values.size, values.size):
        raise ValueError(f"Distances must be a table of {values.size} by {values.size}; got shape {d.shape}.")
    if not np.isfinite(d).all() or (d < 0).any() or (d != d.T).any() or np.diag(d).any():
        raise ValueError("Distances must be 0 from a value to itself, 0 or more, and the same both ways.")
    return d
