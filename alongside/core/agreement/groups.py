"""Kappas of several coders."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike

from alongside.core.agreement.pairs import cohen_kappa
from alongside.core.agreement.ratings import places, rated, sized, value_counts, values_in
from alongside.core.arrays import FloatArray, quotient


@dataclass(frozen=True, slots=True)
class FleissKappa:
    """Fleiss's kappa, and that of each value against all others (arrays of shape (V,), ascending values).

    `z` tests kappa against no agreement beyond chance, and says nothing of how good the agreement is.
    """

    value: float
    observed: float
    expected: float
    z: float
    values: FloatArray
    value_kappas: FloatArray
    value_zs: FloatArray


@dataclass(frozen=True, slots=True)
class LightKappa:
    """The mean of the pairs' kappas, how many pairs had one, and how many had none."""

    value: float
    defined: int
    undefined: int


def fleiss_kappa(ratings: ArrayLike, *, sizes: ArrayLike | None = None) -> FleissKappa:
    """Fleiss's kappa; the coders need not be the same ones on each unit, but must be equally many.

    ratings (C, U), sizes (U,). Every unit needs the same number m >= 2 of ratings, else ValueError (for gaps,
    use `krippendorff_alpha`). All `nan` without units; kappas and z's are `nan` where undefined: one value
    throughout, or a value given to every unit by everybody.

    Sources: J. L. Fleiss, Measuring nominal scale agreement among many raters, Psychological Bulletin 76
    (1971) 378-382; standard errors of J. L. Fleiss, J. C. M. Nee and J. R. Landis, Large sample variance of
    kappa in the case of different sets of raters, Psychological Bulletin 86 (1979) 974-977.
    """
    r = rated(ratings)
    v = values_in(r, None)
    n, w = value_counts(r, v), sized(sizes, r.shape[1])
    m = np.unique(n.sum(axis=1))
    if m.size > 1 or (m < 2).any():
        raise ValueError(
            "Fleiss's kappa needs every unit rated equally often, twice or more; "
            f"here units have {' or '.join(str(k) for k in m)} ratings. Krippendorff's alpha allows gaps."
        )
    units, raters = w.sum(), int(m[0]) if m.size else 0
    ratings_given, pairs_given = units * raters, units * raters * (raters - 1)
    p = quotient((w[:, None] * n).sum(axis=0), ratings_given)
    q = 1 - p
    agreeing = quotient((w[:, None] * n * (n - 1)).sum(axis=0), pairs_given)
    observed = float(agreeing.sum()) if pairs_given else float("nan")
    chance = float((p * q).sum()) if pairs_given else float("nan")
    disagreeing = p - agreeing
    kappas = 1 - quotient(disagreeing, p * q)
    standard_error = quotient(2 * (chance**2 - (p * q * (q - p)).sum()), chance**2 * pairs_given) ** 0.5
    value = 1 - quotient(1 - observed, chance)
    return FleissKappa(
        value=float(value),
        observed=observed,
        expected=1 - chance,
        z=float(quotient(value, standard_error)),
        values=v,
        value_kappas=kappas,
        value_zs=kappas / quotient(2, pairs_given) ** 0.5,
    )


def conger_kappa(ratings: ArrayLike, *, sizes: ArrayLike | None = None) -> float:
    """Conger's exact kappa of several coders: chance from each coder's own use; of two coders, Cohen's kappa.

    ratings (C, U) without gaps (ValueError), sizes (U,). `nan` when undefined: no units, or one value
    throughout.

    Source: A. J. Conger, Integration and generalization of kappas for multiple raters, Psychological Bulletin
    88 (1980) 322-328.
    """
    r = rated(ratings)
    if np.isnan(r).any():
        raise ValueError(
            "Conger's kappa needs every coder to have rated every unit. Krippendorff's alpha allows gaps."
        )
    v, w = values_in(r, None), sized(sizes, r.shape[1])
    n, raters = value_counts(r, v), r.shape[0]
    given = np.stack([np.bincount(row, weights=w, minlength=v.size) for row in places(r, v)])
    units, pairs = w.sum(), raters * (raters - 1)
    differing = pairs * units - (w[:, None] * n * (n - 1)).sum()
    by_chance = pairs * units**2 - ((given.sum(axis=0) ** 2).sum() - (given**2).sum())
    return float(1 - quotient(differing * units, by_chance))


def light_kappa(ratings: ArrayLike, *, sizes: ArrayLike | None = None) -> LightKappa:
    """Light's kappa: the mean of Cohen's kappa over all pairs of coders, undefined ones left out and counted.

    ratings (C, U), sizes (U,). `value` is `nan` when no pair has a kappa.

    Source: R. J. Light, Measures of response agreement for qualitative data, Psychological Bulletin 76 (1971)
    365-377.
    """
    table = pairwise_kappa(ratings, sizes=sizes)
    kappas = table[np.triu_indices_from(table, k=1)]
    defined = kappas[~np.isnan(kappas)]
    mean = float(defined.mean()) if defined.size else float("nan")
    return LightKappa(value=mean, defined=defined.size, undefined=kappas.size - defined.size)


def pairwise_kappa(ratings: ArrayLike, *, sizes: ArrayLike | None = None) -> FloatArray:
    """Cohen's kappa of each two coders, shape (C, C); `nan` where undefined, and on the diagonal."""
    r = rated(ratings)
    table = np.full((r.shape[0], r.shape[0]), np.nan)
    for i, j in combinations(range(r.shape[0]), 2):
        table[i, j] = table[j, i] = cohen_kappa(r[[i, j]], sizes=sizes)
    return table
