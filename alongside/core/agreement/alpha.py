"""Krippendorff's alpha: any number of coders, any level of measurement, gaps allowed."""

from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from alongside.core.agreement.pairs import nominal_distances, one_block
from alongside.core.agreement.ratings import blocked, rated, sized, square_distances, value_counts, values_in
from alongside.core.arrays import FloatArray, quotient

Level = Literal["nominal", "ordinal", "interval", "ratio"]


def krippendorff_alpha(
    ratings: ArrayLike,
    level: Level = "nominal",
    *,
    values: ArrayLike | None = None,
    sizes: ArrayLike | None = None,
) -> float:
    """Krippendorff's alpha, 1 - D_o / D_e over all pairable ratings.

    ratings (C, U), `nan` where a coder did not rate a unit; units with fewer than two ratings are left out.
    `values` (V,) need only be given to refuse strangers; sizes (U,). Memory is O(U V + V V).

    `nan` when undefined: no unit was rated twice, or all pairable ratings are one and the same value.
    ValueError for an unknown level, and for negative ratings at the ratio level.

    Source: K. Krippendorff, Content Analysis, 2nd ed. (2004), ch. 11; its example of four coders and twelve
    units, p. 230:

    >>> _ = float("nan")
    >>> reliability = [
    ...     [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
    ...     [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, _],
    ...     [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 3],
    ...     [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
    ... ]
    >>> round(krippendorff_alpha(reliability), 3), round(krippendorff_alpha(reliability, "interval"), 3)
    (0.743, 0.849)
    """
    r = rated(ratings)
    v = values_in(r, values)
    return float(alpha_of(coincidences(r, v, sizes, one_block(r)), v, level)[0])


def weighted_alpha(
    ratings: ArrayLike, values: ArrayLike, distances: ArrayLike, *, sizes: ArrayLike | None = None
) -> float:
    """Krippendorff's alpha with distances of one's own between values.

    ratings (C, U); values (V,); distances (V, V), symmetric, 0 from a value to itself; they are used as they
    are, not squared. `nan` and sizes as in `krippendorff_alpha`.

    Source: R. Artstein and M. Poesio, Inter-coder agreement for computational linguistics, Computational
    Linguistics 34 (2008) 555-596, section 2.6.
    """
    r = rated(ratings)
    v = values_in(r, values)
    o = coincidences(r, v, sizes, one_block(r))
    return float(_alpha(o, square_distances(distances, v))[0])


def coincidences(
    ratings: FloatArray, values: FloatArray, sizes: ArrayLike | None, blocks: ArrayLike | None
) -> FloatArray:
    """Pairable ratings of the same unit, value by value, a table for each block of units: shape (K, V, V).

    A unit rated m times gives each of its m (m - 1) ordered pairs the weight 1 / (m - 1), so that the tables
    sum to the number of pairable ratings.
    """
    n = value_counts(ratings, values)
    m, block, w = n.sum(axis=1), blocked(blocks, n.shape[0]), sized(sizes, n.shape[0])
    pairable = np.flatnonzero(m > 1)
    pairable = pairable[np.argsort(block[pairable], kind="stable")]
    n, m, block, w = n[pairable], m[pairable], block[pairable], w[pairable]
    filled, begins = np.unique(block, return_index=True)
    o = np.zeros((int(blocked(blocks, ratings.shape[1]).max(initial=0)) + 1, values.size, values.size))
    if pairable.size:
        share = n * (w / (m - 1))[:, None]
        for v in range(values.size):
            others = n.copy()
            others[:, v] -= 1
            o[filled, v] = np.add.reduceat(share[:, [v]] * others, begins)
    return o


def alpha_of(o: FloatArray, values: FloatArray, level: Level) -> FloatArray:
    """Alpha of coincidence tables o (..., V, V) at a level of measurement: shape (...)."""
    return _alpha(o, _distances(o.sum(axis=-1), values, level))


def _alpha(o: FloatArray, d: FloatArray) -> FloatArray:
    n_v: FloatArray = o.sum(axis=-1)
    n: FloatArray = n_v.sum(axis=-1)
    d_o = (o * d).sum(axis=(-1, -2))
    d_e: FloatArray = (n_v[..., :, None] * n_v[..., None, :] * d).sum(axis=(-1, -2))
    return 1 - quotient((n - 1) * d_o, d_e)


def _distances(n_v: FloatArray, v: FloatArray, level: Level) -> FloatArray:
    """Squared differences of values v (V,) that occur n_v (..., V) times: shape (V, V) or (..., V, V)."""
    if level == "nominal":
        return nominal_distances(v.size)
    if level == "ordinal":
        # Ranks: half of the value's own ratings and all of those below it.
        order = np.argsort(v)
        rank = np.empty_like(n_v)
        rank[..., order] = np.cumsum(n_v[..., order], axis=-1) - n_v[..., order] / 2
        squared: FloatArray = (rank[..., :, None] - rank[..., None, :]) ** 2
        return squared
    difference: FloatArray = np.subtract.outer(v, v)
    if level == "interval":
        return difference**2
    if level == "ratio":
        if (v < 0).any():
            raise ValueError(
                f"The ratio level has a true zero: ratings must not be negative; got {v.min():g}."
            )
        total = np.add.outer(v, v)
        return np.nan_to_num(quotient(difference, total)) ** 2
    raise ValueError(f"Expected one of the levels {', '.join(get_args(Level))}; got {level!r}.")
