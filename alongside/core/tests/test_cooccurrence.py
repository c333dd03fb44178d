"""Codes that meet, and how often each occurs."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import strategies as st

from alongside.core import cooccurrence, counts
from alongside.core.spans import Span
from alongside.core.tests.examples import given

CODES = 4
CODINGS = st.lists(
    st.tuples(st.integers(0, CODES - 1), st.integers(1, 3), st.integers(0, 20), st.integers(1, 8)).map(
        lambda c: (c[0], c[1], c[2], c[2] + c[3])
    ),
    max_size=15,
)
TOUCHES = st.lists(st.tuples(st.integers(-2, 5), st.integers(0, CODES - 1)), max_size=25)


def columns(rows: list[tuple[int, ...]], width: int) -> list[np.ndarray]:
    return list(np.array(rows, dtype=np.int64).reshape(-1, width).T)


def pairs_by_hand(codings: list[tuple[int, int, int, int]]) -> np.ndarray:
    table = np.zeros((CODES, CODES), dtype=int)
    for (a, g, *p), (b, h, *q) in combinations(codings, 2):
        if g == h and Span(*p).overlap(Span(*q)):
            table[a, b] += 1
            table[b, a] += a != b
    return table


@given(CODINGS)
def test_pairs_of_codings_against_comparing_all_with_all(codings: list) -> None:
    """Each unordered pair once, on the diagonal too."""
    table = cooccurrence.cooccurrence(*columns(codings, 4), n_codes=CODES)
    assert table.tolist() == pairs_by_hand(codings).tolist()


@given(codings=CODINGS)
def test_counting_in_pieces_changes_nothing(codings: list) -> None:
    """However few pairs are listed at a time."""
    whole = cooccurrence.cooccurrence(*columns(codings, 4), n_codes=CODES)
    with pytest.MonkeyPatch.context() as small:
        small.setattr(cooccurrence, "PAIRS_AT_ONCE", 2)
        assert cooccurrence.cooccurrence(*columns(codings, 4), n_codes=CODES).tolist() == whole.tolist()


@given(TOUCHES)
def test_shared_units_against_sets(touches: list) -> None:
    """Distinct units in which both occur; on the diagonal, those in which one does."""
    table = cooccurrence.cooccurrence_units(*columns(touches, 2), n_codes=CODES)
    where = [{unit for unit, code in touches if code == wanted} for wanted in range(CODES)]
    assert table.tolist() == [[len(a & b) for b in where] for a in where]
    index = cooccurrence.c_index(table)
    expected = [[len(a & b) / len(a | b) if a | b else np.nan for b in where] for a in where]
    assert index == pytest.approx(np.array(expected), nan_ok=True)
    assert not (index > 1).any()


def test_c_index_refuses_counts_of_pairs() -> None:
    """One long coding over ten short ones would give a quotient above 1."""
    pairs = cooccurrence.cooccurrence(
        [0] + [1] * 10, [1] * 11, [0, *range(10)], [20, *range(1, 11)], n_codes=2
    )
    assert pairs[0, 1] == 10
    with pytest.raises(ValueError, match="not counts of distinct units"):
        cooccurrence.c_index(pairs)
    with pytest.raises(ValueError, match="square table"):
        cooccurrence.c_index([1, 2])


@pytest.mark.parametrize(
    ("codes", "starts", "sentence"),
    [([0, 4], [0, 0], "codes must lie from 0 to 3; got 4"), ([0], [0, 0], "codes 1, starts 2")],
)
def test_bad_codings_get_a_sentence(codes: list[int], starts: list[int], sentence: str) -> None:
    """Before anything is counted."""
    with pytest.raises(ValueError, match=sentence):
        cooccurrence.cooccurrence(codes, [1, 1], starts, [5, 5], n_codes=CODES)


@given(CODINGS)
def test_characters_per_code_count_each_character_once(codings: list) -> None:
    """Two codings of one code on the same words cover them once."""
    codes, groups, starts, ends = columns(codings, 4)
    found = counts.characters_per_code(codes, groups, starts, ends, n_codes=CODES)
    marked = {(c, g, at) for c, g, start, end in codings for at in range(start, end)}
    assert found.tolist() == [sum(code == wanted for code, _, _ in marked) for wanted in range(CODES)]


def test_counts() -> None:
    """Codings of each code, also of those never used; codes by participants."""
    assert counts.per_code([2, 0, 2], 4).tolist() == [1, 0, 2, 0]
    table = counts.crosstab([0, 1, 1], [2, 0, 0], n_rows=2, n_columns=3)
    assert table.tolist() == [[0, 0, 1], [2, 0, 0]]
    with pytest.raises(ValueError, match="columns must lie from 0 to 2; got 3"):
        counts.crosstab([0], [3], n_rows=2, n_columns=3)
