from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.audit.models import Entry
from alongside.training.actions import cancel_session, plan_outline, plan_session
from alongside.training.models import Cohort, Part, Session

TITLES = ("How we got here", "What recovery means to me", "Who decides?")


@pytest.fixture
def outline(group: Cohort) -> list[Part]:
    return [
        Part.objects.create(programme=group.programme, number=number, title=title)
        for number, title in enumerate(TITLES, start=1)
    ]


@pytest.fixture
def outline_url(study: Study, group: Cohort) -> str:
    return reverse("training:plan-outline", args=[study.slug, group.pk])


def test_the_whole_course_is_planned_week_by_week(
    as_hannah: Client, outline: list[Part], outline_url: str, group: Cohort
):
    """One session a part, a week apart by the clocks of the group, leaving out the days named."""
    typed = {"on": "2027-03-15", "starts": "10:00", "ends": "12:30", "skip": "22/03/2027\n"}
    answer = as_hannah.post(outline_url, typed, follow=True)
    assert "3 sessions are planned." in answer.content.decode()
    sessions = list(Session.objects.order_by("starts"))
    assert [s.part for s in sessions] == outline
    assert [s.title for s in sessions] == list(TITLES)
    local = [s.local_start for s in sessions]
    assert [at.date() for at in local] == [date(2027, 3, 15), date(2027, 3, 29), date(2027, 4, 5)]
    assert {at.time() for at in local} == {time(10)}
    assert [at.utcoffset() for at in local] == [timedelta(0), timedelta(hours=1), timedelta(hours=1)]
    assert Entry.objects.filter(verb="plan_session").count() == 3


def test_only_what_has_no_session_yet_is_planned(group: Cohort, outline: list[Part], next_week: date):
    """A part that is planned stays as it is; one whose session was cancelled is planned anew."""
    given = {"by": None, "cohort": group, "starts": time(10), "ends": time(12)}
    plan_session(**given, part=outline[0], on=next_week)
    cancelled = plan_session(**given, part=outline[1], on=next_week + timedelta(days=1))
    cancel_session(by=None, session=cancelled)
    planned = plan_outline(**given, on=next_week + timedelta(days=7))
    assert [session.part for session in planned] == outline[1:]
    with pytest.raises(ValidationError, match="no part of this course left"):
        plan_outline(**given, on=next_week + timedelta(days=70))


def test_a_clash_in_the_third_week_plans_nothing(
    as_hannah: Client, outline: list[Part], outline_url: str, group: Cohort, next_week: date
):
    """All of them, or none: the sentence names the session that is in the way."""
    third = next_week + timedelta(weeks=2)
    plan_session(by=None, cohort=group, title="Walk", on=third, starts=time(11), ends=time(12))
    answer = as_hannah.post(outline_url, {"on": next_week, "starts": "10:00", "ends": "12:30"})
    assert answer.status_code == 422
    assert "This group has “Walk” at that time" in answer.content.decode()
    assert Session.objects.count() == 1


def test_a_day_that_is_none_is_named(as_hannah: Client, outline: list[Part], outline_url: str):
    """One sentence says which line, and what it says."""
    typed = {"on": "2027-03-15", "starts": "10:00", "ends": "12:30", "skip": "22/03/2027\nEaster"}
    answer = as_hannah.post(outline_url, typed)
    assert answer.status_code == 422
    assert "Line 2 says “Easter”, which is not a day" in answer.content.decode()


def test_a_time_that_never_comes_in_one_of_the_weeks_plans_nothing(group: Cohort, outline: list[Part]):
    """The week in which clocks go forward past the time is refused, and with it the rest."""
    with pytest.raises(ValidationError, match="28 March 2027 the clocks in Europe/London go forward past"):
        plan_outline(by=None, cohort=group, on=date(2027, 3, 14), starts=time(1, 30), ends=time(3))
    assert not Session.objects.exists()


def test_a_facilitator_plans_no_course(as_carys: Client, outline_url: str):
    """Planning is the coordinator's."""
    assert as_carys.get(outline_url).status_code == 404


def test_when_nothing_is_left_the_page_says_so(
    as_hannah: Client, outline: list[Part], outline_url: str, group: Cohort, next_week: date
):
    """No form that could only be refused: a sentence, and where to go on."""
    plan_outline(by=None, cohort=group, on=next_week, starts=time(10), ends=time(12))
    page = as_hannah.get(outline_url).content.decode()
    assert "There is nothing left to plan." in page
    assert reverse("training:plan-session", args=[group.study.slug, group.pk]) in page
    assert 'name="starts"' not in page
    again = as_hannah.post(outline_url, {"on": next_week, "starts": "14:00", "ends": "16:00"})
    assert again.status_code == 422
    assert "no part of this course left" in again.content.decode()


def test_a_course_without_an_outline_says_where_to_write_it(
    as_hannah: Client, outline_url: str, group: Cohort
):
    """Its parts are written on the page of the course."""
    page = as_hannah.get(outline_url).content.decode()
    assert "The course has no outline yet." in page
    assert reverse("training:course", args=[group.study.slug, group.programme_id]) in page
