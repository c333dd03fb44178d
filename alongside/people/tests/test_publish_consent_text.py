import hashlib

from django.test import Client

from alongside.people.models import ConsentText, Person
from alongside.people.queries import permits

PAGE = "/s/six-months-on/people/consent-texts/publish/"
NEW = {
    "purpose": "interview",
    "language": "en-gb",
    "wording": "We would like to talk with you.",
    "on_stop": "anonymise",
}


def test_new_words_are_a_new_version(as_hannah: Client, consent_texts: dict[str, ConsentText], rowan: Person):
    """Earlier words stand with what was decided about them, and both are on the page."""
    assert as_hannah.post(PAGE, NEW).status_code == 302
    text = ConsentText.objects.get(purpose="interview", version=2)
    assert text.sha256 == hashlib.sha256(NEW["wording"].encode()).hexdigest()
    assert permits(rowan, "interview")
    page = as_hannah.get("/s/six-months-on/people/consent-texts/").content.decode()
    assert "We would like to talk with you." in page
    assert "I agree: An interview." in page
    assert "Earlier words" in page


def test_the_form_starts_from_the_words_in_force(as_hannah: Client, consent_texts: dict[str, ConsentText]):
    """Changing a sentence doesn't mean typing all of it again."""
    assert "I agree: An interview." in as_hannah.get(PAGE, {"purpose": "interview"}).content.decode()


def test_words_without_words_are_refused(as_hannah: Client, study):
    """A text that says nothing is no text."""
    assert as_hannah.post(PAGE, {**NEW, "wording": "  "}).status_code == 422
    assert not ConsentText.objects.exists()


def test_only_who_manages_the_study_publishes(as_sunita: Client, study):
    """A data steward reads the texts and doesn't write them."""
    assert as_sunita.get("/s/six-months-on/people/consent-texts/").status_code == 200
    assert as_sunita.post(PAGE, NEW).status_code == 404
    assert not ConsentText.objects.exists()
