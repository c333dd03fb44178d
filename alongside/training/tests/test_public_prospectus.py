from collections.abc import Callable
from datetime import date, time, timedelta
from html import unescape

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.people.models import Person
from alongside.training.actions import (
    add_place,
    add_term,
    change_place,
    create_programme,
    log_decision,
    open_cohort,
    open_prospectus,
    plan_session,
    write_prospectus,
)
from alongside.training.models import Cohort, Facilitation, Programme, Session
from alongside.training.queries import offer_of, prospectus_of


@pytest.fixture
def address(study: Study) -> str:
    """Of a prospectus that is open."""
    write_prospectus(by=None, study=study, welcome="Come as you are.", asking_for_help="Ring 01632 960001.")
    open_prospectus(by=None, study=study)
    return reverse("training:public-prospectus", args=[study.slug])


@pytest.fixture
def listed(group: Cohort) -> Cohort:
    Cohort.objects.filter(pk=group.pk).update(listed=True)
    return group


def read(client: Client, address: str) -> str:
    return unescape(client.get(address).content.decode())


def test_anybody_reads_what_is_offered(
    client: Client, address: str, study: Study, listed: Cohort, next_week: date, session: Session
):
    """By term and course: aims, dates and times by the place's clock, the place and its access."""
    term = add_term(by=None, study=study, name="Winter term", starts=next_week, ends=next_week)
    Cohort.objects.filter(pk=listed.pk).update(term=term)
    change_place(by=None, place=listed.place, name="Ferry Hall", access="No steps. A quiet room.")
    page = BeautifulSoup(client.get(address).content, "html.parser")
    assert page.h1.text == "Courses at Merebank Recovery College"
    assert page.select_one("main h2").text == "Winter term"
    told = page.select_one("main").get_text(" ", strip=True)
    for words in (
        "Come as you are.",
        "Working alongside",
        "Recovery, learned together.",
        f"{next_week:%A}, 10:00 to 12:30",
        f"{next_week.day} {next_week:%B %Y}",
        "No steps. A quiet room.",
        "There are places",
        "Ring 01632 960001.",
    ):
        assert words in told


def test_a_group_that_is_not_listed_or_over_is_not_told(
    client: Client, address: str, listed: Cohort, past_session: Session, study: Study, programme: Programme
):
    """Neither its name nor its place, and so the page says that there is nothing just now."""
    open_cohort(by=None, study=study, programme=programme, name="Group 6", place="The Mill")
    page = read(client, address)
    assert "There is nothing to ask for just now." in page
    for words in ("Group 5", "Group 6", "Ferry Hall", "The Mill", "Working alongside"):
        assert words not in page


def test_how_full_it_is_is_said_in_words(
    client: Client, address: str, listed: Cohort, rowan_enrolled, alison_enrolled, learners_of: Callable
):
    """Places, a waiting list, or closed; never how many people."""
    assert "There are places" in read(client, address)
    learners_of(listed, 1)
    full = read(client, address)
    assert "There is a waiting list" in full
    assert "There are places" not in full
    Cohort.objects.filter(pk=listed.pk).update(apply_until=timezone.localdate() - timedelta(days=1))
    closed = read(client, address)
    assert "You can’t ask for a place here any more." in closed
    assert "Ask for a place" not in closed
    for page in (full, closed):
        assert "3" not in BeautifulSoup(page, "html.parser").select_one(".offered").get_text()


def test_the_last_day_counts_where_the_group_meets(address: str, study: Study, listed: Cohort):
    """Until midnight there, whatever the clocks here say."""
    Cohort.objects.filter(pk=listed.pk).update(
        time_zone="Pacific/Kiritimati",
        apply_until=timezone.localdate(timezone=Cohort(time_zone="Pacific/Kiritimati").zone),
    )
    only = offer_of(prospectus_of(study)).terms[0].courses[0].groups[0]
    assert only.is_open


