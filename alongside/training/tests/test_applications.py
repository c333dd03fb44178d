"""Who on the team sees that somebody asked, and who doesn't."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from alongside.accounts.models import Study, User
from alongside.people.models import Person
from alongside.training.models import Application, Cohort, Enrolment
from tests.support.walking import plain

QUERIES = 17


def inbox(study: Study) -> str:
    return reverse("training:applications", args=[study.slug])


def asks(group: Cohort, name: str, **given: str) -> Application:
    given = given or {"email": f"{name.lower().replace(' ', '.')}@example.org"}
    return Application.objects.create(cohort=group, name=name, **given)


def test_a_coordinator_sees_who_asks(as_hannah: Client, study: Study, group: Cohort):
    """By name and group, each with a page of its own. No standpoint stands on the list."""
    application = asks(group, "Dilys")
    Application.objects.update(standpoints=["uses_services"])
    page = as_hannah.get(inbox(study)).content.decode()
    assert "Dilys" in page
    assert "Group 5" in page
    assert "uses services" not in page.lower()
    assert (
        "Dilys"
        in as_hannah.get(reverse("training:application", args=[study.slug, application.pk])).content.decode()
    )


def test_whoever_may_not_plan_sees_nothing(as_carys: Client, study: Study, group: Cohort):
    """To a facilitator there is no such page."""
    application = asks(group, "Dilys")
    assert as_carys.get(inbox(study)).status_code == 404
    assert as_carys.get(reverse("training:application", args=[study.slug, application.pk])).status_code == 404


@pytest.mark.parametrize(
    "given",
    [
        {"name": "W. Smith", "email": "WREN@example.org"},
        {"name": "Wren", "phone": "01632 960999"},
        {"name": "Wrén ", "phone": "01632 960999"},
        {"name": "Someone else", "email": "priya@example.org"},
        {"name": "Priya Nair", "phone": "01632 960999"},
    ],
)
def test_what_may_come_from_someone_one_works_with_is_for_a_colleague(
    as_priya: Client, as_hannah: Client, study: Study, group: Cohort, given: dict[str, str]
):
    """By address, number or name of whom Priya works with, or her own: to her it isn't there."""
    before = plain(as_priya.get(inbox(study)), inbox(study))
    application = Application.objects.create(cohort=group, **given)
    page = reverse("training:application", args=[study.slug, application.pk])
    assert plain(as_priya.get(inbox(study)), inbox(study)) == before
    for name in ("application", "take-up", "turn-down-application", "pass-on", "put-back", "ask-half"):
        url = reverse(f"training:{name}", args=[study.slug, application.pk])
        assert as_priya.post(url).status_code == 404
    assert as_hannah.get(page).status_code == 200


def test_a_pair_with_someone_one_works_with_is_kept_whole(
    as_priya: Client, as_hannah: Client, study: Study, group: Cohort
):
    """Who names Priya or Wren as the one they come with is not shown to Priya either."""
    for name, address in (("Owen", "priya@example.org"), ("Adalbert", "wren@example.org")):
        half = Application.objects.create(cohort=group, name="Half", email=address, state="named")
        Application.objects.create(cohort=group, name=name, email=f"{name}@example.org", half=half)
    page = as_priya.get(inbox(study)).content.decode()
    assert "Owen" not in page
    assert "Adalbert" not in page
    assert "Owen" in as_hannah.get(inbox(study)).content.decode()


def test_someone_says_that_they_work_with_who_asked(
    as_hannah: Client, as_founder: Client, study: Study, group: Cohort, hannah: User
):
    """Passed on, it is gone for whoever said so, and stays for a colleague."""
    application = asks(group, "Dilys")
    url = reverse("training:pass-on", args=[study.slug, application.pk])
    assert as_hannah.post(url).status_code == 302
    assert "Dilys" not in as_hannah.get(inbox(study)).content.decode()
    assert as_hannah.post(url).status_code == 404
    assert "Dilys" in as_founder.get(inbox(study)).content.decode()


def test_who_asks_on_their_own_page_stands_there_too(
    as_hannah: Client, as_priya: Client, study: Study, group: Cohort, wren: Person
):
    """But for those one works with."""
    Enrolment.objects.create(cohort=group, person=wren, state="applied")
    assert "Wren" in as_hannah.get(inbox(study)).content.decode()
    assert "Wren" not in as_priya.get(inbox(study)).content.decode()


@pytest.mark.parametrize("count", [30, 200])
def test_the_list_takes_the_same_queries_however_long_it_is(
    as_priya: Client,
    study: Study,
    group: Cohort,
    count: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    waits: Callable[..., Enrolment],
):
    """With thirty and with two hundred who ask, also for someone from whom a part is kept."""
    for number in range(count):
        asks(group, f"Learner {number}")
    for number in range(count // 10):
        waits(f"Person {number}", state="applied")
    with django_assert_max_num_queries(QUERIES):
        assert as_priya.get(inbox(study)).status_code == 200
