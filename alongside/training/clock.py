"""Wall-clock times in a zone, where clocks go forward and back."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


class NoSuchTime(ValueError):
    """The clocks go forward past this time on this day."""


def instant(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The moment, in UTC, at which clocks in `zone` show `clock` on `day`: the first, if it comes twice."""
    local = datetime.combine(day, clock, tzinfo=zone).replace(fold=0)
    at = local.astimezone(UTC)
    if at.astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NoSuchTime(f"{local:%H:%M}")
    return at


def comes_twice(at: datetime, zone: ZoneInfo) -> bool:
    """Whether clocks in `zone` show the time of `at` twice that day."""
    local = at.astimezone(zone)
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