def test_other_clocks_are_named(
    client: Client, address: str, study: Study, programme: Programme, next_week: date
):
    """A group in another zone shows its own times, and says whose."""
    athens = open_cohort(by=None, study=study, programme=programme, name="Athens", time_zone="Europe/Athens")
    plan_session(by=None, cohort=athens, title="One", on=next_week, starts=time(18), ends=time(20))
    Cohort.objects.filter(pk=athens.pk).update(listed=True)
    page = read(client, address)
    assert "18:00 to 20:00" in page
    assert "Times are by the clocks in Athens." in page


def test_nobody_is_named(
    client: Client,
    as_hannah: Client,
    address: str,
    study: Study,
    listed: Cohort,
    hannah: User,
    carys_leads: Facilitation,
    martin_leads: Facilitation,
    rowan_enrolled,
    alison_enrolled,
    wren: Person,
):
    """Not who learns, leads, coordinates or decided something; for somebody signed in neither."""
    log_decision(
        by=None, study=study, on=date(2026, 11, 1), about="Chairs", proposed_by="Dot Ellison", cohort=listed
    )
    names = {person.name for person in Person.objects.all()} | {user.name for user in User.objects.all()}
    names |= {"Dot Ellison"}
    names -= {""}
    assert {"Rowan", "Alison", "Wren", "Carys Bowen", "Martin Osei", "Hannah Whitlock"} <= names
    for page in (read(client, address), read(as_hannah, address)):
        assert [name for name in names if name in page] == []
        assert "Six months on" not in page
        assert "Who decides?" not in page


def test_it_is_the_same_for_everyone_and_kept_a_minute(
    client: Client, as_hannah: Client, address: str, listed: Cohort
):
    """No cookie is set and no token is in it; search engines may list it."""
    mine, theirs = client.get(address), as_hannah.get(address)
    assert mine.content == theirs.content
    assert mine["Cache-Control"] == "public, max-age=60"
    assert mine["X-Robots-Tag"] == "all"
    assert not mine.cookies
    assert b"csrf" not in mine.content.lower()
    assert b"<form" not in mine.content


def test_its_words_are_text(client: Client, address: str, study: Study):
    """What is written is shown, and none of it runs."""
    words = "<script>alert(1)</script>"
    write_prospectus(by=None, study=study, welcome=words, who_we_are=words, asking_for_help=words)
    page = client.get(address).content.decode()
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;") == 3


def test_the_preview_is_for_whoever_plans_and_listed_nowhere(as_hannah: Client, study: Study, listed: Cohort):
    """What others will see, before they do."""
    page = as_hannah.get(reverse("training:preview-prospectus", args=[study.slug])).content.decode()
    assert "This is how others will see it once it is open." in page
    assert "Group 5" in page
    assert 'name="robots" content="noindex"' in page


def test_many_groups_are_read_at_once(
    client: Client, address: str, study: Study, next_week: date, django_assert_num_queries
):
    """Thirty groups of ten sessions take four queries, as one group does; the page has them all."""

    def more(numbers: range, meetings: int) -> None:
        for number in numbers:
            course = create_programme(by=None, study=study, title=f"Course {number}")
            place = add_place(by=None, study=study, name=f"Place {number}")
            group = open_cohort(by=None, study=study, programme=course, name=f"Group {number}.", place=place)
            begins = timezone.now() + timedelta(days=7)
            Session.objects.bulk_create(
                Session(
                    study=study,
                    cohort=group,
                    number=meeting,
                    title="Meeting",
                    starts=begins + timedelta(weeks=meeting),
                    ends=begins + timedelta(weeks=meeting, hours=2),
                )
                for meeting in range(meetings)
            )
        Cohort.objects.update(listed=True)

    more(range(1), 1)
    with django_assert_num_queries(4):
        read(client, address)
    more(range(1, 30), 10)
    with django_assert_num_queries(4):
        page = read(client, address)
    assert page.count("offered") == 30
