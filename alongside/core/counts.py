"""How often codes were applied, and over how much text."""

import numpy as np
from numpy.typing import ArrayLike

from alongside.core.arrays import IntArray, indices, same_length, whole_numbers
from alongside.core.spans.covers import union_within


def per_code(codes: ArrayLike, n_codes: int) -> IntArray:
    """Codings of each code: codes shape (N,) from 0 to n_codes - 1, answer shape (n_codes,)."""
    return np.bincount(indices(codes, n_codes, "codes"), minlength=n_codes)


def crosstab(rows: ArrayLike, columns: ArrayLike, *, n_rows: int, n_columns: int) -> IntArray:
    """How often row r met column c, say codes by participants: (N,) and (N,) in, (n_rows, n_columns) out."""
    r, c = indices(rows, n_rows, "rows"), indices(columns, n_columns, "columns")
    same_length(rows=r, columns=c)
    return np.bincount(r * n_columns + c, minlength=n_rows * n_columns).reshape(n_rows, n_columns)


def characters_per_code(
    codes: ArrayLike, groups: ArrayLike, starts: ArrayLike, ends: ArrayLike, *, n_codes: int
) -> IntArray:
    """Code points under each code, each counted once however many codings of that code lie on it.

    codes, groups (transcripts), starts, ends have shape (N,); the answer has shape (n_codes,).
    """
    c, g = indices(codes, n_codes, "codes"), whole_numbers(groups, "groups")
    same_length(codes=c, groups=g)
    texts, places = np.unique(g, return_inverse=True)
    both, s, e = union_within(c * max(texts.size, 1) + places, starts, ends)
    return np.bincount(both // max(texts.size, 1), weights=e - s, minlength=n_codes).astype(np.int64)
