from django.test import Client

from alongside.people.models import Person
from alongside.people.queries import permits
from alongside.stewardship.models import Receipt
from tests.support.world import World


def address(person: Person, what: str = "stop/") -> str:
    return f"/s/six-months-on/people/{person.pk}/{what}"


def test_who_rings_up_can_stop_too(as_sunita: Client, rowan: Person, world: World):
    """A data steward reads out what happens, does it, and has a receipt to print."""
    page = as_sunita.get(address(rowan)).content.decode()
    assert "Do not ask why." in page
    assert "Your answers are erased." in page
    sent = {"purpose": ["interview", "questionnaires"]}
    receipt = as_sunita.get(as_sunita.post(address(rowan), sent).headers["Location"]).content.decode()
    assert "Receipt for Rowan" in receipt
    assert not permits(rowan, "interview")
    assert permits(rowan, "archive")
    assert "An interview" in as_sunita.get(address(rowan, "receipts/")).content.decode()


def test_sent_twice_it_says_so(as_hannah: Client, rowan: Person):
    """The second time nothing is left to stop."""
    for _time in range(2):
        answer = as_hannah.post(address(rowan), {"purpose": "archive"}, follow=True)
    assert "There was nothing left to stop." in answer.content.decode()
    assert Receipt.objects.count() == 1


def test_who_works_with_the_person_finds_nothing(as_priya: Client, wren: Person):
    """Not the page, not the receipts, and no way to stop it for them."""
    receipt = Receipt.objects.create(person=wren)
    for what in ("stop/", "receipts/", f"receipts/{receipt.pk}/"):
        assert as_priya.get(address(wren, what)).status_code == 404
    assert as_priya.post(address(wren), {"purpose": "interview"}).status_code == 404
    assert permits(wren, "interview")


def test_a_facilitator_stops_nothing(as_carys: Client, rowan: Person):
    """Only who records consent records its end."""
    assert as_carys.post(address(rowan), {"purpose": "interview"}).status_code == 404
    assert permits(rowan, "interview")
