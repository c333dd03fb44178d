"""Two who work together, asked for on the page of one of them and answered on the other's."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.people.actions import deny_relationship, make_link, record_relationship
from alongside.people.models import AccessGrant, Person, WorkingRelationship
from alongside.training.actions import ask_for_place, lapse_offers, leave_cohort, offer_pair
from alongside.training.models import Cohort, Enrolment, PairAsked
from alongside.training.queries.reminders import due


@pytest.fixture
def alisons_link(alison: Person) -> str:
    return make_link(by=None, person=alison, purpose=AccessGrant.MY_PAGE)


@pytest.fixture
def asked(
    client: Client, listed: Cohort, rowans_link: str, rowan_and_alison: WorkingRelationship
) -> PairAsked:
    """Rowan asked for two, for herself and for Alison."""
    address = reverse("training:my-course", kwargs={"token": rowans_link, "cohort": listed.pk})
    assert "Alison and me" in client.get(address).content.decode()
    assert client.post(address, {"together": rowan_and_alison.pk}).status_code == 302
    return PairAsked.objects.get()


def says(client: Client, token: str, asked: PairAsked, word: str) -> int:
    address = reverse("training:my-pair-answer", kwargs={"token": token, "pair": asked.pk})
    return client.post(address, {"accepts": word}).status_code


def states() -> dict[str, tuple[str, bool]]:
    rows = Enrolment.objects.values_list("person__name", "state", "pair")
    return {name: (state, pair is not None) for name, state, pair in rows}


def courses(client: Client, token: str) -> str:
    return client.get(reverse("training:my-courses", kwargs={"token": token})).content.decode()


def test_a_yes_puts_both_in_line_as_one(client: Client, asked: PairAsked, alisons_link: str, rowan: Person):
    """Since the moment the first asked."""
    assert states() == {"Rowan": ("applied", True)}
    assert "Rowan would like to come with you" in courses(client, alisons_link)
    assert says(client, alisons_link, asked, "yes") == 302
    assert states() == {"Rowan": ("applied", True), "Alison": ("applied", True)}
    assert len(set(Enrolment.objects.values_list("asked", flat=True))) == 1


def test_a_no_tells_the_first_one_thing_only(
    client: Client, asked: PairAsked, alisons_link: str, rowans_link: str
):
    """Neither who said it nor why; the other is asked nothing more."""
    assert says(client, alisons_link, asked, "no") == 302
    assert states() == {"Rowan": ("apart", False)}
    page = courses(client, rowans_link)
    assert "Two places could not be made" in page
    assert "Alison" not in page
    assert "would like to come with you" not in courses(client, alisons_link)
    assert says(client, alisons_link, asked, "yes") == 422


def test_silence_looks_like_a_no(client: Client, asked: PairAsked, alisons_link: str, rowans_link: str):
    """After its time the first reads the same sentence, and the other can't answer any more."""
    before = courses(client, alisons_link)
    PairAsked.objects.update(answer_until=timezone.now() - timedelta(minutes=1))
    assert says(client, alisons_link, asked, "yes") == 422
    assert lapse_offers().questions == 1
    assert lapse_offers().questions == 0
    assert states() == {"Rowan": ("apart", False)}
    assert "Two places could not be made" in courses(client, rowans_link)
    assert "would like to come with you" in before
    assert "would like to come with you" not in courses(client, alisons_link)


def test_who_has_a_place_already_keeps_it_and_nobody_learns_of_it(
    client: Client, listed: Cohort, asked: PairAsked, alisons_link: str, alison: Person
):
    """A yes of someone who has a place leaves the other waiting for theirs."""
    Enrolment.objects.create(cohort=listed, person=alison, state="enrolled")
    assert says(client, alisons_link, asked, "yes") == 302
    assert states() == {"Rowan": ("applied", False), "Alison": ("enrolled", False)}


