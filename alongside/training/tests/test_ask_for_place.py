"""Places on one's own page: asking, coming alone, giving back."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from pytest_django import DjangoAssertNumQueries

from alongside.accounts.models import Study
from alongside.audit.models import Entry
from alongside.people.actions import add_person, link_user, make_link
from alongside.people.models import AccessGrant, ConsentEvent, Person, WorkingRelationship
from alongside.training.actions import (
    answer_offer,
    lapse_offers,
    offer_pair,
    offer_place,
    open_cohort,
    take_up,
)
from alongside.training.models import Application, Cohort, Enrolment, OfferBundle, Question
from tests.support.walking import plain

QUERIES = 16


def own(name: str, token: str, **keys: object) -> str:
    return reverse(f"training:{name}", kwargs={"token": token, **keys})


def courses(client: Client, token: str) -> str:
    return plain(client.get(own("my-courses", token)), token)


def test_somebody_asks_on_their_own_page(client: Client, listed: Cohort, rowan: Person, rowans_link: str):
    """At once, with answers to the group's questions and what they need; no application in between."""
    question = Question.objects.create(cohort=listed, number=1, words="On Thursdays?", needed="yes")
    assert "Group 5" in courses(client, rowans_link)
    address = own("my-course", rowans_link, cohort=listed.pk)
    assert "On Thursdays?" in client.get(address).content.decode()
    assert client.post(address, {f"question_{question.pk}": "no", "needs": "Breaks"}).status_code == 302
    assert Enrolment.objects.get(person=rowan).state == "applied"
    assert rowan.replies.get().differs
    assert rowan.adjustments.get(need="Breaks").share_with == "sessions"
    assert not Application.objects.exists()
    assert Entry.objects.get(verb="ask_for_place").actor_kind == "person"
    assert "You have asked for a place" in courses(client, rowans_link)


def test_by_signing_in_it_is_the_same(
    sign_in: Callable, study: Study, listed: Cohort, carys, as_carys: Client
):
    """A practitioner or trainer who signs in asks on equal terms."""
    person = add_person(by=None, study=study, name="Carys Bowen")
    link_user(by=None, person=person, user=carys)
    address = reverse("training:my-course", kwargs={"study": study.slug, "cohort": listed.pk})
    assert as_carys.post(address, {}).status_code == 302
    assert Enrolment.objects.get(person=person).state == "applied"


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ("enrolled", "You have a place in this group already"),
        ("waiting", "You have asked for a place in this group already"),
        ("applied", "You have asked for a place in this group already"),
    ],
)
def test_asking_twice_changes_nothing(
    client: Client, listed: Cohort, rowan: Person, rowans_link: str, state: str, says: str
):
    """One sentence for whoever has a place, waits, or has asked."""
    place = Enrolment.objects.create(cohort=listed, person=rowan, state=state)
    answer = client.post(own("my-course", rowans_link, cohort=listed.pk), {})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert Enrolment.objects.get() == place
    assert Enrolment.objects.get().state == state


def test_an_open_offer_is_answered_first(client: Client, listed: Cohort, rowan: Person, rowans_link: str):
    """Asking again doesn't take the offer away."""
    offer_place(by=None, cohort=listed, person=rowan)
    answer = client.post(own("my-course", rowans_link, cohort=listed.pk), {})
    assert "You have been offered a place in this group. Please answer that." in answer.content.decode()
    assert Enrolment.objects.get().state == "offered"


@pytest.mark.parametrize("state", ["declined", "left", "lapsed", "turned_down"])
def test_asking_again_is_asking_anew(
    client: Client, listed: Cohort, rowan: Person, rowans_link: str, state: str
):
    """Whoever said no, left, or got none may ask again, and stands behind those who wait."""
    Enrolment.objects.create(cohort=listed, person=rowan, state=state, asked="2026-01-01T10:00Z")
    assert client.post(own("my-course", rowans_link, cohort=listed.pk), {}).status_code == 302
    place = Enrolment.objects.get()
    assert place.state == "applied"
    assert place.asked > timezone.now() - timedelta(minutes=5)


def test_past_its_day_it_is_said(client: Client, listed: Cohort, rowan: Person, rowans_link: str):
    """To whoever has the page open still, in one sentence; to others the group isn't there."""
    address = own("my-course", rowans_link, cohort=listed.pk)
    Enrolment.objects.create(cohort=listed, person=rowan, state="left")
    Cohort.objects.update(apply_until=date(2026, 1, 1))
    answer = client.post(address, {})
    assert answer.status_code == 422
    assert "You could ask for a place in Group 5 until" in answer.content.decode()
    Enrolment.objects.all().delete()
    assert client.get(address).status_code == 404


def test_no_consent_is_looked_at(listed: Cohort, study: Study, consent_texts):
    """Who decided nothing and who stopped everything see and get the same."""
    pages = []
    for name in ("Bea", "Bee"):
        person = add_person(by=None, study=study, name=name)
        token = make_link(by=None, person=person, purpose=AccessGrant.MY_PAGE)
        if name == "Bee":
            for text in consent_texts.values():
                ConsentEvent.objects.create(person=person, text=text, decision="stopped")
        browser = Client()
        pages.append(courses(browser, token))
        assert browser.post(own("my-course", token, cohort=listed.pk), {}).status_code == 302
    assert pages[0] == pages[1]
    assert set(Enrolment.objects.values_list("state", flat=True)) == {"applied"}


