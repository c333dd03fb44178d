"""Two coders on the same units. Units that one of them did not rate are left out."""

import numpy as np
from numpy.typing import ArrayLike

from alongside.core.agreement.ratings import (
    blocked,
    places,
    rated,
    sized,
    square_distances,
    value_counts,
    values_in,
)
from alongside.core.arrays import FloatArray, IntArray, quotient


def percent(ratings: ArrayLike, *, sizes: ArrayLike | None = None) -> float:
    """Agreeing pairs of ratings / all pairs of ratings of the same unit, from 0 to 1; any number of coders.

    ratings (C, U), sizes (U,). `nan` when no unit was rated twice. Not corrected for chance.
    """
    r = rated(ratings)
    n, w = value_counts(r, values_in(r, None)), sized(sizes, r.shape[1])
    m = n.sum(axis=1)
    agreeing, pairs = (w * (n * (n - 1)).sum(axis=1)).sum(), (w * m * (m - 1)).sum()
    return float(agreeing / pairs) if pairs else float("nan")


def cohen_kappa(ratings: ArrayLike, *, sizes: ArrayLike | None = None) -> float:
    """Cohen's kappa of two coders: 1 - D_o / D_e, chance taken from each coder's own use of the values.

    ratings (2, U), sizes (U,). `nan` when undefined: no unit rated by both, or both used one and the same
    value throughout. A coder who used two values beside one who used a single value has kappa 0.

    Source: J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological Measurement
    20 (1960) 37-46; its example, p. 45:

    >>> a = [1] * 120 + [2] * 60 + [3] * 20
    >>> b = [1] * 88 + [2] * 14 + [3] * 18 + [1] * 10 + [2] * 40 + [3] * 10 + [1] * 2 + [2] * 6 + [3] * 12
    >>> round(cohen_kappa([a, b]), 3)
    0.492
    """
    r = rated(ratings, coders=2)
    o = contingencies(r, values_in(r, None), sizes, one_block(r))
    return float(kappa_of(o, nominal_distances(o.shape[-1]))[0])


def weighted_kappa(
    ratings: ArrayLike, values: ArrayLike, distances: ArrayLike, *, sizes: ArrayLike | None = None
) -> float:
    """Cohen's weighted kappa of two coders: 1 - sum(d o) / sum(d e), d the seriousness of each disagreement.

    ratings (2, U); values (V,), the scale in order, also what nobody used; distances (V, V), such as
    `linear_distances(V)` or `quadratic_distances(V)`. `nan` and sizes as in `cohen_kappa`.

    Source: J. Cohen, Weighted kappa, Psychological Bulletin 70 (1968) 213-220.
    """
    r = rated(ratings, coders=2)
    scale = values_in(r, values)
    o = contingencies(r, scale, sizes, one_block(r))
    return float(kappa_of(o, square_distances(distances, scale))[0])


def scott_pi(ratings: ArrayLike, *, sizes: ArrayLike | None = None) -> float:
    """Scott's pi of two coders: as kappa, but chance is taken from both coders' ratings thrown together.

    ratings (2, U), sizes (U,); `nan` as in `cohen_kappa`.

    Source: W. A. Scott, Reliability of content analysis, Public Opinion Quarterly 19 (1955) 321-325.
    """
    r = rated(ratings, coders=2)
    o = contingencies(r, values_in(r, None), sizes, one_block(r))
    p = (o.sum(axis=-1) + o.sum(axis=-2)) / 2
    return float(_corrected(o, nominal_distances(o.shape[-1]), p, p)[0])


def bennett_s(ratings: ArrayLike, *, values: int, sizes: ArrayLike | None = None) -> float:
    """Bennett's S of two coders: (P_o - 1/k) / (1 - 1/k), chance being 1 in k whatever was used.

    ratings (2, U), sizes (U,); `values` is k, how many values a coder could choose from, 2 or more, those
    nobody chose included. `nan` when no unit was rated by both. ValueError when more values occur than could.

    Source: E. M. Bennett, R. Alpert and A. C. Goldstein, Communications through limited-response questioning,
    Public Opinion Quarterly 18 (1954) 303-308.
    """
    r = rated(ratings, coders=2)
    used = values_in(r, None).size
    if values < max(2, used):
        raise ValueError(
            f"Coders choose from at least two values, and from all those they used ({used}); got {values}."
        )
    return (percent(r, sizes=sizes) - 1 / values) / (1 - 1 / values)


def nominal_distances(n: int) -> FloatArray:
    """1 between different values, shape (n, n)."""
    return 1 - np.eye(n)


def linear_distances(n: int) -> FloatArray:
    """How many steps of the scale lie between two values, shape (n, n)."""
    return np.abs(np.subtract.outer(np.arange(n), np.arange(n))).astype(np.float64)


def quadratic_distances(n: int) -> FloatArray:
    """The square of `linear_distances`, shape (n, n)."""
    return linear_distances(n) ** 2


def one_block(ratings: FloatArray) -> IntArray:
    return np.zeros(ratings.shape[1], dtype=np.int64)


def contingencies(
    ratings: FloatArray, values: FloatArray, sizes: ArrayLike | None, blocks: ArrayLike | None
) -> FloatArray:
    """First coder's values by second coder's, a table for each block of units: shape (K, V, V)."""
    a, b = places(ratings, values)
    block, w, n = blocked(blocks, a.size), sized(sizes, a.size), values.size
    n_blocks = int(block.max(initial=0)) + 1
    both = (a >= 0) & (b >= 0)
    cells = (block * n * n + a * n + b)[both]
    counts = np.bincount(cells, weights=w[both], minlength=n_blocks * n * n)
    return counts.astype(np.float64).reshape(n_blocks, n, n)


def kappa_of(o: FloatArray, d: FloatArray) -> FloatArray:
    """(Weighted) kappa of contingency tables o (..., V, V) with distances d (V, V): shape (...)."""
    return _corrected(o, d, o.sum(axis=-1), o.sum(axis=-2))


def _corrected(o: FloatArray, d: FloatArray, n_a: FloatArray, n_b: FloatArray) -> FloatArray:
    """1 - D_o / D_e, with `nan` where chance leaves no disagreement; n_a and n_b have shape (..., V)."""
    n = o.sum(axis=(-1, -2))
    d_o = (o * d).sum(axis=(-1, -2))
    return 1 - quotient(n * d_o, np.einsum("...i,ij,...j->...", n_a, d, n_b))