def test_taken_back_by_the_first_nobody_is_asked_any_more(
    client: Client, asked: PairAsked, alisons_link: str, rowan: Person
):
    """The other's page no longer asks."""
    leave_cohort(by=rowan, enrolment=Enrolment.objects.get(person=rowan))
    assert "would like to come with you" not in courses(client, alisons_link)
    assert says(client, alisons_link, asked, "yes") == 422


def test_a_pair_that_ended_meanwhile_comes_to_nothing(
    client: Client, asked: PairAsked, alisons_link: str, alison: Person, rowan_and_alison: WorkingRelationship
):
    """Who said that they don't work together any more is asked nothing, and the first waits as for anyone."""
    deny_relationship(by=alison, relationship=rowan_and_alison, person=alison)
    assert "would like to come with you" not in courses(client, alisons_link)
    assert says(client, alisons_link, asked, "yes") == 422
    assert states() == {"Rowan": ("applied", True)}


def test_an_ended_pair_is_answered_alike(
    listed: Cohort,
    rowan: Person,
    alison: Person,
    rowan_and_alison: WorkingRelationship,
    client: Client,
    rowans_link: str,
):
    """That the other ended it isn't told: the first can still choose them, and reads one sentence."""
    deny_relationship(by=alison, relationship=rowan_and_alison, person=alison)
    address = reverse("training:my-course", kwargs={"token": rowans_link, "cohort": listed.pk})
    answer = client.post(address, {"together": rowan_and_alison.pk})
    assert answer.status_code == 302
    assert Enrolment.objects.get().state == "applied"
    PairAsked.objects.update(answer_until=timezone.now() - timedelta(minutes=1))
    lapse_offers()
    assert states() == {"Rowan": ("apart", False)}


def test_an_offer_of_two_places_is_the_one_question(
    client: Client, listed: Cohort, asked: PairAsked, alisons_link: str, rowan_and_alison: WorkingRelationship
):
    """A coordinator offers both places before Alison answers: she gets the offer, and no other card or
    letter."""
    offer_pair(by=None, cohort=listed, relationship=rowan_and_alison)
    assert "would like to come with you" not in courses(client, alisons_link)
    assert {
        each.kind for each in due(timezone.now() + timedelta(hours=2)) if each.person == asked.other_id
    } == {"offer"}
    assert says(client, alisons_link, asked, "no") == 422
    assert states() == {"Rowan": ("offered", True), "Alison": ("offered", True)}


def test_a_pair_of_others_is_nobodys_to_answer(
    client: Client, asked: PairAsked, rowans_link: str, wren: Person
):
    """Neither the one who asked nor a third opens the other's answer."""
    wrens = make_link(by=None, person=wren, purpose=AccessGrant.MY_PAGE)
    assert says(client, rowans_link, asked, "yes") == 404
    assert says(client, wrens, asked, "yes") == 404


def test_both_may_ask_for_each_other(
    client: Client, listed: Cohort, asked: PairAsked, alison: Person, rowan_and_alison: WorkingRelationship
):
    """Alison asks for both as well, before she answers: a yes to either makes them one in line."""
    ask_for_place(by=alison, cohort=listed, person=alison, together=rowan_and_alison)
    assert states() == {"Rowan": ("applied", True), "Alison": ("applied", True)}
    assert PairAsked.objects.get().answer == "yes"


def test_whom_the_second_had_asked_themselves_may_come_alone(
    client: Client, listed: Cohort, asked: PairAsked, alisons_link: str, alison: Person, wren: Person
):
    """Alison had asked for two with Wren, and says yes to Rowan: what she asked Wren is over."""
    before = record_relationship(by=None, one=alison, other=wren, started=timezone.localdate())
    ask_for_place(by=alison, cohort=listed, person=alison, together=before)
    assert says(client, alisons_link, asked, "yes") == 302
    assert states() == {"Rowan": ("applied", True), "Alison": ("applied", True)}
    assert set(Enrolment.objects.values_list("pair", flat=True)) == {asked.pair_id}
    assert PairAsked.objects.get(by=alison).answer == "lapsed"
