"""Bootstrap intervals: how much a coefficient hangs on the units that happened to be coded."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from alongside.core.agreement.alpha import Level, alpha_of, coincidences
from alongside.core.agreement.pairs import contingencies, kappa_of, nominal_distances
from alongside.core.agreement.ratings import rated, values_in
from alongside.core.arrays import FloatArray

# Numbers drawn at a time: bounds memory at some 100 MB whatever the number of units.
DRAWN_AT_ONCE = 4_000_000


@dataclass(frozen=True, slots=True)
class Interval:
    """A coefficient and the bounds between which `confidence` of its resamples lie.

    `undefined` of the `resamples` had no coefficient and are left out of the bounds; bounds are `nan` when
    more than half had none, or the coefficient itself has none.
    """

    value: float
    low: float
    high: float
    confidence: float
    resamples: int
    undefined: int


def alpha_interval(
    ratings: ArrayLike,
    level: Level = "nominal",
    *,
    rng: np.random.Generator,
    resamples: int = 1000,
    confidence: float = 0.95,
    sizes: ArrayLike | None = None,
    blocks: ArrayLike | None = None,
) -> Interval:
    """Krippendorff's alpha with a percentile bootstrap interval over units.

    ratings (C, U) and sizes (U,) as in `krippendorff_alpha`; `blocks` (U,) says which units belong together
    (the characters of a transcript, the turns of an interview) and are drawn as one: neighbouring words are
    not independent, and drawing them singly gives intervals far too narrow. Left out, each column is drawn by
    itself. The same `rng` seed gives the same interval; store it with the result.

    This draws units, not the pairs of ratings that Hayes and Krippendorff's macro draws, so the bounds
    differ somewhat from its. ValueError with fewer than two blocks, or a confidence not between 0 and 1.

    Source: B. Efron and R. J. Tibshirani, An Introduction to the Bootstrap (1993), ch. 13.
    """
    r = rated(ratings)
    v = values_in(r, None)
    tables = coincidences(r, v, sizes, blocks)
    return _interval(tables, lambda o: alpha_of(o, v, level), rng, resamples, confidence)


def kappa_interval(
    ratings: ArrayLike,
    *,
    rng: np.random.Generator,
    resamples: int = 1000,
    confidence: float = 0.95,
    sizes: ArrayLike | None = None,
    blocks: ArrayLike | None = None,
) -> Interval:
    """Cohen's kappa of two coders with a percentile bootstrap interval over units; as `alpha_interval`."""
    r = rated(ratings, coders=2)
    v = values_in(r, None)
    tables = contingencies(r, v, sizes, blocks)
    d = nominal_distances(v.size)
    return _interval(tables, lambda o: kappa_of(o, d), rng, resamples, confidence)


def _interval(
    tables: FloatArray,
    coefficient: Callable[[FloatArray], FloatArray],
    rng: np.random.Generator,
    resamples: int,
    confidence: float,
) -> Interval:
    """Draw as many blocks as there are, with replacement; `tables` has shape (K, V, V), one for each block.

    Every coefficient here is a function of tables that add up over units, so a resample is a weighted sum.
    """
    n_blocks = tables.shape[0]
    if n_blocks < 2:
        raise ValueError(f"An interval needs at least two units or blocks to draw from; got {n_blocks}.")
    if not 0 < confidence < 1 or resamples < 1:
        raise ValueError(
            "An interval needs a confidence between 0 and 1 and at least one resample; "
            f"got {confidence} and {resamples}."
        )
    value = float(coefficient(tables.sum(axis=0)))
    at_once = max(1, DRAWN_AT_ONCE // n_blocks)
    pieces = [min(at_once, resamples - done) for done in range(0, resamples, at_once)]
    drawn = np.concatenate([coefficient(_resampled(tables, rng, piece)) for piece in pieces])
    defined = drawn[~np.isnan(drawn)]
    low = high = float("nan")
    if not np.isnan(value) and 2 * defined.size >= resamples:
        tail = (1 - confidence) / 2
        low, high = (float(bound) for bound in np.quantile(defined, [tail, 1 - tail]))
    return Interval(value, low, high, confidence, resamples, resamples - defined.size)


def _resampled(tables: FloatArray, rng: np.random.Generator, times: int) -> FloatArray:
    """Sums of tables drawn with replacement, shape (times, V, V)."""
    n_blocks = tables.shape[0]
    cells = rng.integers(n_blocks, size=(times, n_blocks)) + np.arange(times)[:, None] * n_blocks
    w = np.bincount(cells.ravel(), minlength=times * n_blocks).reshape(times, n_blocks)
    # Not a matrix product: BLAS would start threads that cost more than work this thin.
    sums: FloatArray = np.einsum("bk,kvw->bvw", w.astype(np.float64), tables)
    return sums
