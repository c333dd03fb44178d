import re

from django.test import Client

from alongside.people.models import AccessGrant, Person
from alongside.people.tokens import digest


def address(person: Person, what: str = "link") -> str:
    return f"/s/six-months-on/people/{person.pk}/{what}/"


def test_the_address_is_shown_once_and_kept_nowhere(as_hannah: Client, rowan: Person):
    """What is stored is a hash; the person's page says only that a link works."""
    page = as_hannah.post(address(rowan)).content.decode()
    found = re.search(r"http://testserver(/me/([\w-]+)/)", page)
    assert found
    assert AccessGrant.objects.get().token_hash == digest(found[2])
    later = as_hannah.get(f"/s/six-months-on/people/{rowan.pk}/").content.decode()
    assert found[2] not in later
    assert "1 link works" in later
    assert "Hello Rowan" in Client().get(found[1]).content.decode()


def test_looking_makes_no_link(as_hannah: Client, rowan: Person):
    """A GET changes nothing."""
    assert as_hannah.get(address(rowan)).status_code == 405
    assert not AccessGrant.objects.exists()


def test_ended_links_lead_nowhere(as_hannah: Client, rowan: Person):
    """All of a person's links end at once."""
    page = as_hannah.post(address(rowan)).content.decode()
    link = re.search(r"/me/[\w-]+/", page)
    assert link
    assert as_hannah.post(address(rowan, "links/revoke")).status_code == 302
    assert Client().get(link[0]).status_code == 404


def test_who_works_with_the_person_can_make_no_link_to_their_page(as_priya: Client, wren: Person):
    """It would show them what Wren decided."""
    assert as_priya.post(address(wren)).status_code == 404
    assert as_priya.post(address(wren, "links/revoke")).status_code == 404
    assert not AccessGrant.objects.exists()


def test_a_facilitator_can_make_no_link(as_carys: Client, rowan: Person):
    """Nor can a role that records no consent."""
    assert as_carys.post(address(rowan)).status_code == 404
