"""Where an interview lies in its timepoint's window, as shares of the way from the anchor to the close."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from alongside.interviews.models import Interview

# The line goes on a little after the later of the two, so that their marks stand whole.
LAST = 94.0


@dataclass(frozen=True)
class Window:
    """Days, and where they stand on a line from 0 to 100."""

    anchored: date
    opens: date
    closes: date
    booked: date
    outside: bool
    opens_at: str
    closes_at: str
    booked_at: str
    width: str


def window(interview: Interview) -> Window | None:
    instance, starts = interview.instance, interview.starts
    if instance is None or starts is None:
        return None
    booked = timezone.localdate(starts)
    last = max(instance.closes, booked)
    days = max((last - instance.anchored).days, 1)

    def at(day: date) -> float:
        return LAST * max((day - instance.anchored).days, 0) / days

    return Window(
        anchored=instance.anchored,
        opens=instance.opens,
        closes=instance.closes,
        booked=booked,
        outside=interview.is_outside_window,
        opens_at=_percent(at(instance.opens)),
        closes_at=_percent(at(instance.closes)),
        booked_at=_percent(at(booked)),
        width=_percent(at(instance.closes) - at(instance.opens)),
    )


def _percent(share: float) -> str:
    return f"{share:.1f}%"
