import numpy as np
import pytest

from alongside.core.change import paired_change


def test_both_means_are_of_the_same_people():
    """Whoever answered only once is in neither mean."""
    found = paired_change([1, 2, np.nan, 4], [2, 2, 9, 1])
    assert (found.people, found.higher, found.same, found.lower) == (3, 1, 1, 1)
    assert found.before == pytest.approx(7 / 3)
    assert found.after == pytest.approx(5 / 3)
    assert found.difference == pytest.approx(-2 / 3)


def test_nobody_twice_is_nobody():
    """With nobody in both there are no means."""
    found = paired_change([np.nan], [3])
    assert found.people == 0
    assert np.isnan(found.before)


def test_different_people_are_refused():
    """Rows must be the same people in the same order."""
    with pytest.raises(ValueError, match="the same people"):
        paired_change([1, 2], [1])
