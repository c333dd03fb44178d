from datetime import UTC, date, datetime, time

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.models import Study
from alongside.training.actions import (
    cancel_session,
    create_programme,
    make_group_calendar,
    open_cohort,
    plan_session,
)
from alongside.training.models import Cohort, Part, Programme, Session
from tests.support.calendars import events, feed_url

MORNING = {"title": "Who decides?", "starts": "10:00", "ends": "12:30"}


def test_a_session_is_planned_by_the_groups_clocks(as_hannah: Client, study: Study, programme: Programme):
    """10:00 in Lisbon in winter and in Athens in summer are stored as the moments they are."""
    athens = open_cohort(by=None, study=study, programme=programme, name="Athens", time_zone="Europe/Athens")
    url = reverse("training:plan-session", args=[study.slug, athens.pk])
    answer = as_hannah.post(url, {**MORNING, "on": "2027-07-01"})
    session = Session.objects.get()
    assert answer["Location"] == reverse("training:session", args=[study.slug, session.pk])
    assert session.starts == datetime(2027, 7, 1, 7, 0, tzinfo=UTC)
    assert session.number == 1
    assert "1 July 2027, 10:00" in as_hannah.get(answer["Location"]).content.decode()


def test_a_time_that_never_comes_is_refused(as_hannah: Client, study: Study, group: Cohort):
    """When clocks go forward past the time, one sentence says so and nothing is stored."""
    url = reverse("training:plan-session", args=[study.slug, group.pk])
    answer = as_hannah.post(url, {"title": "Night", "on": "2027-03-28", "starts": "01:30", "ends": "03:00"})
    assert answer.status_code == 422
    assert "go forward past 01:30, so there is no such time" in answer.content.decode()
    assert not Session.objects.exists()


def test_a_time_that_comes_twice_is_the_first_and_says_so(as_hannah: Client, study: Study, group: Cohort):
    """When clocks go back, the first of the two times is taken, and the page says that."""
    url = reverse("training:plan-session", args=[study.slug, group.pk])
    typed = {"title": "Night", "on": "2027-10-31", "starts": "01:30", "ends": "03:00"}
    answer = as_hannah.post(url, typed, follow=True)
    assert "this time comes twice. The first of the two is meant" in answer.content.decode()
    assert Session.objects.get().starts == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_the_past_is_refused_from_the_form(as_hannah: Client, study: Study, group: Cohort):
    """A session typed in is one to come."""
    url = reverse("training:plan-session", args=[study.slug, group.pk])
    answer = as_hannah.post(url, {**MORNING, "on": "2024-05-02"})
    assert answer.status_code == 422
    assert "2 May 2024 is in the past" in answer.content.decode()


@pytest.mark.parametrize("day", ["9999-12-31", "9998-06-01", f"{timezone.localdate().year + 11}-01-01"])
@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York"])
def test_a_day_far_ahead_is_refused(as_hannah: Client, study: Study, group: Cohort, day: str, zone: str):
    """Beside the question and in a sentence, before a calendar has to tell of such a year."""
    Cohort.objects.update(time_zone=zone)
    url = reverse("training:plan-session", args=[study.slug, group.pk])
    answer = as_hannah.post(url, {"title": "Late", "on": day, "starts": "22:00", "ends": "23:30"})
    assert answer.status_code == 422
    assert "is too far ahead. Choose a day up to the end of" in answer.context["form"].errors["on"][0]
    assert not Session.objects.exists()


def test_the_first_of_all_days_is_in_the_past(as_hannah: Client, study: Study, group: Cohort):
    """Also where, by the clock of UTC, it would lie before all days that there are."""
    Cohort.objects.update(time_zone="Asia/Tokyo")
    url = reverse("training:plan-session", args=[study.slug, group.pk])
    answer = as_hannah.post(url, {**MORNING, "on": "0001-01-01", "starts": "01:00"})
    assert answer.status_code == 422
    assert "is in the past" in answer.content.decode()


