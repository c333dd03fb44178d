import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from alongside.accounts.models import User
from alongside.people.actions import confirm_relationship
from alongside.people.models import Person, WorkingRelationship


def address(pair: WorkingRelationship) -> str:
    return f"/s/six-months-on/people/relationships/{pair.pk}/confirm/"


def test_each_half_says_it_for_themselves(
    as_hannah: Client, rowan: Person, alison: Person, rowan_and_alison: WorkingRelationship
):
    """One half's word is not the other's; once both have said it, nothing waits."""
    todo = "/s/six-months-on/people/todo"
    assert "One working relationship waits for a word" in as_hannah.get(todo).content.decode()
    assert as_hannah.post(address(rowan_and_alison), {"person": str(rowan.pk)}).status_code == 302
    rowan_and_alison.refresh_from_db()
    assert rowan_and_alison.confirmed_by(rowan)
    assert not rowan_and_alison.confirmed_by(alison)
    as_hannah.post(address(rowan_and_alison), {"person": str(alison.pk)})
    assert "waits for a word" not in as_hannah.get(todo).content.decode()


def test_only_one_of_the_two_can(as_hannah: Client, wren: Person, rowan_and_alison: WorkingRelationship):
    """A third person can't say that two others work together."""
    assert as_hannah.post(address(rowan_and_alison), {"person": str(wren.pk)}).status_code == 422
    with pytest.raises(ValidationError, match="one of the two"):
        confirm_relationship(by=None, relationship=rowan_and_alison, person=wren)


def test_a_half_sees_its_own_word_alone(as_priya: Client, priya: User, wren: Person):
    """Priya may record her own word, and neither sees nor records whether Wren gave theirs."""
    pair = WorkingRelationship.objects.get()
    page = as_priya.get("/s/six-months-on/people/relationships/").content.decode()
    assert "Wren: kept from you, since you work with them" in page
    assert as_priya.post(address(pair), {"person": str(wren.pk)}).status_code == 422
    before = as_priya.get("/s/six-months-on/people/todo").content
    confirm_relationship(by=None, relationship=pair, person=wren)
    assert as_priya.get("/s/six-months-on/people/todo").content == before
    herself = Person.objects.get(user=priya)
    assert as_priya.post(address(pair), {"person": str(herself.pk)}).status_code == 302


def test_who_may_not_keep_people_finds_nothing(
    as_sunita: Client, rowan: Person, rowan_and_alison: WorkingRelationship
):
    """A data steward records no confirmations."""
    assert as_sunita.post(address(rowan_and_alison), {"person": str(rowan.pk)}).status_code == 404
