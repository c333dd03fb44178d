from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from alongside.accounts.models import Study
from alongside.people.actions import record_relationship
from alongside.people.models import Person, WorkingRelationship
from alongside.training.actions import come_alone, leave_cohort
from alongside.training.models import Application, Cohort, Enrolment, Reply
from tests.support.walking import plain

QUERIES = 32


def url(study: Study, group: Cohort) -> str:
    return reverse("training:enrol", args=[study.slug, group.pk])


@pytest.mark.parametrize("count", [30, 200])
def test_the_page_takes_the_same_queries_however_long_it_is(
    as_hannah: Client,
    study: Study,
    group: Cohort,
    count: int,
    waits: Callable[..., Enrolment],
    django_assert_max_num_queries: DjangoAssertNumQueries,
):
    """With thirty and with two hundred who have a place, wait, ask, or left."""
    for number, state in enumerate(["enrolled", "waiting", "applied", "left", "lapsed"] * (count // 5)):
        place = waits(f"Learner {number}", state=state)
        if state == "applied":
            Reply.objects.create(cohort=group, person=place.person, number=1, asked="Why?", kind="words")
    with django_assert_max_num_queries(QUERIES):
        assert as_hannah.get(url(study, group)).status_code == 200


def test_the_list_stands_in_the_order_of_asking_with_names_only(
    as_hannah: Client, study: Study, group: Cohort, waits: Callable[..., Enrolment]
):
    """Nobody's standpoint is on it."""
    waits("Zoe", "uses_services")
    waits("Ada", "practitioner")
    page = as_hannah.get(url(study, group)).content.decode()
    line = page[page.index('class="line"') : page.index("</ol>")]
    assert line.index("Zoe") < line.index("Ada")
    assert "practitioner" not in line.lower()


@pytest.mark.parametrize(
    "state", ["applied", "waiting", "declined", "lapsed", "apart", "turned_down", "left"]
)
def test_what_someone_asked_is_nothing_to_who_works_with_them(
    as_priya: Client, study: Study, group: Cohort, wren: Person, priya, state: str
):
    """Pages that tell of places, and their numbers, are to Priya to the byte as if Wren had asked nothing."""
    pages = [
        url(study, group),
        reverse("training:cohort", args=[study.slug, group.pk]),
        reverse("training:applications", args=[study.slug]),
        reverse("training:todo", args=[study.slug]),
        reverse("training:summary", args=[study.slug]),
    ]
    before = [plain(as_priya.get(page), page) for page in pages]
    Enrolment.objects.create(cohort=group, person=wren, state=state)
    Reply.objects.create(cohort=group, person=wren, number=1, asked="Why?", kind="words", said="Company")
    Application.objects.create(cohort=group, name="Wren", email="wren@example.org")
    assert [plain(as_priya.get(page), page) for page in pages] == before


def test_an_offer_to_someone_is_nothing_to_who_works_with_them(
    as_priya: Client, as_hannah: Client, study: Study, group: Cohort, wren: Person, priya
):
    """Not even by how many places are held; a colleague sees it."""
    page = url(study, group)
    before = plain(as_priya.get(page), page)
    offer = reverse("training:offer-place", args=[study.slug, group.pk])
    assert as_hannah.post(offer, {"person": wren.pk}).status_code == 302
    after = plain(as_priya.get(page), page)
    assert "0 of 3 places are taken or held" in after
    assert after.replace(f'<option value="{wren.pk}">Wren</option>', "") == before.replace(
        f'<option value="{wren.pk}">Wren</option>', ""
    )
    assert "1 of 3 places are taken or held" in as_hannah.get(page).content.decode()


def test_who_wants_to_come_with_someone_one_works_with_is_not_shown_either(
    as_priya: Client, study: Study, group: Cohort, wren: Person, priya, waits: Callable[..., Enrolment]
):
    """Nor who works with them: a colleague sees the two of them as one."""
    herself = Person.objects.get(user=priya)
    pair = WorkingRelationship.objects.get(first__in=[wren, herself], second__in=[wren, herself])
    page = url(study, group)
    before = plain(as_priya.get(page), page)
    Enrolment.objects.create(cohort=group, person=wren, state="waiting", pair=pair)
    assert plain(as_priya.get(page), page) == before


def test_two_places_that_could_not_be_made_are_not_shown_to_who_works_with_one(
    as_priya: Client,
    as_hannah: Client,
    study: Study,
    group: Cohort,
    wren: Person,
    rowan: Person,
    priya,
):
    """That Rowan's place with Wren came to nothing would tell Priya what Wren answered; once Rowan comes
    alone, she waits like anybody."""
    pair = record_relationship(by=None, one=wren, other=rowan, started=date(2025, 1, 1))
    page = url(study, group)
    before = plain(as_priya.get(page), page)
    theirs = [
        Enrolment.objects.create(cohort=group, person=who, state="waiting", pair=pair)
        for who in (rowan, wren)
    ]
    assert plain(as_priya.get(page), page) == before
    leave_cohort(by=None, enrolment=theirs[1])
    theirs[0].refresh_from_db()
    assert theirs[0].state == "apart"
    assert plain(as_priya.get(page), page) == before
    assert "Two places could not be made" in as_hannah.get(page).content.decode()
    come_alone(by=None, enrolment=theirs[0])
    assert plain(as_priya.get(page), page) != before
