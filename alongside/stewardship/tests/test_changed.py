from datetime import timedelta

from django.test import Client
from django.utils import timezone

from alongside.people.models import Person
from alongside.stewardship.models import Receipt
from alongside.stewardship.withdrawal import stop

PAGE = "/s/six-months-on/stewardship/changed"


def test_the_team_learns_how_many_and_not_who(as_hannah: Client, rowan: Person, alison: Person):
    """A count of people, however often each changed something."""
    assert as_hannah.get(PAGE).content.strip() == b""
    stop(by=rowan, person=rowan, purposes=["archive"])
    stop(by=rowan, person=rowan, purposes=["recontact"])
    one = as_hannah.get(PAGE).content.decode()
    assert "One person has changed what they share" in one
    assert "Rowan" not in one
    stop(by=alison, person=alison)
    assert "2 people have changed what they share" in as_hannah.get(PAGE).content.decode()


def test_it_is_news_for_a_fortnight(as_hannah: Client, rowan: Person):
    """Then it is no longer something to be told."""
    stop(by=rowan, person=rowan)
    Receipt.objects.update(at=timezone.now() - timedelta(days=15))
    assert as_hannah.get(PAGE).content.strip() == b""


def test_who_works_with_the_person_is_told_the_same_as_before(as_priya: Client, wren: Person):
    """A stop is invisible to the other half of the pair, as a count too."""
    before = as_priya.get(PAGE).content
    stop(by=wren, person=wren)
    assert as_priya.get(PAGE).content == before


def test_other_roles_find_nothing(as_hilary: Client, rowan: Person):
    """Who may not see people isn't told how many changed."""
    assert as_hilary.get(PAGE).status_code == 404
