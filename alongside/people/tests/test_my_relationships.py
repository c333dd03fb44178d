from datetime import date

import pytest
from django.test import Client

from alongside.accounts.models import User
from alongside.audit.models import Entry
from alongside.people.actions import (
    confirm_relationship,
    deny_relationship,
    end_relationship,
    link_user,
    make_link,
    record_relationship,
)
from alongside.people.models import Barrier, Participant, Person, WorkingRelationship


@pytest.fixture
def alisons(alison: Person) -> str:
    return f"/me/{make_link(by=None, person=alison, purpose='my_page')}/"


def body(address: str) -> str:
    return Client().get(f"{address}together/").content.decode().split("<main")[1].split("</main")[0]


def yes(address: str, relationship: WorkingRelationship):
    return Client().post(f"{address}together/{relationship.pk}/yes/", follow=True)


def no(address: str, relationship: WorkingRelationship):
    return Client().post(f"{address}together/{relationship.pk}/no/", follow=True)


def test_each_half_sees_what_was_written_down(my: str, alisons: str, rowan_and_alison: WorkingRelationship):
    """With the day since when; whoever has nobody written down is told so."""
    assert "You and Alison work together" in body(my)
    assert "Since 1 May 2022." in body(my)
    assert "You and Rowan work together" in body(alisons)
    WorkingRelationship.objects.all().delete()
    assert "Nobody is written down." in body(my)


def test_a_half_confirms_for_itself(my: str, alisons: str, rowan_and_alison: WorkingRelationship):
    """One's own yes is shown to oneself; the other one's page stays as it was, to the letter."""
    before = body(alisons)
    assert "You said that it is so" in yes(my, rowan_and_alison).content.decode()
    rowan_and_alison.refresh_from_db()
    assert rowan_and_alison.first_confirmed or rowan_and_alison.second_confirmed
    plain = body(alisons)
    assert _untokened(plain) == _untokened(before)


def _untokened(page: str) -> str:
    return "".join(part.split('"', 1)[-1] for part in page.split('name="csrfmiddlewaretoken" value="'))


def test_before_it_ends_the_page_says_what_goes(my: str, rowan_and_alison: WorkingRelationship):
    """Looking ends nothing; the sentence names the other one and what goes on."""
    page = Client().get(f"{my}together/{rowan_and_alison.pk}/no/").content.decode()
    assert "It is not written down any more that you and Alison work together." in page
    assert "Your place in the training stays yours." in page
    rowan_and_alison.refresh_from_db()
    assert rowan_and_alison.is_open


def test_a_half_ends_it_and_the_other_sees_nothing_of_it(
    my: str, alisons: str, rowan_and_alison: WorkingRelationship
):
    """It is off one's own page; the other's page, and what they can do there, is as before."""
    before = body(alisons)
    assert "Nobody is told that you said so." in no(my, rowan_and_alison).content.decode()
    rowan_and_alison.refresh_from_db()
    assert not rowan_and_alison.is_open
    assert "Alison" not in body(my)
    assert _untokened(body(alisons)) == _untokened(before)
    assert "You said that it is so" in yes(alisons, rowan_and_alison).content.decode()
    assert "Nobody is told that you said so." in no(alisons, rowan_and_alison).content.decode()


def test_an_end_by_the_team_is_not_to_be_read_there(
    my: str, hannah: User, rowan_and_alison: WorkingRelationship
):
    """The team may end it because the other half asked: the page must not tell."""
    before = body(my)
    end_relationship(by=hannah, relationship=rowan_and_alison, ended=date(2026, 11, 1))
    assert _untokened(body(my)) == _untokened(before)


def test_written_down_anew_it_is_shown_anew(
    my: str, rowan: Person, alison: Person, rowan_and_alison: WorkingRelationship
):
    """Two who work together again have one line, with the newer day, and one no takes off all of it."""
    deny_relationship(by=alison, relationship=rowan_and_alison, person=alison)
    record_relationship(by=None, one=rowan, other=alison, started=date(2026, 9, 1))
    assert body(my).count("work together</h2>") == 1
    assert "Since 1 September 2026." in body(my)
    no(my, WorkingRelationship.objects.get(ended=None))
    assert "Nobody is written down." in body(my)


def test_the_firewall_stays(
    my: str, rowan: Person, alison: Person, fern: User, rowan_as_participant: Participant,
    rowan_and_alison: WorkingRelationship,
):  # fmt: skip
    """Who worked with someone goes on seeing nothing of them."""
    link_user(by=None, person=alison, user=fern)
    no(my, rowan_and_alison)
    assert Barrier.objects.filter(user=fern, participant=rowan_as_participant).exists()


def test_said_twice_it_is_done_once(my: str, rowan_and_alison: WorkingRelationship):
    """The second time one sentence says so, and nothing is written."""
    no(my, rowan_and_alison)
    assert "You have told us this already. Nothing changed." in no(my, rowan_and_alison).content.decode()
    assert Entry.objects.filter(verb="deny_relationship").count() == 1
    assert (
        "You have told us this already."
        in Client().get(f"{my}together/{rowan_and_alison.pk}/no/").content.decode()
    )


def test_nobody_answers_for_two_others(rowan_and_alison: WorkingRelationship, wren: Person):
    """Someone else's working relationship isn't there."""
    wrens = f"/me/{make_link(by=None, person=wren, purpose='my_page')}/"
    assert yes(wrens, rowan_and_alison).status_code == 404
    assert no(wrens, rowan_and_alison).status_code == 404
    assert Client().get(f"{wrens}together/{rowan_and_alison.pk}/no/").status_code == 404
    with pytest.raises(Exception, match="Only one of the two"):
        deny_relationship(by=wren, relationship=rowan_and_alison, person=wren)
    with pytest.raises(Exception, match="Only one of the two"):
        confirm_relationship(by=wren, relationship=rowan_and_alison, person=wren)


def test_looking_at_yes_says_nothing(my: str, rowan_and_alison: WorkingRelationship):
    """A yes is sent, never only opened."""
    assert Client().get(f"{my}together/{rowan_and_alison.pk}/yes/").status_code == 405
