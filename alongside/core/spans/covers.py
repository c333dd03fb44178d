import numpy as np
from numpy.typing import ArrayLike

from alongside.core.arrays import IntArray, same_length, whole_numbers
from alongside.core.spans.joins import overlap_join
from alongside.core.spans.span import checked, side_by_side


def union(starts: ArrayLike, ends: ArrayLike) -> tuple[IntArray, IntArray]:
    """The fewest spans, apart and in order, that cover what the given ones cover. Shapes (N,) in, (K,) out.

    Spans that touch become one: [0, 5) and [5, 9) are [0, 9).
    """
    return _union(*checked(starts, ends))


def union_within(
    groups: ArrayLike, starts: ArrayLike, ends: ArrayLike
) -> tuple[IntArray, IntArray, IntArray]:
    """`union` of each group by itself: (groups, starts, ends), each of shape (K,), by group then start."""
    g, (s, e) = whole_numbers(groups, "groups"), checked(starts, ends)
    same_length(groups=g, starts=s)
    if not g.size:
        return g, s, e
    (s,), (e,), stride = side_by_side([g], [s], [e])
    s, e = _union(s, e)
    places = s // stride
    return g.min() + places, s - places * stride, e - places * stride


def cover_length(starts: ArrayLike, ends: ArrayLike) -> int:
    """How many code points the spans cover, each counted once however many spans lie on it."""
    s, e = union(starts, ends)
    return int((e - s).sum())


def intersection(
    starts_a: ArrayLike, ends_a: ArrayLike, starts_b: ArrayLike, ends_b: ArrayLike
) -> tuple[IntArray, IntArray]:
    """What both covers share, as spans apart and in order. Shapes (N,), (N,), (M,), (M,) in, (K,) out."""
    s_a, e_a = union(starts_a, ends_a)
    s_b, e_b = union(starts_b, ends_b)
    i, j = overlap_join(s_a, e_a, s_b, e_b)
    s, e = np.maximum(s_a[i], s_b[j]), np.minimum(e_a[i], e_b[j])
    order = np.argsort(s)
    return s[order], e[order]


def jaccard(starts_a: ArrayLike, ends_a: ArrayLike, starts_b: ArrayLike, ends_b: ArrayLike) -> float:
    """Code points in both covers / code points in either: 1 for the same cover, 0 for nothing shared.

    `nan` when neither holds anything: there is nothing to share. It is not corrected for chance.
    """
    s, e = intersection(starts_a, ends_a, starts_b, ends_b)
    both = int((e - s).sum())
    either = cover_length(starts_a, ends_a) + cover_length(starts_b, ends_b) - both
    return both / either if either else float("nan")


def _union(s: IntArray, e: IntArray) -> tuple[IntArray, IntArray]:
    if not s.size:
        return s, e
    order = np.argsort(s, kind="stable")
    s, reach = s[order], np.maximum.accumulate(e[order])
    opens = np.concatenate([[True], s[1:] > reach[:-1]])
    last = np.concatenate([np.flatnonzero(opens)[1:] - 1, [s.size - 1]])
    return s[opens], reach[last]
