import pytest
from django.test import Client

from alongside.people.actions import make_link
from alongside.people.models import ConsentEvent, Participant, Person
from alongside.people.queries import permits
from alongside.stewardship.models import Receipt
from tests.support.world import World


@pytest.fixture
def my(rowan: Person) -> str:
    return f"/me/{make_link(by=None, person=rowan, purpose='my_page')}/"


def test_looking_at_what_happens_changes_nothing(my: str, rowan: Person, world: World):
    """The preview says what becomes of each thing, and nothing has become of it yet."""
    page = Client().get(f"{my}stop/").content.decode()
    assert "What was written down from yours is erased" in page
    assert "is called off." in page
    assert "cannot be called back" in page
    assert not ConsentEvent.objects.filter(decision="stopped").exists()


def test_three_steps_lead_to_a_receipt(my: str, rowan: Person, world: World):
    """Choose, look, confirm: without a reason, a code or a script."""
    browser = Client()
    look = browser.get(f"{my}choices/", {"what": "stewardship:my-stop"}).headers["Location"]
    page = browser.get(look).content.decode()
    sent = [part.split('"')[0] for part in page.split('name="purpose" value="')[1:]]
    done = browser.post(look, {"purpose": sent})
    assert not permits(rowan, "interview")
    receipt = browser.get(done.headers["Location"]).content.decode()
    assert "It is done" in receipt
    assert "Your answers are erased." in receipt
    assert "What was done" in receipt


def test_only_what_was_named_stops(my: str, rowan: Person):
    """An address that names one purpose shows and stops that one."""
    look = f"{my}stop/?purpose=archive"
    page = Client().get(look).content.decode()
    assert "What you said is not kept for other researchers." in page
    assert "Your answers are erased." not in page
    Client().post(look, {"purpose": "archive"})
    assert not permits(rowan, "archive")
    assert permits(rowan, "interview")


def test_sent_twice_it_says_so(my: str, rowan: Person):
    """The second time there is nothing left to stop, and one receipt stays one."""
    browser = Client()
    for _time in range(2):
        answer = browser.post(f"{my}stop/", {"purpose": ["archive"]}, follow=True)
    assert "There was nothing left to stop." in answer.content.decode()
    assert Receipt.objects.count() == 1


@pytest.mark.parametrize("sent", [{"x": "1"}, {"purpose": "shopping"}])
def test_a_form_that_names_nothing_stops_nothing(sent: dict, my: str, rowan: Person):
    """Everything is stopped only by a form that names everything."""
    Client().post(f"{my}stop/", sent)
    assert permits(rowan, "interview")


def test_nothing_to_stop_is_said(my: str, rowan: Person):
    """Whoever shares nothing is told so and has no button."""
    Client().post(f"{my}stop/", {"purpose": [str(e.text.purpose) for e in ConsentEvent.objects.all()]})
    page = Client().get(f"{my}stop/").content.decode()
    assert "there is nothing to stop" in page
    assert "Yes, do this" not in page


def test_receipts_are_the_persons_own(
    my: str, rowan: Person, alison: Person, rowan_as_participant: Participant
):
    """They are listed on one's own page, and nobody else's link opens them."""
    Client().post(f"{my}stop/", {"purpose": "archive"})
    receipt = Receipt.objects.get()
    assert "Keeping what I said" in Client().get(f"{my}receipts/").content.decode()
    alisons = f"/me/{make_link(by=None, person=alison, purpose='my_page')}/"
    assert Client().get(f"{alisons}receipts/{receipt.pk}/").status_code == 404
    assert "You have not stopped anything." in Client().get(f"{alisons}receipts/").content.decode()
