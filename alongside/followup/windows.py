"""When someone is asked again: months first, then days, as people count them."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Window:
    anchored: date
    opens: date
    due: date
    closes: date


def add_months(day: date, months: int) -> date:
    """The same day of the month, or its last where it has fewer: 31 August + 6 months = 28 February."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def window(anchor: date, *, months: int, days: int, opens_days: int, closes_days: int) -> Window:
    """Due `months` and then `days` after `anchor`; open from `opens_days` to `closes_days` around that."""
    due = add_months(anchor, months) + timedelta(days=days)
    return Window(
        anchored=anchor,
        opens=due + timedelta(days=opens_days),
        due=due,
        closes=due + timedelta(days=closes_days),
    )


def place(day: date, first: date, last: date, width: int = 1000) -> int:
    """Where `day` stands on a line of `width` from `first` to `last`, at its ends if it lies beyond them."""
    span = max((last - first).days, 1)
    return min(max(round((day - first).days * width / span), 0), width)
