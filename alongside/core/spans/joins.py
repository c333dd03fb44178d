import numpy as np
from numpy.typing import ArrayLike

from alongside.core.arrays import IntArray, expand, same_length, whole_numbers
from alongside.core.spans.span import checked, side_by_side


def overlap_length(a: ArrayLike, b: ArrayLike) -> IntArray:
    """Shared code points of spans given as rows (start, end): shapes (..., 2), broadcast against each other.

    Spans that only touch share 0.
    """
    a, b = np.asarray(a, dtype=np.int64), np.asarray(b, dtype=np.int64)
    shared: IntArray = np.minimum(a[..., 1], b[..., 1]) - np.maximum(a[..., 0], b[..., 0])
    return np.maximum(shared, 0)


def overlap_join(
    starts_a: ArrayLike, ends_a: ArrayLike, starts_b: ArrayLike, ends_b: ArrayLike
) -> tuple[IntArray, IntArray]:
    """Every pair (i, j) such that span i of a and span j of b share at least one code point.

    Inputs have shapes (N,), (N,), (M,), (M,); both answers have shape (K,), each pair once, in an order that
    depends on the inputs alone. Empty, reversed or negative spans are refused (ValueError).

    Exact for spans of any lengths, in O((N + M) log (N + M) + K) time and O(N + M + K) memory. Two
    overlapping spans either have b starting within a (start of a included), or a starting within b (start of
    b excluded), never both; and those whose *starts* lie within a span are a run of the sorted starts.
    """
    return _join(*checked(starts_a, ends_a), *checked(starts_b, ends_b))


def overlap_join_within(
    groups_a: ArrayLike,
    starts_a: ArrayLike,
    ends_a: ArrayLike,
    groups_b: ArrayLike,
    starts_b: ArrayLike,
    ends_b: ArrayLike,
) -> tuple[IntArray, IntArray]:
    """As `overlap_join`, but only spans of the same group (a transcript's revision, a turn) can meet.

    Groups are whole numbers, shapes (N,) and (M,); they need be neither dense nor sorted.
    """
    g_a, (s_a, e_a) = whole_numbers(groups_a, "groups_a"), checked(starts_a, ends_a)
    g_b, (s_b, e_b) = whole_numbers(groups_b, "groups_b"), checked(starts_b, ends_b)
    same_length(groups_a=g_a, starts_a=s_a)
    same_length(groups_b=g_b, starts_b=s_b)
    (s_a, s_b), (e_a, e_b), _ = side_by_side([g_a, g_b], [s_a, s_b], [e_a, e_b])
    return _join(s_a, e_a, s_b, e_b)


def overlap_pairs_within(groups: ArrayLike, starts: ArrayLike, ends: ArrayLike) -> tuple[IntArray, IntArray]:
    """Each two different spans of one group that overlap, each pair once. Shapes (N,) in, (K,) out."""
    order, low, high = followers_within(groups, starts, ends)
    i, k = expand(low, high)
    return order[i], order[k]


def followers_within(
    groups: ArrayLike, starts: ArrayLike, ends: ArrayLike
) -> tuple[IntArray, IntArray, IntArray]:
    """For spans in order of start, the run of later ones that begin before this one ends. All of shape (N,).

    Returns (order, low, high): the span at place p of `order` overlaps exactly those at places low[p] up to
    high[p] among all that come after it. So pairs can be counted piece by piece without listing them all.
    """
    g, (s, e) = whole_numbers(groups, "groups"), checked(starts, ends)
    same_length(groups=g, starts=s)
    (s,), (e,), _ = side_by_side([g], [s], [e])
    order = np.argsort(s, kind="stable")
    s, e = s[order], e[order]
    return order, np.arange(1, s.size + 1), np.searchsorted(s, e, side="left")


def _join(s_a: IntArray, e_a: IntArray, s_b: IntArray, e_b: IntArray) -> tuple[IntArray, IntArray]:
    order_a, order_b = np.argsort(s_a, kind="stable"), np.argsort(s_b, kind="stable")
    # Both sides in order: looking up neighbours one after the other is several times quicker than at random.
    s_a, e_a, s_b, e_b = s_a[order_a], e_a[order_a], s_b[order_b], e_b[order_b]
    i, j = expand(np.searchsorted(s_b, s_a, side="left"), np.searchsorted(s_b, e_a, side="left"))
    k, h = expand(np.searchsorted(s_a, s_b, side="right"), np.searchsorted(s_a, e_b, side="left"))
    return order_a[np.concatenate([i, h])], order_b[np.concatenate([j, k])]
