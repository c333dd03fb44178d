"""The address of a calendar: who makes it, how it ends, and what it answers."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import vobject
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.models import Study
from alongside.people.models import Person
from alongside.training.actions import (
    cancel_session,
    make_group_calendar,
    make_my_calendar,
    name_course_in_calendar,
)
from alongside.training.addresses import feed_address
from alongside.training.models import CalendarFeed, Cohort, Facilitation, Session
from tests.support.calendars import events, feed_url

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
    # These come to no calendar.
    if address in ("..", "%00"):
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