def test_the_last_year_that_can_be_planned_is_in_a_calendar(client: Client, group: Cohort):
    """Ten years ahead, with a rule for its clocks."""
    day = date(timezone.localdate().year + 10, 12, 31)
    plan_session(by=None, cohort=group, title="Late", on=day, starts=time(22), ends=time(23, 30))
    feed = make_group_calendar(by=None, cohort=group)
    assert events(client, feed_url(feed))["Late"].dtstart.value.date() == day


def test_the_past_can_be_recorded(group: Cohort):
    """What was held before the software came can be recorded as held."""
    held = plan_session(
        by=None,
        cohort=group,
        title="Before",
        on=date(2024, 5, 2),
        starts=time(10),
        ends=time(12),
        may_be_past=True,
    )
    assert held.is_over


def test_an_end_before_the_start_is_refused(group: Cohort, next_week: date):
    """The sentence says both times."""
    with pytest.raises(ValidationError, match="end at 09:00, which is not after its start at 10:00"):
        plan_session(by=None, cohort=group, title="Odd", on=next_week, starts=time(10), ends=time(9))


def test_sessions_are_numbered_in_the_order_they_are_planned(
    session: Session, group: Cohort, next_week: date
):
    """The second session planned is number 2."""
    second = plan_session(by=None, cohort=group, title="Next", on=next_week, starts=time(14), ends=time(15))
    assert second.number == 2


def test_two_sessions_of_a_group_at_once_are_refused(
    as_hannah: Client, study: Study, group: Cohort, session: Session, next_week: date
):
    """The sentence names the other session and when it is; side by side is no clash."""
    url = reverse("training:plan-session", args=[study.slug, group.pk])
    typed = {"title": "Again", "on": next_week, "starts": "12:00", "ends": "13:00"}
    answer = as_hannah.post(url, typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "This group has “Who decides?” at that time" in page
    assert "10:00 to 12:30" in page
    assert as_hannah.post(url, {**typed, "starts": "12:30"}).status_code == 302


def test_a_cancelled_session_leaves_its_time_free(group: Cohort, session: Session, next_week: date):
    """What was cancelled is in nobody's way."""
    cancel_session(by=None, session=session)
    assert plan_session(by=None, cohort=group, title="Instead", on=next_week, starts=time(10), ends=time(12))


def test_sessions_are_compared_as_moments(study: Study, programme: Programme):
    """On the night clocks go back, 00:30 to 01:30 and 02:00 to 03:00 are an hour and a half apart."""
    group = open_cohort(by=None, study=study, programme=programme, name="Night")
    night = {"by": None, "cohort": group, "on": date(2027, 10, 31)}
    plan_session(**night, title="Early", starts=time(0, 30), ends=time(1, 30))
    late = plan_session(**night, title="Late", starts=time(2), ends=time(3))
    assert (late.starts - Session.objects.get(title="Early").ends).total_seconds() == 90 * 60


def test_a_session_is_called_as_its_part(as_hannah: Client, study: Study, group: Cohort, next_week: date):
    """Chosen from the outline, it needs no title of its own; without either, the form says so."""
    part = Part.objects.create(programme=group.programme, number=1, title="How we got here")
    url = reverse("training:plan-session", args=[study.slug, group.pk])
    typed = {"on": next_week, "starts": "10:00", "ends": "12:00"}
    refused = as_hannah.post(url, typed)
    assert refused.status_code == 422
    assert "Say what the session is called, or choose a part" in refused.content.decode()
    assert as_hannah.post(url, {**typed, "part": part.pk}).status_code == 302
    session = Session.objects.get()
    assert (session.title, session.part) == ("How we got here", part)


def test_a_part_of_another_course_is_refused(study: Study, group: Cohort, next_week: date):
    """A group's sessions are of the course it takes."""
    other = create_programme(by=None, study=study, title="Another")
    part = Part.objects.create(programme=other, number=1, title="Elsewhere")
    with pytest.raises(ValidationError, match="another course"):
        plan_session(by=None, cohort=group, part=part, on=next_week, starts=time(10), ends=time(12))