def test_a_place_is_given_back_after_being_asked(
    client: Client, group: Cohort, rowan_enrolled: Enrolment, rowans_link: str
):
    """The page says what it means; once done, a second press gets one sentence."""
    address = own("my-leaving", rowans_link, enrolment=rowan_enrolled.pk)
    assert "Your place then goes to somebody else" in client.get(address).content.decode()
    assert Enrolment.objects.get().state == "enrolled"
    assert client.post(address).status_code == 302
    assert Enrolment.objects.get().state == "left"
    again = client.post(address)
    assert again.status_code == 422
    assert "You have given it back already" in again.content.decode()


def test_what_waits_can_be_taken_back(client: Client, group: Cohort, rowan: Person, rowans_link: str):
    """From the list, too, and nobody asks why."""
    place = Enrolment.objects.create(cohort=group, person=rowan, state="waiting")
    assert client.post(own("my-leaving", rowans_link, enrolment=place.pk)).status_code == 302
    assert Enrolment.objects.get().state == "left"


def test_coming_alone_after_two_could_not_be_made(
    client: Client, group: Cohort, rowan: Person, rowans_link: str
):
    """Asked for on one's own page, once; the day they asked on stays."""
    asked = timezone.now() - timedelta(days=9)
    place = Enrolment.objects.create(cohort=group, person=rowan, state="apart", asked=asked)
    assert "Two places could not be made" in courses(client, rowans_link)
    address = own("my-own-way", rowans_link, enrolment=place.pk)
    assert client.post(address).status_code == 302
    place.refresh_from_db()
    assert (place.state, place.asked) == ("applied", asked)
    assert client.post(address).status_code == 422


def test_who_said_yes_to_two_places_is_told_the_same_before_and_after_the_tick(
    client: Client, group: Cohort, rowan: Person, rowan_and_alison: WorkingRelationship, rowans_link: str
):
    """Once the day is over, two places could not be made, and coming alone is one press away at once."""
    offer_pair(by=None, cohort=group, relationship=rowan_and_alison)
    place = answer_offer(by=rowan, enrolment=Enrolment.objects.get(person=rowan), accepts=True)
    OfferBundle.objects.update(
        made=timezone.now() - timedelta(days=9), expires=timezone.now() - timedelta(minutes=1)
    )
    before = courses(client, rowans_link)
    assert "Two places could not be made" in before
    assert "A place was kept for you" not in before
    lapse_offers()
    assert courses(client, rowans_link) == before
    Enrolment.objects.filter(person=rowan).update(state="accepted")
    assert client.post(own("my-own-way", rowans_link, enrolment=place.pk)).status_code == 302
    place.refresh_from_db()
    assert (place.state, place.pair) == ("waiting", None)


def test_nobody_is_told_where_on_the_list_they_stand(
    client: Client, group: Cohort, rowan: Person, rowans_link: str, waits: Callable[..., Enrolment]
):
    """The page is the same, first in line or last."""
    Enrolment.objects.create(cohort=group, person=rowan, state="waiting")
    first = courses(client, rowans_link)
    for number in range(5):
        waits(f"Learner {number}")
    assert courses(client, rowans_link) == first


def test_the_page_takes_the_same_queries_with_many_groups(
    client: Client,
    study: Study,
    listed: Cohort,
    rowan: Person,
    rowans_link: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
):
    """With thirty groups, ten of which the person has to do with."""
    for number in range(30):
        group = open_cohort(by=None, study=study, programme=listed.programme, name=f"Group A{number}")
        group.listed = True
        group.save()
        if number % 3 == 0:
            Enrolment.objects.create(cohort=group, person=rowan, state="waiting")
    with django_assert_max_num_queries(QUERIES):
        assert "Group A29" in courses(client, rowans_link)


def test_whoever_was_taken_up_goes_on_on_their_own_page(client: Client, listed: Cohort):
    """From the public page to one's own: the place that was asked for stands there."""
    application = Application.objects.create(cohort=listed, name="Dilys", email="dilys@example.org")
    person = take_up(by=None, application=application).person
    assert person is not None
    token = make_link(by=None, person=person, purpose=AccessGrant.MY_PAGE)
    assert "You have asked for a place" in courses(client, token)


def test_nobody_asks_along_someone_they_do_not_work_with(
    client: Client, listed: Cohort, rowan: Person, rowans_link: str, rowan_and_alison: WorkingRelationship
):
    """A pair that is made up is refused before anything is kept."""
    address = own("my-course", rowans_link, cohort=listed.pk)
    answer = client.post(address, {"together": "0" * 8 + "-0000-4000-8000-" + "0" * 12})
    assert answer.status_code == 422
    assert not Enrolment.objects.exists()


def test_the_last_day_of_an_offer_is_that_of_the_groups_clocks(
    client: Client, study: Study, group: Cohort, rowan: Person, rowans_link: str
):
    """West of here its last evening is tomorrow already by our clocks, and is still told as that day."""
    Cohort.objects.update(time_zone="America/New_York")
    group.refresh_from_db()
    offer_place(by=None, cohort=group, person=rowan)
    last = timezone.localdate(timezone=group.zone) + timedelta(days=group.offers_for_days)
    page = client.get(reverse("training:my-courses", kwargs={"token": rowans_link})).content.decode()
    assert f"A place is kept for you until {date_format(last, 'l j F')}." in page
