import pytest
from django.test import Client

from alongside.accounts.models import Study
from alongside.audit.models import Entry
from alongside.people.actions import make_link, publish_consent_text
from alongside.people.models import ConsentEvent, ConsentText, Person
from alongside.people.queries import permits


@pytest.fixture
def robin(study: Study, consent_texts: dict[str, ConsentText]) -> Person:
    """Has decided nothing yet."""
    return Person.objects.create(study=study, name="Robin")


@pytest.fixture
def robins(robin: Person) -> str:
    return f"/me/{make_link(by=None, person=robin, purpose='my_page')}/decision/interview/"


def test_a_person_says_yes_to_the_words_on_the_page(
    robins: str, robin: Person, consent_texts: dict[str, ConsentText]
):
    """The exact words are there, nothing is chosen beforehand, and the audit says who did it."""
    page = Client().get(robins).content.decode()
    assert "I agree: An interview." in page
    assert "checked" not in page
    sent = {"text": str(consent_texts["interview"].pk), "decision": "granted"}
    assert Client().post(robins, sent).status_code == 302
    assert permits(robin, "interview")
    entry = Entry.objects.get(verb="record_consent")
    assert (entry.actor_kind, entry.actor) == ("person", robin.pk)


def test_a_first_no_is_a_decision(robins: str, robin: Person, consent_texts: dict[str, ConsentText]):
    """Declining is recorded at once: there is nothing to take back."""
    sent = {"text": str(consent_texts["interview"].pk), "decision": "declined"}
    assert Client().post(robins, sent).status_code == 302
    assert ConsentEvent.objects.get(person=robin).decision == "declined"


def test_a_no_after_a_yes_shows_what_happens_first(my: str, consent_texts: dict[str, ConsentText]):
    """Taking back leads to the page that says what becomes of what was given."""
    sent = {"text": str(consent_texts["interview"].pk), "decision": "declined"}
    answer = Client().post(f"{my}decision/interview/", sent)
    assert answer.headers["Location"] == f"{my}stop/?purpose=interview"
    assert not ConsentEvent.objects.exclude(decision="granted").exists()


def test_words_replaced_meanwhile_are_shown_before_a_yes_counts(
    robins: str, robin: Person, study: Study, consent_texts: dict[str, ConsentText]
):
    """A yes to the words of a page left open is not taken; the page comes back with the newer ones."""
    newer = publish_consent_text(by=None, study=study, purpose="interview", wording="Newer.", on_stop="erase")
    sent = {"text": str(consent_texts["interview"].pk), "decision": "granted"}
    answer = Client().post(robins, sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Newer." in page
    assert "Please read those, then choose." in page
    assert str(newer.pk) in page
    assert not permits(robin, "interview")


@pytest.mark.parametrize("sent", [{"decision": "granted"}, {"text": "x", "decision": "granted"}])
def test_a_form_cut_short_changes_nothing(sent: dict, robins: str, robin: Person):
    """A form without its words, or with mangled ones, is no decision."""
    assert Client().post(robins, sent).status_code == 422
    assert not ConsentEvent.objects.filter(person=robin).exists()


def test_a_purpose_that_is_not_asked_is_not_here(my: str):
    """An address with a made-up purpose leads nowhere."""
    assert Client().get(f"{my}decision/shopping/").status_code == 404


def test_everything_chosen_is_listed_with_dates_and_words(my: str):
    """The history names each decision, its day and the version of its words."""
    page = Client().get(f"{my}history/").content.decode()
    assert "An interview: Yes" in page
    assert "2 April 2026" in page
    assert "The exact words, version 1" in page
