import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from alongside.accounts.models import Study, User
from alongside.people.actions import (
    link_user,
    make_link,
    make_participant,
    record_consent,
    record_relationship,
)
from alongside.people.models import ConsentText, Participant, Person, WorkingRelationship


def address(person: Person) -> str:
    return f"/s/six-months-on/people/{person.pk}/"


def without_tokens(content: bytes) -> str:
    """A page without what Django makes anew for each request."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", content.decode())
    return re.sub(r'"X-CSRFToken": "\w+"', "", page)


def test_the_coordinator_sees_what_is_on_record(
    as_hannah: Client,
    rowan: Person,
    rowan_as_participant: Participant,
    rowan_and_alison: WorkingRelationship,
):
    """Contact, descriptions, working relationships, decisions with their exact words, and the code."""
    page = as_hannah.get(address(rowan)).content.decode()
    for words in (
        "rowan@example.org",
        "Person who uses services",
        "Alison: not yet",
        "I agree: An interview.",
        "P01",
    ):
        assert words in page


def test_who_works_with_the_person_is_shown_no_decisions_and_no_code(
    as_priya: Client, wren: Person, wren_as_participant: Participant, rowan: Person, rowan_as_participant
):
    """Priya, who works with Wren, gets the same one sentence; of Rowan she sees all that her roles allow."""
    page = as_priya.get(address(wren)).content.decode()
    assert "You work with Wren, so this part is kept from you." in page
    for words in ("I agree:", "P03", "Participant code", "Their own page", "Wren: not yet"):
        assert words not in page
    page = as_priya.get(address(rowan)).content.decode()
    assert "I agree: An interview." in page
    assert "P01" in page


def test_the_page_is_the_same_whatever_is_recorded(
    as_priya: Client, study: Study, priya: User, consent_texts: dict[str, ConsentText], rowan: Person
):
    """For Priya, a person without a decision or a code looks like one who stopped everything."""
    robin = Person.objects.create(study=study, name="Robin")
    herself = Person.objects.get(user=priya)
    record_relationship(by=None, one=herself, other=robin, started=date(2025, 1, 1))
    before = as_priya.get(address(robin))
    for text in consent_texts.values():
        record_consent(by=None, person=robin, text=text, decision="granted")
        record_consent(by=None, person=robin, text=text, decision="stopped")
    make_participant(by=None, person=robin)
    make_link(by=None, person=robin, purpose="my_page")
    after = as_priya.get(address(robin))
    assert without_tokens(before.content) == without_tokens(after.content)


def test_the_barrier_stays_when_the_relationship_has_ended(as_priya: Client, wren: Person):
    """Had is as good as have."""
    WorkingRelationship.objects.update(ended=date(2026, 6, 1))
    assert "You work with Wren" in as_priya.get(address(wren)).content.decode()


def test_a_person_of_another_study_is_not_here(as_stranger: Client, as_hannah: Client, rowan: Person):
    """The door opens to people of the study one came in by."""
    assert as_stranger.get(address(rowan)).status_code == 404
    assert as_stranger.get(address(rowan).replace("six-months-on", "elsewhere")).status_code == 404


def test_an_account_is_linked_to_a_person_once(rowan: Person, hannah: User, sunita: User):
    """Another account in its place would leave the first one outside the firewall."""
    link_user(by=None, person=rowan, user=hannah)
    link_user(by=None, person=rowan, user=hannah)
    with pytest.raises(ValidationError, match="another account"):
        link_user(by=None, person=rowan, user=sunita)
    rowan.refresh_from_db()
    assert rowan.user == hannah
