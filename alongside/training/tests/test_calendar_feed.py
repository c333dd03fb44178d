"""The calendar as two libraries read it: `icalendar`, which wrote it, and `vobject`, which didn't."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.accounts.models import Study
from alongside.people.models import Person
from alongside.training.actions import (
    appoint_facilitator,
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
from alongside.training.addresses import feed_address
from alongside.training.calendars import as_calendar
from alongside.training.models import CalendarFeed, Cohort, Enrolment, Facilitation, Programme, Session
from alongside.training.queries import CalendarLine


@pytest.fixture
def rowans_feed(rowan: Person, rowan_enrolled: Enrolment) -> str:
    return feed_url(make_my_calendar(by=None, person=rowan))


def feed_url(feed: CalendarFeed) -> str:
    return reverse("training:calendar-feed", args=[feed_address(feed.pk)])


def events(client: Client, url: str) -> dict[str, Any]:
    """What `vobject` reads, by title of the session, which it finds by the UID."""
    answer = client.get(url)
    assert answer.status_code == 200
    read = vobject.readOne(answer.content.decode())
    titles = {str(session.pk): session.title for session in Session.objects.all()}
    return {titles[event.uid.value]: event for event in getattr(read, "vevent_list", [])}


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
    assert set(events(client, rowans_feed)) == {"Who decides?"}


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


def test_whoever_waited_and_left_has_none(client: Client, group: Cohort, alison: Person, session: Session):
    """A place one never had is nothing to cancel."""
    Enrolment.objects.create(cohort=group, person=alison, state="left")
    assert events(client, feed_url(make_my_calendar(by=None, person=alison))) == {}


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


# The address -----------------------------------------------------------------------------------------


def test_only_the_newest_address_works(client: Client, rowans_feed: str, rowan: Person, session: Session):
    """The one before answers as if it had never been; sequences go on from where they were."""
    name_course_in_calendar(
        by=None, feed=CalendarFeed.objects.get(), study=rowan.study_id, says_which_course=True
    )
    newer = feed_url(make_my_calendar(by=None, person=rowan))
    assert client.get(rowans_feed).status_code == 404
    event = events(client, newer)["Who decides?"]
    assert (event.summary.value, int(event.sequence.value)) == ("Working alongside: Who decides?", 1)


@pytest.mark.parametrize(
    "address",
    ["x", "x.y", "0" * 32, "0" * 32 + ".sig", "%00", "%F0%9F%8C%BF", "a" * 4000, "..", "'--", "%0d%0aX: y"],
)
def test_whatever_is_wrong_with_an_address_the_answer_is_one(
    client: Client, rowans_feed: str, rowan: Person, address: str
):
    """Malformed, unknown, revoked: 404 in one plain line, the same to the byte."""
    make_my_calendar(by=None, person=rowan)
    revoked = client.get(rowans_feed)
    answer = client.get(f"/calendar/{address}.ics")
    if address in ("..",):
        assert answer.status_code == 404
        return
    assert (answer.status_code, answer["Content-Type"]) == (404, "text/plain")
    assert answer.content == revoked.content == b"There is no calendar here.\n"


def test_a_signature_of_another_calendar_opens_none(client: Client, rowans_feed: str, group: Cohort):
    """Id and signature belong together."""
    other = feed_address(make_group_calendar(by=None, cohort=group).pk)
    mine = rowans_feed.removeprefix("/calendar/").removesuffix(".ics")
    mixed = f"{mine.partition('.')[0]}.{other.partition('.')[2]}"
    assert client.get(reverse("training:calendar-feed", args=[mixed])).status_code == 404


def test_unchanged_is_answered_in_short(client: Client, rowans_feed: str, session: Session):
    """With the tag it was given, a program is told that nothing is new; after a change it gets the file."""
    first = client.get(rowans_feed)
    again = client.get(rowans_feed, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    cancel_session(by=None, session=session)
    assert client.get(rowans_feed, headers={"If-None-Match": first["ETag"]}).status_code == 200
    assert client.get(rowans_feed, headers={"If-None-Match": '"nonsense'}).status_code == 200


def test_only_looking_is_possible(client: Client, rowans_feed: str, session: Session):
    """HEAD answers like GET, without the file; nothing else is understood; no search engine lists it."""
    get, head = client.get(rowans_feed), client.head(rowans_feed)
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == get["ETag"]
    assert {client.post(rowans_feed).status_code, client.delete(rowans_feed).status_code} == {405}
    assert get["X-Robots-Tag"] == "noindex, nofollow"
    assert "Set-Cookie" not in get.headers


def test_one_session_as_a_file(
    as_carys: Client, client: Client, study: Study, session: Session, rowans_link: str, rowan_enrolled
):
    """For whoever sees the session, and from the learner's own page."""
    url = reverse("training:session-file", args=[study.slug, session.pk])
    own = reverse("training:my-session-file", kwargs={"token": rowans_link, "session": session.pk})
    for answer in (as_carys.get(url), client.get(own)):
        event = vobject.readOne(answer.content.decode()).vevent
        assert event.uid.value == str(session.pk)
        assert event.summary.value == "Working alongside: Who decides?"
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"


def test_five_hundred_events_take_as_many_queries_as_five(
    client: Client,
    rowans_feed: str,
    group: Cohort,
    carys_leads: Facilitation,
    rowan: Person,
    django_assert_num_queries: Callable,
    django_assert_max_num_queries: Callable,
):
    """Address, places, what they lead, and the sessions."""
    start = timezone.now()

    def sessions(first: int, last: int) -> None:
        Session.objects.bulk_create(
            Session(
                study_id=group.study_id, cohort=group, number=n, title=f"S{n}",
                starts=start + timedelta(days=n), ends=start + timedelta(days=n, hours=1),
            )
            for n in range(first, last)
        )  # fmt: skip

    sessions(2, 6)
    with django_assert_max_num_queries(4) as few:
        client.get(rowans_feed)
    sessions(6, 501)
    with django_assert_num_queries(len(few)):
        assert client.get(rowans_feed).content.count(b"BEGIN:VEVENT") == 500
