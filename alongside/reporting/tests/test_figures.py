from hypothesis import given
from hypothesis import strategies as st

from alongside.reporting.figures import pair_figure
from alongside.reporting.queries import PairRow

COUNTS = st.integers(min_value=0, max_value=40)


def test_no_rows_no_figure():
    """Nothing is drawn of nothing."""
    assert pair_figure([]) is None


@given(COUNTS, COUNTS, COUNTS)
def test_marks_are_as_many_as_pairs(both: int, one: int, neither: int):
    """Each pair is one mark; its lines say both, one or neither, and stay inside the drawing."""
    figure = pair_figure([PairRow("A gap", both, one, neither)])
    assert figure is not None
    marks = figure.lines[0].marks
    assert len(marks) == both + one + neither
    assert sum(mark.lower for mark in marks) == both
    assert sum(mark.upper for mark in marks) == both + one
    assert all(mark.x + figure.dash <= figure.width for mark in marks)
