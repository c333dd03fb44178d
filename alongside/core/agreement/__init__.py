"""Coefficients of agreement: ratings in, numbers out.

Ratings are an array of shape (C, U): C coders by U units, numbers throughout, `nan` where a coder did not
rate a unit. Words become numbers by `as_numbers`, for all coders jointly: numbering each coder's words by
themselves would turn the kappa of Fleiss's example from .43 into .29.

`sizes`, shape (U,), says how many equal units a column stands for (`units.character_runs`); left out, one.

Where a coefficient is undefined the answer is `nan`, never 0 or 1: nobody used the code, or everybody gave
every unit the same value, so that chance alone would agree always and there is nothing to correct; or no unit
was rated twice. Keep such values out of means, and say how many there were.
"""

from alongside.core.agreement.alpha import Level, krippendorff_alpha, weighted_alpha
from alongside.core.agreement.groups import (
    FleissKappa,
    LightKappa,
    conger_kappa,
    fleiss_kappa,
    light_kappa,
    pairwise_kappa,
)
from alongside.core.agreement.intervals import Interval, alpha_interval, kappa_interval
from alongside.core.agreement.pairs import (
    bennett_s,
    cohen_kappa,
    linear_distances,
    percent,
    quadratic_distances,
    scott_pi,
    weighted_kappa,
)
from alongside.core.agreement.ratings import as_numbers

__all__ = [
    "FleissKappa",
    "Interval",
    "Level",
    "LightKappa",
    "alpha_interval",
    "as_numbers",
    "bennett_s",
    "cohen_kappa",
    "conger_kappa",
    "fleiss_kappa",
    "kappa_interval",
    "krippendorff_alpha",
    "light_kappa",
    "linear_distances",
    "pairwise_kappa",
    "percent",
    "quadratic_distances",
    "scott_pi",
    "weighted_alpha",
    "weighted_kappa",
]
