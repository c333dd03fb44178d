"""The calendar as two libraries read it: `icalendar`, which wrote it, and `vobject`, which didn't."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.accounts.models import Study
from alongside.people.models import Person
from alongside.training.actions import (
    appoint_facilitator,
    ask_for_place,
    cancel_session,
    change_session,
    enrol_person,
    leave_cohort,
    make_group_calendar,
    make_my_calendar,
    name_course_in_calendar,
    open_cohort,
    plan_session,
    publish_session,
    raise_sequence,
    stand_down,
)
from alongside.training.calendars import as_calendar
from alongside.training.models import CalendarFeed, Cohort, Enrolment, Facilitation, Programme, Session
from alongside.training.queries import CalendarLine
from tests.support.calendars import events, feed_url

# What each field became ------------------------------------------------------------------------------


def test_every_field_as_another_library_reads_it(
    client: Client, rowans_feed: str, rowan_enrolled: Enrolment, group: Cohort, looked_after: Session
):
    """Field by field, from a session that is ready, online and in a hall, to what `vobject` says."""
    Session.objects.update(link="https://meet.example.org/a;b,c")
    publish_session(by=None, session=looked_after)
    session = Session.objects.get()
    answer = client.get(rowans_feed)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = vobject.readOne(answer.content.decode())
    assert calendar.version.value == "2.0"
    assert calendar.prodid.value == "-//Alongside//Training//EN"
    assert calendar.calscale.value == "GREGORIAN"
    assert calendar.method.value == "PUBLISH"
    assert calendar.refresh_interval.value == "PT4H"
    assert calendar.refresh_interval.params == {"VALUE": ["DURATION"]}
    assert calendar.x_published_ttl.value == "PT4H"
    event = calendar.vevent
    assert event.uid.value == str(session.pk)
    assert event.summary.value == "Course"
    assert event.location.value == "Ferry Hall"
    assert event.url.value == "https://meet.example.org/a;b,c"
    assert event.status.value == "CONFIRMED"
    assert event.transp.value == "OPAQUE"
    feed = CalendarFeed.objects.get()
    assert int(event.sequence.value) == session.sequence + feed.revision
    assert event.dtstart.params["X-VOBJ-ORIGINAL-TZID"] == ["Europe/London"]
    assert event.dtstart.value.astimezone(UTC) == session.starts
    assert event.dtend.value.astimezone(UTC) == session.ends
    changed = max(session.changed, feed.changed).replace(microsecond=0)
    assert event.dtstamp.value == event.last_modified.value == changed
    assert calendar.vtimezone.tzid.value == "Europe/London"
    assert {child.name for child in event.getChildren()} == {
        "UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "STATUS", "TRANSP", "DTSTART", "DTEND", "SUMMARY",
        "LOCATION", "URL",
    }  # fmt: skip


def test_icalendar_reads_back_what_it_wrote(client: Client, rowans_feed: str, session: Session):
    """The same by the parser of the library that wrote it, which finds no fault in it."""
    calendar = icalendar.Calendar.from_ical(client.get(rowans_feed).content)
    (event,) = calendar.events
    assert calendar.errors == event.errors == []
    assert event.start.astimezone(UTC) == session.starts
    assert event.end.astimezone(UTC) == session.ends
    assert (event.uid, event.status, event["sequence"]) == (str(session.pk), "TENTATIVE", 0)
    assert calendar.get_missing_tzids() == set()


def test_lines_are_folded_and_ended_as_the_standard_says(client: Client, rowans_feed: str, session: Session):
    """CRLF after each; none longer than 75 octets, though a place has a long name of many signs."""
    Session.objects.update(place="Tŷ’r Afon, y llawr cyntaf – " + "🌿ŵŷ" * 30)
    content = client.get(rowans_feed).content
    lines = content.split(b"\r\n")
    assert lines.pop() == b""
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    assert events(client, rowans_feed)["Who decides?"].location.value.endswith("🌿ŵŷ")


def test_no_name_of_anybody(
    client: Client, rowans_feed: str, group: Cohort, looked_after: Session, alison_enrolled: Enrolment
):
    """Neither who learns nor who leads, nor what course it is; in the group's neither."""
    for url in (rowans_feed, feed_url(make_group_calendar(by=None, cohort=group))):
        words = client.get(url).content.decode()
        for name in ("Rowan", "Alison", "Carys", "Martin", "Group 5", "Working alongside", "decides"):
            assert name not in words


