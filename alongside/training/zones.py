"""A zone as calendars are told of it (VTIMEZONE), from the clock changes that `zoneinfo` knows.

`icalendar` writes zones, too, but 7.3 puts the hour at which clocks go forward one hour late.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

# Rules are told from here on, if they have held so long: a zone that begins later is taken for UTC by some.
EARLIEST = 2001
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Change:
    """Clocks set anew: `clock` is what they showed until then (RFC 5545, 3.6.5)."""

    clock: datetime
    old: timedelta
    new: timedelta
    name: str
    is_daylight: bool

    @property
    def kind(self) -> tuple[timedelta, timedelta, str, int, int]:
        """What changes of one rule have in common."""
        return (self.old, self.new, self.name, self.clock.month, self.clock.hour * 60 + self.clock.minute)

    @property
    def weeks(self) -> set[int]:
        """Which one of its weekday in the month it is: the second, say, or the last."""
        last = self.clock.day + 7 > monthrange(self.clock.year, self.clock.month)[1]
        return {(self.clock.day - 1) // 7 + 1} | ({-1} if last else set())


@lru_cache(maxsize=64)
def vtimezone(name: str, first: int, last: int) -> Timezone:
    """The zone, good for the years from `first` to `last`. A rule that holds all that time is one line."""
    zone, component = ZoneInfo(name), Timezone()
    component.add("tzid", name)
    changes = list(_changes(zone, min(first, EARLIEST), last))
    kinds = dict.fromkeys(change.kind for change in changes)
    rules = [rule for kind in kinds if (rule := _rule(changes, kind, first, last))]
    begins = min([first, *(run[0].clock.year for run, _week in rules)])
    component.add_component(_observance(_start(zone, begins)))
    told = {change for run, _week in rules for change in run}
    for change in changes:
        if change.clock.year >= begins and change not in told:
            component.add_component(_observance(change))
    for run, week in rules:
        observance = _observance(run[0])
        by_day = f"{week}{WEEKDAYS[run[0].clock.weekday()]}"
        observance.add("rrule", {"FREQ": "YEARLY", "BYMONTH": run[0].clock.month, "BYDAY": by_day})
        component.add_component(observance)
    return component


def _rule(
    changes: list[Change], kind: tuple[timedelta, timedelta, str, int, int], first: int, last: int
) -> tuple[list[Change], int] | None:
    """The changes of one kind that came year by year up to `last`, on the same weekday of the month."""
    run: list[Change] = []
    weeks: set[int] = {-1, 1, 2, 3, 4, 5}
    for change in reversed([each for each in changes if each.kind == kind]):
        expected = run[-1].clock.year - 1 if run else last
        same_day = not run or run[-1].clock.weekday() == change.clock.weekday()
        if change.clock.year != expected or not same_day or not weeks & change.weeks:
            break
        weeks &= change.weeks
        run.append(change)
    if not run or run[-1].clock.year > first:
        return None
    return run[::-1], max(weeks)


def _start(zone: ZoneInfo, year: int) -> Change:
    local = datetime(year, 1, 1, tzinfo=UTC).astimezone(zone)
    offset = local.utcoffset() or timedelta()
    clock = datetime(year, 1, 1)
    return Change(clock, offset, offset, local.tzname() or str(zone), bool(local.dst()))


def _observance(change: Change) -> TimezoneStandard | TimezoneDaylight:
    observance = TimezoneDaylight() if change.is_daylight else TimezoneStandard()
    observance.add("dtstart", change.clock)
    observance.add("tzoffsetfrom", change.old)
    observance.add("tzoffsetto", change.new)
    observance.add("tzname", change.name)
    return observance


def _changes(zone: ZoneInfo, first: int, last: int) -> Iterator[Change]:
    """Every change of the zone's clocks from the beginning of one year to the end of another."""
    day, end = datetime(first, 1, 1, tzinfo=UTC), datetime(last + 1, 1, 1, tzinfo=UTC)
    while day < end:
        # No zone has set its clocks back and forth within a week since 2001.
        following = min(day + timedelta(weeks=1), end)
        old, new = (at.astimezone(zone).utcoffset() or timedelta() for at in (day, following))
        if old != new:
            moment = _between(zone, day, following)
            now = moment.astimezone(zone)
            clock = (moment + old).replace(tzinfo=None)
            yield Change(clock, old, new, now.tzname() or str(zone), bool(now.dst()))
        day = following


def _between(zone: ZoneInfo, early: datetime, late: datetime) -> datetime:
    """The second, in UTC, from which clocks show another time than at `early`."""
    old = early.astimezone(zone).utcoffset()
    while late - early > timedelta(seconds=1):
        middle = early + (late - early) // timedelta(seconds=2) * timedelta(seconds=1)
        if middle.astimezone(zone).utcoffset() == old:
            early = middle
        else:
            late = middle
    return late
