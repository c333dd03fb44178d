"""The published rule, by its own examples; and what it promises, for whoever reads everything together.

Sources: NHS Digital, “Disclosure control methodology for Hospital Episode Statistics (HES) and Emergency Care
Data Set (ECDS)”, September 2018, sections “New methodology” and “Presentation of percentages”
(https://digital.nhs.uk/data-and-information/data-tools-and-services/data-services/hospital-episode-statistics/change-to-disclosure-control-methodology-for-hes-and-ecds-from-september-2018);
Ofqual, “Rounding policy for statistical publications”, section “Standard rounding method”
(https://www.gov.uk/government/publications/ofquals-statistics-policies-and-procedures/rounding-policy).
"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.core.disclosure import HELD, PROMISE, bounds, least_whole, percentage, told


def test_rounding_as_published():
    """Ofqual's example of rounding to a base of 5: a value of 26 would be rounded down to 25."""
    assert told([26]).tolist() == [25]


def test_small_counts_as_published():
    """NHS Digital: from 1 to 7 replaced by a sign, from 8 shown. Here 0 is replaced too."""
    assert told(range(1, 8)).tolist() == [HELD] * 7
    assert told([8, 9, 12, 13, 17, 18]).tolist() == [10, 10, 10, 15, 15, 20]
    assert told([0]).tolist() == [HELD]


def test_percentages_as_published():
    """NHS Digital: for one decimal to be right to 0.1, the rounded whole has to be 4,000 or more."""
    assert least_whole(0.1) == pytest.approx(4_000)


def test_percentages_are_of_rounded_counts():
    """41 of 99 is told as 40 of 100; of 402 in steps of one; of too few not at all."""
    assert percentage(41, 99) == 40
    assert percentage(41, 402) == 10
    assert percentage(45, 402) == 11
    assert percentage(3, 99) == HELD
    assert percentage(30, 77) == HELD
    assert percentage(80, 80) == 100


def test_what_no_count_can_be_is_refused():
    """Less than nobody, or a part that is more than its whole."""
    with pytest.raises(ValueError, match="0 or more"):
        told([-1])
    with pytest.raises(ValueError, match="no larger"):
        percentage(9, 8)


@given(st.integers(0, 10_000))
def test_every_count_could_be_one_of_five(count: int):
    """Whatever is told, at least five counts in a row are told alike, the true one among them."""
    shown = told([count])
    low, high = (int(bound[0]) for bound in bounds(shown))
    alike = [each for each in range(low, high + 1) if told([each]) == shown]
    assert count in alike
    assert alike == list(range(low, high + 1))
    assert len(alike) >= PROMISE


@given(st.integers(80, 3_000), st.data())
def test_a_percentage_tells_no_more_than_the_counts(whole: int, data: st.DataObject):
    """All parts and wholes that are told alike have one percentage, near the true one."""
    part = data.draw(st.integers(0, whole))
    shown = percentage(part, whole)
    parts, wholes = (
        range(int(low[0]), int(high[0]) + 1) for low, high in (bounds(told([part])), bounds(told([whole])))
    )
    assert {percentage(p, w) for p in parts for w in wholes if p <= w} == {shown}
    if shown != HELD:
        step = 1 if told([whole])[0] >= 400 else 5
        assert abs(shown - 100 * part / whole) <= step / 2 + 100 * 4 / float(told([whole])[0])


def test_the_shape_stays():
    """A table is told cell by cell."""
    assert told(np.array([[1, 23], [0, 77]])).tolist() == [[HELD, 25], [HELD, 75]]