# Clocks ----------------------------------------------------------------------------------------------

NIGHTS = [
    ("Europe/London", date(2027, 3, 27)),
    ("Europe/London", date(2027, 3, 28)),
    ("Europe/London", date(2027, 3, 29)),
    ("Europe/London", date(2027, 10, 30)),
    ("Europe/London", date(2027, 10, 31)),
    ("Europe/London", date(2027, 11, 1)),
    ("America/St_Johns", date(2027, 3, 14)),
    ("America/St_Johns", date(2027, 11, 7)),
    ("Australia/Lord_Howe", date(2027, 4, 4)),
    ("Australia/Lord_Howe", date(2027, 10, 3)),
    ("Pacific/Chatham", date(2027, 4, 4)),
    ("Asia/Kolkata", date(2027, 3, 28)),
    ("Europe/Dublin", date(2027, 3, 28)),
    ("Africa/Casablanca", date(2027, 2, 7)),
]


@pytest.mark.parametrize(("zone", "day"), NIGHTS)
@pytest.mark.parametrize("hours", [(0, 1), (1, 4), (10, 12), (22, 23)])
def test_the_moment_is_the_stored_one_in_weeks_that_clocks_change(
    zone: str, day: date, hours: tuple[int, int]
):
    """Both libraries come to the moment that is stored; `vobject` by the file's own VTIMEZONE alone."""
    begins, ends = (
        datetime.combine(day, time(hour, minute), ZoneInfo(zone)).astimezone(UTC)
        for hour, minute in zip(hours, (15, 45), strict=True)
    )
    content = as_calendar([CalendarLine(session_of(zone, begins, ends), "CONFIRMED", 0, begins)])
    name = f"Test/{zone}-{day}-{hours[0]}"
    unknown = content.decode().replace("\r\n ", "").replace(zone, name)
    event = vobject.readOne(unknown).vevent
    assert event.dtstart.params["X-VOBJ-ORIGINAL-TZID"] == [name]
    assert event.dtstart.value.tzinfo is not None
    assert (event.dtstart.value.astimezone(UTC), event.dtend.value.astimezone(UTC)) == (begins, ends)
    (known,) = icalendar.Calendar.from_ical(content).events
    assert (known.start.astimezone(UTC), known.end.astimezone(UTC)) == (begins, ends)


def session_of(zone: str, begins: datetime, ends: datetime) -> Session:
    cohort = Cohort(name="G", time_zone=zone, programme=Programme(title="C"))
    return Session(cohort=cohort, number=1, title="T", starts=begins, ends=ends)


