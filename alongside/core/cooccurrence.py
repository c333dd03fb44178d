"""Which codes meet on the same words, or in the same unit."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike

from alongside.core.arrays import FloatArray, IntArray, expand, indices, quotient, same_length, whole_numbers
from alongside.core.spans.joins import followers_within

# Pairs listed at a time: bounds memory at some 100 MB whatever the size of the project.
PAIRS_AT_ONCE = 2_000_000


def cooccurrence(
    codes: ArrayLike, groups: ArrayLike, starts: ArrayLike, ends: ArrayLike, *, n_codes: int
) -> IntArray:
    """How many pairs of codings of each two codes overlap by at least one code point.

    codes (0 to n_codes - 1), groups (transcript or revision), starts, ends have shape (N,), one place a
    coding; only codings of one group can meet. The answer m, shape (n_codes, n_codes), is symmetric: m[a, b]
    counts each unordered pair of a coding of a with a coding of b once; m[a, a] the pairs of two different
    codings of a (two coders', or one coder's twice). A coding never pairs with itself.

    ValueError for empty or reversed spans, or a code outside the range. O(N log N + pairs) time; pairs are
    counted PAIRS_AT_ONCE at a time.
    """
    c = indices(codes, n_codes, "codes")
    order, low, high = followers_within(groups, starts, ends)
    same_length(codes=c, starts=order)
    return _count_pairs(c[order], low, high, n_codes)


def cooccurrence_units(units: ArrayLike, codes: ArrayLike, *, n_codes: int) -> IntArray:
    """In how many distinct units (turns, say) each two codes both occur.

    units and codes have shape (N,): unit units[k] is touched by a coding of codes[k], repeats allowed; such
    a list is what `spans.overlap_join_within` gives of codings and turns. The answer m, shape
    (n_codes, n_codes), is symmetric; m[a, a] is the number of units in which a occurs at all.
    """
    u, c = whole_numbers(units, "units"), indices(codes, n_codes, "codes")
    same_length(units=u, codes=c)
    # Sorted and thinned by hand: np.unique hashes first, ten times slower on millions.
    touches = np.sort((u - u.min(initial=0)) * n_codes + c)
    places, c = np.divmod(touches[np.diff(touches, prepend=-1) > 0], max(n_codes, 1))
    together = _count_pairs(c, np.arange(1, c.size + 1), np.searchsorted(places, places, "right"), n_codes)
    return together + np.diag(np.bincount(c, minlength=n_codes))


def c_index(together: ArrayLike) -> FloatArray:
    """Jaccard's coefficient of each two codes, c = n12 / (n1 + n2 - n12): 0 never together, 1 always.

    `together`, shape (K, K), comes from `cooccurrence_units`: n12 the units in which both occur, and on the
    diagonal n1 and n2, those in which each occurs. `nan` where neither code occurs: there is nothing to
    compare. Counts of overlapping *pairs* are refused (ValueError): one long coding may meet ten short ones,
    and the quotient would pass 1 or turn negative.

    Source: P. Jaccard, The distribution of the flora in the alpine zone, New Phytologist 11 (1912) 37-50.
    """
    n12 = np.asarray(together, dtype=np.int64)
    if n12.ndim != 2 or n12.shape[0] != n12.shape[1]:
        raise ValueError(f"The counts must be a square table, code by code; got shape {n12.shape}.")
    n = np.diag(n12)
    if (n12 < 0).any() or (n12 != n12.T).any() or (n12 > np.minimum(n[:, None], n[None, :])).any():
        raise ValueError(
            "These are not counts of distinct units: two codes cannot share more units than each has. "
            "Expected the table of cooccurrence_units."
        )
    return quotient(n12, n[:, None] + n[None, :] - n12)


def _count_pairs(codes: IntArray, low: IntArray, high: IntArray, n_codes: int) -> IntArray:
    """Pairs of codes[p] with codes[low[p]:high[p]], as a symmetric table with each unordered pair once."""
    cells = np.zeros(n_codes * n_codes, dtype=np.int64)
    for piece in _pieces(high - low):
        i, k = expand(low[piece], high[piece])
        cells += np.bincount(codes[piece][i] * n_codes + codes[k], minlength=cells.size)
    m = cells.reshape(n_codes, n_codes)
    return m + m.T - np.diag(np.diag(m))


def _pieces(counts: IntArray) -> Iterator[slice]:
    """Runs of places whose counts sum to PAIRS_AT_ONCE or less, or hold one place alone."""
    upto = np.cumsum(counts)
    begin = 0
    while begin < counts.size:
        done = upto[begin] - counts[begin]
        end = max(begin + 1, int(np.searchsorted(upto, done + PAIRS_AT_ONCE, side="right")))
        yield slice(begin, end)
        begin = end
