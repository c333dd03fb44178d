"""From passages to units x coders: the tables that agreement is computed from.

A unit is 1 for a coder who applied the code to any part of it, 0 for one who read it and did not, and `nan`
for one who did not read it. However often a coder marks the same words, the unit is 1 once.
"""

import numpy as np
from numpy.typing import ArrayLike

from alongside.core.arrays import BoolArray, FloatArray, IntArray, indices, same_length, whole_numbers
from alongside.core.spans.joins import overlap_join_within
from alongside.core.spans.span import checked


def unit_matrix(
    units: ArrayLike, coders: ArrayLike, *, n_units: int, n_coders: int, read: ArrayLike | None = None
) -> FloatArray:
    """The table of shape (n_coders, n_units) of one code, from the units its codings touch.

    units and coders have shape (N,): coder coders[k] applied the code within unit units[k]; repeats count
    once. `read` says which units each coder read, shape (n_coders, n_units), or (n_coders, 1) for coders who
    read all or nothing; left out, everybody read everything. ValueError where a coder coded what they are
    said not to have read.
    """
    u, c = indices(units, n_units, "units"), indices(coders, n_coders, "coders")
    same_length(units=u, coders=c)
    seen = _read(read, (n_coders, n_units))
    if not seen[c, u].all():
        at = int((~seen[c, u]).argmax())
        raise ValueError(
            f"Coder {c[at]} applied the code in unit {u[at]}, which they are said not to have read."
        )
    table = np.where(seen, 0.0, np.nan)
    table[c, u] = 1.0
    return table


def units_from_boundaries(
    unit_groups: ArrayLike,
    unit_starts: ArrayLike,
    unit_ends: ArrayLike,
    *,
    coders: ArrayLike,
    groups: ArrayLike,
    starts: ArrayLike,
    ends: ArrayLike,
    n_coders: int,
    read: ArrayLike | None = None,
) -> FloatArray:
    """The table of shape (n_coders, U) of one code over units given by their boundaries: turns, sentences.

    The units' transcripts, starts and ends have shape (U,); the codings' coders, transcripts, starts and ends
    shape (N,). A coding applies the code to each unit of its transcript it shares a code point with. `read`
    as in `unit_matrix`. ValueError for empty or reversed spans.
    """
    c, unit_count = whole_numbers(coders, "coders"), whole_numbers(unit_groups, "unit_groups").size
    same_length(coders=c, starts=whole_numbers(starts, "starts"))
    i, u = overlap_join_within(groups, starts, ends, unit_groups, unit_starts, unit_ends)
    return unit_matrix(u, c[i], n_units=unit_count, n_coders=n_coders, read=read)


def character_units(
    length: int,
    coders: ArrayLike,
    starts: ArrayLike,
    ends: ArrayLike,
    *,
    n_coders: int,
    read: ArrayLike | None = None,
) -> FloatArray:
    """The table of shape (n_coders, length) of one code over the characters of one text.

    coders, starts, ends have shape (N,); `read` as in `unit_matrix`. ValueError for a coding past the end.
    For long texts `character_runs` says the same in far less room.
    """
    table, sizes = character_runs(length, coders, starts, ends, n_coders=n_coders, read=read)
    return np.repeat(table, sizes, axis=1)


def character_runs(
    length: int,
    coders: ArrayLike,
    starts: ArrayLike,
    ends: ArrayLike,
    *,
    n_coders: int,
    read: ArrayLike | None = None,
) -> tuple[FloatArray, IntArray]:
    """`character_units` with equal neighbours drawn together: the table (n_coders, R) and sizes (R,).

    sizes[r] characters stand in column r; they sum to `length`. Every coefficient takes such sizes, and is
    exactly that of the single characters. `read` of shape (n_coders, length) or (n_coders, 1).
    """
    c, (s, e) = indices(coders, n_coders, "coders"), checked(starts, ends)
    same_length(coders=c, starts=s)
    if e.size and e.max() > length:
        raise ValueError(f"A coding ends at {e.max()}, but the text has {length} characters.")
    seen = _read(read, (n_coders, length))
    turns = np.flatnonzero((seen[:, 1:] != seen[:, :-1]).any(axis=0)) + 1 if read is not None else s[:0]
    edges = np.unique(np.concatenate([[0, length], turns, s, e]))
    sizes = np.diff(edges)
    depth = np.zeros((n_coders, edges.size), dtype=np.int64)
    np.add.at(depth, (c, np.searchsorted(edges, s)), 1)
    np.add.at(depth, (c, np.searchsorted(edges, e)), -1)
    applied = depth.cumsum(axis=1)[:, :-1] > 0
    known = seen[:, edges[:-1]]
    if (applied & ~known).any():
        coder, run = np.argwhere(applied & ~known)[0]
        raise ValueError(
            f"Coder {coder} applied the code at character {edges[run]}, which they are said not to have read."
        )
    return np.where(known, applied, np.nan), sizes


def _read(read: ArrayLike | None, shape: tuple[int, int]) -> BoolArray:
    """`read` as booleans of `shape`, without a copy for each unit where a coder read all or nothing."""
    if read is None:
        return np.broadcast_to(np.True_, shape)
    seen = np.asarray(read)
    if seen.dtype != np.bool_ or seen.shape not in (shape, (shape[0], 1)):
        raise ValueError(
            f"What was read must be true or false for {shape[0]} coders and {shape[1]} units; "
            f"got {seen.dtype} values of shape {seen.shape}."
        )
    return np.broadcast_to(seen, shape)
