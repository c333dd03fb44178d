from hypothesis import given
from hypothesis import strategies as st

from alongside.core.draws import drawn_number


@given(st.sets(st.integers(100, 1200).map(str)))
def test_a_drawn_number_is_free_and_has_three_digits_or_more(taken: set[str]):
    """Whatever is taken, another is found, and it never begins with a nought."""
    number = drawn_number(taken)
    assert number not in taken
    assert int(number) >= 100


def test_numbers_do_not_follow_one_another():
    """Fifty draws in a row are not fifty numbers in a row: a gap tells nothing."""
    taken: set[str] = set()
    for _draw in range(50):
        taken.add(drawn_number(taken))
    numbers = sorted(map(int, taken))
    assert numbers[-1] - numbers[0] > 200


def test_there_is_always_room():
    """When a third of the shorter numbers may be taken, longer ones are drawn."""
    taken = {str(number) for number in range(100, 1000)}
    assert len(drawn_number(taken)) == 4
