import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.core.scoring import scale_scores

NAN = np.nan
FOUR = {"lowest": [0] * 4, "highest": [4] * 4}


def test_reversed_items_are_turned_before_they_are_added():
    """0 to 4, the second turned round: 4 + (4 - 1) + 2 + 0 = 9, and 9 / 4."""
    answers = [[4, 1, 2, 0]]
    reverse = [False, True, False, False]
    assert scale_scores(answers, **FOUR, reverse=reverse, how="sum")[0].tolist() == [9]
    assert scale_scores(answers, **FOUR, reverse=reverse, how="mean")[0].tolist() == [2.25]


def test_half_of_the_items_are_enough():
    """Two of four: their mean stands for the others; one of four is too few."""
    scores, answered = scale_scores(
        [[4, 2, NAN, NAN], [4, NAN, NAN, NAN], [NAN] * 4], **FOUR, reverse=[False] * 4, how="sum"
    )
    assert scores[0] == 12
    assert np.isnan(scores[1:]).all()
    assert answered.tolist() == [2, 1, 0]


def test_turning_an_item_uses_its_own_range():
    """An item from 1 to 5 turns 2 into 4; one from -2 to 2 turns 2 into -2."""
    scores, _answered = scale_scores([[2, 2]], [1, -2], [5, 2], [True, True], "sum")
    assert scores.tolist() == [2]


def test_an_answer_out_of_range_is_named():
    """The sentence names item, range, person and answer."""
    with pytest.raises(ValueError, match="Item 2 runs from 0 to 4; person 1 has 7"):
        scale_scores([[1, 7, 0, 0]], **FOUR, reverse=[False] * 4, how="sum")


def test_shapes_and_ways_are_refused_in_words():
    """As many bounds as items, and a sum or a mean."""
    with pytest.raises(ValueError, match="need as many lowest"):
        scale_scores([[1, 2]], [0], [4], [False], "sum")
    with pytest.raises(ValueError, match="a sum or a mean"):
        scale_scores([[1]], [0], [4], [False], "median")


@given(
    st.lists(st.lists(st.sampled_from([0, 1, 2, 3, 4, NAN]), min_size=5, max_size=5), min_size=1, max_size=8)
)
def test_turning_everything_round_mirrors_the_score(rows: list[list[float]]):
    """With every item turned, a mean from 0 to 4 becomes 4 minus it, and the same people have none."""
    plain, _a = scale_scores(rows, [0] * 5, [4] * 5, [False] * 5, "mean")
    turned, _b = scale_scores(rows, [0] * 5, [4] * 5, [True] * 5, "mean")
    np.testing.assert_allclose(turned, 4 - plain)
