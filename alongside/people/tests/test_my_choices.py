import pytest
from django.test import Client

from alongside.people.actions import make_link
from alongside.people.models import Adjustment, ConsentEvent, Person


@pytest.mark.parametrize(
    ("what", "leads_to"),
    [
        ("people:my-different", "choices/different/"),
        ("people:my-less", "choices/less/"),
        ("stewardship:my-stop", "stop/"),
    ],
)
def test_the_first_step_leads_on_and_changes_nothing(what: str, leads_to: str, my: str):
    """Different, less or stop: a question by GET, answered by the next page."""
    assert Client().get(f"{my}choices/", {"what": what}).headers["Location"] == my + leads_to
    assert not ConsentEvent.objects.exclude(decision="granted").exists()


def test_an_address_made_up_stays_on_the_question(my: str):
    """Only the three ways lead on."""
    answer = Client().get(f"{my}choices/", {"what": "accounts:home"})
    assert answer.status_code == 200


def test_no_reason_is_asked_and_none_needed(my: str):
    """The page says so, and has no box for one."""
    page = Client().get(f"{my}choices/").content.decode()
    assert "You do not have to say why." in page
    assert "<textarea" not in page


def test_what_would_be_better_is_written_down(my: str, rowan: Person):
    """Doing things differently is an adjustment in the person's own words."""
    assert (
        Client()
        .post(
            f"{my}choices/different/",
            {"need": "Ring me instead", "about": "training", "share_with": "nobody"},
        )
        .status_code
        == 302
    )
    assert Adjustment.objects.get(person=rowan).need == "Ring me instead"
    assert Client().post(f"{my}choices/different/", {"need": ""}).status_code == 422


def test_less_offers_what_they_agreed_to_and_leads_to_what_happens(my: str):
    """Ticked purposes go on to the page that says what becomes of each."""
    page = Client().get(f"{my}choices/less/").content.decode()
    assert "An interview" in page
    answer = Client().get(f"{my}choices/less/", {"purpose": ["interview", "archive"]})
    assert answer.headers["Location"] == f"{my}stop/?purpose=interview&purpose=archive"


def test_less_of_nothing_says_so(study):
    """Someone who shares nothing has nothing to do less of."""
    robin = Person.objects.create(study=study, name="Robin")
    token = make_link(by=None, person=robin, purpose="my_page")
    assert "there is nothing to do less of" in Client().get(f"/me/{token}/choices/less/").content.decode()
