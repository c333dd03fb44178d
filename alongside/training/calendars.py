"""Sessions as an iCalendar file (RFC 5545, 7986), for calendars that follow a person or a group."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from alongside.training.queries.calendars import CalendarLine, zones_of
from alongside.training.zones import vtimezone

MADE_BY = "-//Alongside//Training//EN"
LOOK_AGAIN = timedelta(hours=4)
CONTENT_TYPE = "text/calendar; charset=utf-8"


def as_calendar(
    shown: Sequence[CalendarLine], *, home: str = settings.TIME_ZONE, says_which_course: bool = False
) -> bytes:
    """`shown` as one file. It holds no name of anybody, and of the course only if `says_which_course`.

    Without a session it tells of the zone `home`: a file without any component would be none (RFC 5545, 3.6).
    """
    calendar = Calendar()
    calendar.add("prodid", MADE_BY)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", _("Courses"))
    calendar.add("x-wr-calname", _("Courses"))
    calendar.add("refresh-interval", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT4H")
    years = {at.year for each in shown for at in (each.session.starts, each.session.ends)}
    years = years or {timezone.now().year}
    for zone in zones_of(shown) or [home]:
        calendar.add_component(vtimezone(zone, min(years) - 1, max(years) + 1))
    for each in shown:
        calendar.add_component(_event(each, says_which_course))
    return bytes(calendar.to_ical())


def _event(shown: CalendarLine, says_which_course: bool) -> Event:
    session, event = shown.session, Event()
    event.add("uid", str(session.pk))
    event.add("dtstamp", shown.changed.replace(microsecond=0))
    event.add("last-modified", shown.changed.replace(microsecond=0))
    event.add("sequence", shown.sequence)
    event.add("status", shown.status)
    event.add("transp", "TRANSPARENT" if shown.status == "CANCELLED" else "OPAQUE")
    event.add("dtstart", _local(session.starts, session.cohort.zone))
    event.add("dtend", _local(session.ends, session.cohort.zone))
    named = {"course": session.cohort.programme.title, "title": session.title}
    event.add("summary", _("%(course)s: %(title)s") % named if says_which_course else _("Course"))
    if shown.is_off:
        return event
    if where := session.where or (_("Online") if session.link else ""):
        event.add("location", where)
    if session.link:
        event.add("url", session.link)
    return event


def _local(at: datetime, zone: ZoneInfo) -> datetime:
    """By the clocks of the zone. The second of two equal times can only be told as UTC."""
    local = at.astimezone(zone)
    return at.astimezone(UTC) if local.fold else local