@settings(deadline=None)
@given(
    at=st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),
    zone=st.sampled_from(["Europe/London", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo"]),
)
def test_any_moment_in_any_zone_comes_back(at: datetime, zone: str):
    """Also one whose time by the clock comes a second time that night: then it is told in UTC."""
    at = at.replace(microsecond=0)
    session = session_of(zone, at, at + timedelta(hours=2))
    content = as_calendar([CalendarLine(session, "CONFIRMED", 0, at)])
    (event,) = icalendar.Calendar.from_ical(content).events
    assert (event.start.astimezone(UTC), event.end.astimezone(UTC)) == (session.starts, session.ends)


# What is in it ---------------------------------------------------------------------------------------


def test_sessions_of_ones_groups_and_sessions_one_leads(
    client: Client, study: Study, programme: Programme, rowan: Person, rowans_feed: str, session: Session,
    next_week: date,
):  # fmt: skip
    """Of a group without a place only what they lead; of no other group anything."""
    other = open_cohort(by=None, study=study, programme=programme, name="Group 6")
    day = next_week + timedelta(days=1)
    led = plan_session(by=None, cohort=other, title="Led", on=day, starts=time(10), ends=time(11))
    plan_session(by=None, cohort=other, title="Not theirs", on=day, starts=time(12), ends=time(13))
    leading = appoint_facilitator(by=None, session=led, person=rowan, lived=True)
    assert set(events(client, rowans_feed)) == {"Who decides?", "Led"}
    stand_down(by=None, facilitation=leading)
    off = events(client, rowans_feed)
    assert set(off) == {"Who decides?", "Led"}
    assert off["Led"].status.value == "CANCELLED"
    assert off["Who decides?"].status.value == "TENTATIVE"


def test_who_stood_down_is_told_by_their_calendar(
    client: Client, group: Cohort, session: Session, martin: Person, martin_leads: Facilitation
):
    """A calendar keeps what it is not told is off; under a new address, too. Who leads again has it back."""
    first = events(client, feed_url(make_my_calendar(by=martin, person=martin)))["Who decides?"]
    stand_down(by=None, facilitation=martin_leads)
    feed = feed_url(make_my_calendar(by=martin, person=martin))
    off = events(client, feed)["Who decides?"]
    assert (off.status.value, off.uid.value) == ("CANCELLED", first.uid.value)
    assert int(off.sequence.value) > int(first.sequence.value)
    groups = feed_url(make_group_calendar(by=None, cohort=group))
    assert events(client, groups)["Who decides?"].status.value == "TENTATIVE"
    appoint_facilitator(by=None, session=session, person=martin, practice=True)
    again = events(client, feed)["Who decides?"]
    assert again.status.value == "TENTATIVE"
    assert int(again.sequence.value) > int(off.sequence.value)


def test_a_cancelled_session_stays_as_cancelled(client: Client, rowans_feed: str, session: Session):
    """With a higher sequence, and leaving the time free."""
    before = events(client, rowans_feed)["Who decides?"]
    cancel_session(by=None, session=session)
    after = events(client, rowans_feed)["Who decides?"]
    assert (after.status.value, after.transp.value) == ("CANCELLED", "TRANSPARENT")
    assert int(after.sequence.value) == int(before.sequence.value) + 1
    assert after.uid.value == before.uid.value


def test_a_place_given_back_is_cancelled_for_that_person_alone(
    client: Client, rowans_feed: str, rowan_enrolled: Enrolment, group: Cohort, session: Session,
    past_session: Session,
):  # fmt: skip
    """What is to come is off for them; what they came to stays; the group's calendar goes on."""
    before = events(client, rowans_feed)
    leave_cohort(by=None, enrolment=rowan_enrolled)
    after = events(client, rowans_feed)
    assert after["Who decides?"].status.value == "CANCELLED"
    assert after["How we got here"].status.value == "TENTATIVE"
    assert int(after["Who decides?"].sequence.value) > int(before["Who decides?"].sequence.value)
    groups = feed_url(make_group_calendar(by=None, cohort=group))
    assert events(client, groups)["Who decides?"].status.value == "TENTATIVE"
    enrol_person(by=None, cohort=group, person=rowan_enrolled.person)
    again = events(client, rowans_feed)["Who decides?"]
    assert again.status.value == "TENTATIVE"
    assert int(again.sequence.value) > int(after["Who decides?"].sequence.value)


def test_whoever_left_is_told_no_new_place_or_link(
    client: Client, rowans_feed: str, rowan_enrolled: Enrolment, group: Cohort, next_week: date
):
    """A calendar goes on asking; a room and a way in are for those who come."""
    leave_cohort(by=None, enrolment=rowan_enrolled)
    plan_session(
        by=None, cohort=group, title="New", on=next_week + timedelta(days=7), starts=time(10), ends=time(11),
        place="Side door, 4 Elm Rd", link="https://meet.example.org/new",
    )  # fmt: skip
    told = client.get(rowans_feed).content.decode()
    assert "STATUS:CANCELLED" in told
    assert "Elm Rd" not in told
    assert "meet.example.org" not in told
    assert "LOCATION" not in told
    groups = client.get(feed_url(make_group_calendar(by=None, cohort=group))).content.decode()
    assert "Elm Rd" in groups
    assert "meet.example.org" in groups


def test_a_place_asked_for_again_changes_nothing_of_what_one_came_to(
    client: Client, rowans_feed: str, rowan_enrolled: Enrolment, group: Cohort, session: Session,
    past_session: Session,
):  # fmt: skip
    """After leaving and asking again: what was before stays, and what came between goes on being off."""
    a_day = timedelta(days=1)
    leave_cohort(by=None, enrolment=rowan_enrolled, at=past_session.ends + a_day)
    missed = plan_session(
        by=None, cohort=group, title="Between", on=(past_session.ends + 2 * a_day).date(),
        starts=time(10), ends=time(12), may_be_past=True,
    )  # fmt: skip
    ask_for_place(by=None, cohort=group, person=rowan_enrolled.person)
    stands = {title: event.status.value for title, event in events(client, rowans_feed).items()}
    assert stands == {
        past_session.title: "TENTATIVE", missed.title: "CANCELLED", session.title: "CANCELLED",
    }  # fmt: skip


def test_whoever_waited_and_left_has_none(client: Client, group: Cohort, alison: Person, session: Session):
    """A place one never had is nothing to cancel."""
    Enrolment.objects.create(cohort=group, person=alison, state="left")
    assert events(client, feed_url(make_my_calendar(by=None, person=alison))) == {}


def test_a_calendar_without_sessions_is_one_all_the_same(
    client: Client, rowan: Person, group: Cohort, session: Session
):
    """The standard wants one component at least (RFC 5545, 3.6): the zone, a person’s or their group’s."""
    Person.objects.filter(pk=rowan.pk).update(time_zone="America/St_Johns")
    session.delete()
    for feed, zone in [
        (make_my_calendar(by=None, person=Person.objects.get(pk=rowan.pk)), "America/St_Johns"),
        (make_group_calendar(by=None, cohort=group), "Europe/London"),
    ]:
        read = vobject.readOne(client.get(feed_url(feed)).content.decode())
        assert [each.name for each in read.components()] == ["VTIMEZONE"]
        assert read.vtimezone.tzid.value == zone


# What raises the sequence ----------------------------------------------------------------------------


def shift(session: Session, **to: Any) -> None:
    asked = {
        "title": session.title, "on": session.local_start.date(), "starts": time(10), "ends": time(12, 30),
        "place": session.place, "link": session.link,
    }  # fmt: skip
    change_session(by=None, session=session, **{**asked, **to})


CHANGES: dict[str, Callable[[Session], object]] = {
    "title": lambda s: shift(s, title="Who else decides?"),
    "time": lambda s: shift(s, starts=time(11)),
    "end": lambda s: shift(s, ends=time(13)),
    "place": lambda s: shift(s, place="The library"),
    "link": lambda s: shift(s, link="https://meet.example.org/x"),
    "cancelled": lambda s: cancel_session(by=None, session=s),
    "ready": lambda s: publish_session(by=None, session=s),
    "group": lambda s: raise_sequence(s.cohort),
}


@pytest.mark.parametrize("what", CHANGES)
def test_every_change_of_what_is_shown_raises_it(
    client: Client, rowans_feed: str, looked_after: Session, what: str
):
    """Exactly those events, never back, and with a later LAST-MODIFIED."""
    before = icalendar.Calendar.from_ical(client.get(rowans_feed).content).events[0]
    Session.objects.update(changed=timezone.now() - timedelta(hours=1))
    CalendarFeed.objects.update(changed=timezone.now() - timedelta(hours=1))
    stale = icalendar.Calendar.from_ical(client.get(rowans_feed).content).events[0]
    CHANGES[what](Session.objects.select_related("cohort").get())
    after = icalendar.Calendar.from_ical(client.get(rowans_feed).content).events[0]
    assert after["sequence"] > before["sequence"]
    assert after["last-modified"].dt > stale["last-modified"].dt


def test_saying_which_course_raises_it(client: Client, rowans_feed: str, study: Study, session: Session):
    """The words change, so the calendar hears of it; pressed twice it is one change."""
    feed = CalendarFeed.objects.get()
    for _time in range(2):
        name_course_in_calendar(by=None, feed=feed, study=study.pk, says_which_course=True)
    event = events(client, rowans_feed)["Who decides?"]
    assert event.summary.value == "Working alongside: Who decides?"
    assert int(event.sequence.value) == 1
