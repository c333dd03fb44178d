from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.followup.windows import add_months, place, window

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 5, 14), 6, date(2026, 11, 14)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -13, date(2024, 12, 15)),
    ],
)
def test_months_as_people_count_them(day: date, months: int, expected: date):
    """The same day of the month, or its last where it has fewer."""
    assert add_months(day, months) == expected


@given(DAYS, st.integers(-240, 240))
def test_the_day_of_the_month_stays_or_is_the_last(day: date, months: int):
    """Months never spill over into the next month."""
    found = add_months(day, months)
    assert (found.year - day.year) * 12 + found.month - day.month == months
    assert found.day == min(day.day, monthrange(found.year, found.month)[1])


@given(DAYS, DAYS, st.integers(0, 60))
def test_whoever_began_later_is_asked_no_earlier(one: date, other: date, months: int):
    """Adding months keeps people in their order."""
    first, second = sorted((one, other))
    assert add_months(first, months) <= add_months(second, months)


@given(DAYS, st.integers(0, 24), st.integers(-30, 30), st.integers(-60, 0), st.integers(0, 90))
def test_a_window_holds_the_day_it_is_for(day: date, months: int, days: int, opens: int, closes: int):
    """Months first, then days; the window opens before and closes after that day."""
    found = window(day, months=months, days=days, opens_days=opens, closes_days=closes)
    assert found.due == add_months(day, months) + timedelta(days=days)
    assert found.opens <= found.due <= found.closes
    assert (found.closes - found.opens).days == closes - opens


@given(DAYS, DAYS, DAYS)
def test_a_place_is_on_the_line(day: date, one: date, other: date):
    """However far off a day lies, it is drawn on the line."""
    first, last = sorted((one, other))
    assert 0 <= place(day, first, last) <= 1000
    assert place(first, first, last) == 0
