"""What others see of somebody who was erased: nothing that tells it."""

import pytest
from django.test import Client

from alongside.accounts.models import Study, User
from alongside.people.actions import make_link
from alongside.people.models import (
    Participant,
    Person,
    WorkingRelationship,
)
from alongside.people.queries import working_with, works_with
from alongside.people.tests.test_person import without_tokens
from alongside.stewardship.erasure import NOBODY_NOW, answer_erasure, ask_erasure
from alongside.stewardship.held import KINDS, copy_for
from alongside.stewardship.models import ErasureRequest
from tests.support.world import World

LIST = "/s/six-months-on/stewardship/erasure/"


@pytest.fixture
def asked(rowan: Person, world: World) -> ErasureRequest:
    ErasureRequest.objects.all().delete()
    return ask_erasure(by=rowan, person=rowan)


def test_nobody_stands_in_the_list_of_people_for_them(
    rowan: Person, asked: ErasureRequest, sunita: User, as_hannah: Client
):
    """Neither a line nor a number is left of whoever was erased."""
    before = as_hannah.get("/s/six-months-on/people/").context["page"].paginator.count
    answer_erasure(by=sunita, request=asked, state="done")
    listed = as_hannah.get("/s/six-months-on/people/")
    assert listed.context["page"].paginator.count == before - 1
    assert NOBODY_NOW not in listed.content.decode()


def test_whom_they_work_with_is_shown_no_erased_one(
    rowan: Person, alison: Person, rowan_and_alison: WorkingRelationship, asked: ErasureRequest, sunita: User
):
    """Neither on their page nor in their copy does a word stand in place of a name, as if nobody had been."""
    theirs = f"/me/{make_link(by=None, person=alison, purpose='my_page')}/together/"
    assert "You and Rowan work together" in Client().get(theirs).content.decode()
    answer_erasure(by=sunita, request=asked, state="done")
    after = without_tokens(Client().get(theirs).content)
    assert NOBODY_NOW not in after
    assert NOBODY_NOW not in str(copy_for(alison, KINDS).sections)
    assert Client().get(f"{theirs}{rowan_and_alison.pk}/no/").status_code == 404
    rowan_and_alison.delete()
    assert without_tokens(Client().get(theirs).content) == after


def test_a_member_they_work_with_is_shown_no_erased_one_and_stays_barred(
    as_priya: Client, priya: User, study: Study, wren: Person, wren_as_participant: Participant, sunita: User
):
    """In the team’s list of who works with whom neither; the firewall goes by what is kept for it."""
    url = "/s/six-months-on/people/relationships/"
    assert "Wren" in as_priya.get(url).content.decode()
    answer_erasure(by=sunita, request=ask_erasure(by=wren, person=wren), state="done")
    listed = as_priya.get(url)
    assert listed.status_code == 200
    assert NOBODY_NOW not in listed.content.decode()
    assert NOBODY_NOW not in as_priya.get("/s/six-months-on/people/").content.decode()
    assert wren.pk in working_with(priya, study)
    assert works_with(priya, wren_as_participant)
