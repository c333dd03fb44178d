"""From passages to units x coders, and the agreement that follows."""

import numpy as np
import pytest
from hypothesis import strategies as st

from alongside.core import agreement, units
from alongside.core.tests.examples import given

CODINGS = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 15), st.integers(1, 5)).map(
        lambda c: (c[0], c[1], c[1] + c[2])
    ),
    max_size=10,
)


def columns(rows: list[tuple[int, ...]]) -> list[np.ndarray]:
    return list(np.array(rows, dtype=np.int64).reshape(-1, 3).T)


@given(CODINGS)
def test_character_units_against_marking_one_by_one(codings: list) -> None:
    """1 where the coder applied the code, 0 elsewhere, however often they did."""
    expected = np.zeros((3, 20))
    for coder, start, end in codings:
        expected[coder, start:end] = 1
    assert units.character_units(20, *columns(codings), n_coders=3).tolist() == expected.tolist()


@given(CODINGS)
def test_runs_give_the_coefficients_of_single_characters(codings: list) -> None:
    """Drawing equal neighbours together changes the room it takes, not the number."""
    table = units.character_units(20, *columns(codings), n_coders=3)
    runs, sizes = units.character_runs(20, *columns(codings), n_coders=3)
    assert sizes.sum() == 20
    for coefficient in (agreement.krippendorff_alpha, agreement.conger_kappa, agreement.percent):
        assert coefficient(runs, sizes=sizes) == pytest.approx(coefficient(table), nan_ok=True)


def test_units_a_coder_did_not_read_are_unknown() -> None:
    """`nan`, not 0: whoever did not read a passage did not decide against the code."""
    read = np.ones((2, 6), dtype=bool)
    read[1, 3:] = False
    table = units.character_units(6, [0, 1], [2, 0], [5, 1], n_coders=2, read=read)
    expected = [[0, 0, 1, 1, 1, 0], [1, 0, 0, np.nan, np.nan, np.nan]]
    assert table == pytest.approx(np.array(expected), nan_ok=True)


def test_turns_are_applied_when_touched() -> None:
    """A coding over the border of two turns applies to both, in its transcript alone."""
    table = units.units_from_boundaries(
        [1, 1, 1, 2], [0, 10, 20, 0], [10, 20, 30, 10],
        coders=[0, 0, 1], groups=[1, 1, 2], starts=[8, 9, 0], ends=[12, 10, 1], n_coders=3,
        read=np.array([[True], [True], [False]]),
    )  # fmt: skip
    expected = [[1, 1, 0, 0], [0, 0, 0, 1], [np.nan] * 4]
    assert table == pytest.approx(np.array(expected), nan_ok=True)


def test_no_codings_and_no_text() -> None:
    """Zeros for a code nobody used; nothing for a text without characters."""
    assert units.character_units(4, [], [], [], n_coders=2).tolist() == [[0] * 4] * 2
    assert units.character_units(0, [], [], [], n_coders=2).shape == (2, 0)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: units.character_units(5, [0], [2], [6], n_coders=2), "ends at 6, but the text has 5"),
        (lambda: units.character_units(5, [2], [2], [4], n_coders=2), "coders must lie from 0 to 1; got 2"),
        (lambda: units.character_units(5, [0, 1], [2], [4], n_coders=2), "coders 2, starts 1"),
        (
            lambda: units.character_units(5, [1], [2], [4], n_coders=2, read=np.array([[True], [False]])),
            "Coder 1 applied the code at character 2",
        ),
        (
            lambda: units.unit_matrix([3], [1], n_units=4, n_coders=2, read=np.array([[True], [False]])),
            "Coder 1 applied the code in unit 3",
        ),
        (lambda: units.unit_matrix([3], [1], n_units=4, n_coders=2, read=np.ones((2, 4))), "true or false"),
        (lambda: units.unit_matrix([4], [1], n_units=4, n_coders=2), "units must lie from 0 to 3; got 4"),
    ],
)
def test_codings_that_cannot_be_get_a_sentence(call, sentence: str) -> None:
    """Nothing is dropped in silence."""
    with pytest.raises(ValueError, match=sentence):
        call()


class TestRepeatedCodings:
    """A coding made twice by one coder is not two coders: cases where other software reports otherwise."""

    def test_one_coder_twice_and_the_other_not_at_all(self) -> None:
        """A coded the passage twice, B nothing: kappa 0, and not agreement beyond chance."""
        table, sizes = units.character_runs(1000, [0, 0], [100, 100], [140, 140], n_coders=2)
        assert agreement.cohen_kappa(table, sizes=sizes) == 0
        assert agreement.percent(table, sizes=sizes) == pytest.approx(0.96)

    def test_both_alike_and_one_of_them_twice(self) -> None:
        """The same passage by both, by A twice: perfect agreement."""
        table, sizes = units.character_runs(1000, [0, 0, 1], [100] * 3, [140] * 3, n_coders=2)
        assert agreement.cohen_kappa(table, sizes=sizes) == 1

    def test_half_overlap_of_half_the_text_is_chance(self) -> None:
        """Each coded half the text and they share a quarter: just what chance gives."""
        table, sizes = units.character_runs(1000, [0, 1], [0, 250], [500, 750], n_coders=2)
        assert agreement.cohen_kappa(table, sizes=sizes) == pytest.approx(0)

    def test_forty_shared_of_sixty_each_in_a_thousand(self) -> None:
        """Cohen's kappa over all characters is .65."""
        table, sizes = units.character_runs(1000, [0, 1], [100, 120], [160, 180], n_coders=2)
        assert agreement.percent(table, sizes=sizes) == pytest.approx(0.96)
        assert agreement.cohen_kappa(table, sizes=sizes) == pytest.approx(0.6454, abs=5e-5)
