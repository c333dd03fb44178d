from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.training.clock import NoSuchTime, comes_twice, instant

ZONES = [
    ZoneInfo(name) for name in ("Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata")
]


@given(
    st.dates(date(2000, 1, 1), date(2037, 12, 31)),
    st.times().map(lambda t: t.replace(microsecond=0)),
    st.sampled_from(ZONES),
)
def test_clocks_show_what_was_asked_for_or_nothing(day: date, clock: time, zone: ZoneInfo):
    """Whatever is stored is shown again as it was typed; what can't be is refused."""
    try:
        at = instant(day, clock, zone)
    except NoSuchTime:
        assert zone.utcoffset(datetime.combine(day, time(0))) != zone.utcoffset(
            datetime.combine(day + timedelta(days=1), time(0))
        )
        return
    assert at.tzinfo is UTC
    assert at.astimezone(zone).replace(tzinfo=None) == datetime.combine(day, clock)


def test_the_hour_that_is_skipped():
    """In London, 01:30 on 28 March 2027 never comes; 02:00 does."""
    london = ZoneInfo("Europe/London")
    with pytest.raises(NoSuchTime):
        instant(date(2027, 3, 28), time(1, 30), london)
    assert instant(date(2027, 3, 28), time(2, 0), london) == datetime(2027, 3, 28, 1, 0, tzinfo=UTC)


def test_the_hour_that_comes_twice():
    """In London, 01:30 on 31 October 2027 comes twice: the first is an hour before the second."""
    london = ZoneInfo("Europe/London")
    first = instant(date(2027, 10, 31), time(1, 30), london)
    assert first == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert comes_twice(first, london)
    assert comes_twice(first + timedelta(hours=1), london)
    assert not comes_twice(first + timedelta(hours=2), london)
