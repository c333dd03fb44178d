from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from alongside.accounts.models import Study
from alongside.people.actions import publish_consent_text
from alongside.people.models import ConsentEvent, ConsentText, Person
from alongside.people.queries import permits


@pytest.fixture
def robin(study: Study, consent_texts: dict[str, ConsentText]) -> Person:
    """Has decided nothing yet."""
    return Person.objects.create(study=study, name="Robin")


def address(person: Person, purpose: str = "interview") -> str:
    return f"/s/six-months-on/people/{person.pk}/consent/{purpose}/"


def said(text: ConsentText, decision: str = "granted", days_ago: int = 0) -> dict[str, str]:
    day = timezone.localdate() - timedelta(days=days_ago)
    return {"decision": decision, "at": day.isoformat(), "text": str(text.pk)}


def test_a_decision_on_paper_is_recorded_with_its_words_and_day(
    as_sunita: Client, robin: Person, consent_texts: dict[str, ConsentText]
):
    """A data steward enters what somebody signed three days ago; the gate is open from then."""
    assert as_sunita.post(address(robin), said(consent_texts["interview"], days_ago=3)).status_code == 302
    event = ConsentEvent.objects.get(person=robin)
    assert event.text == consent_texts["interview"]
    assert event.at.date() == timezone.localdate() - timedelta(days=3)
    assert permits(robin, "interview")


def test_earlier_words_may_have_been_signed_and_not_today(
    as_hannah: Client, study: Study, robin: Person, consent_texts: dict[str, ConsentText]
):
    """Paper of last week may carry last week's words; a yes given today is a yes to today's."""
    old = consent_texts["interview"]
    publish_consent_text(by=None, study=study, purpose="interview", wording="Newer.", on_stop="erase")
    answer = as_hannah.post(address(robin), said(old))
    assert answer.status_code == 422
    assert "replaced by newer ones" in answer.content.decode()
    assert as_hannah.post(address(robin), said(old, days_ago=7)).status_code == 302


def test_a_day_to_come_is_refused(as_hannah: Client, robin: Person, consent_texts: dict[str, ConsentText]):
    """Nobody has decided tomorrow."""
    answer = as_hannah.post(address(robin), said(consent_texts["interview"], days_ago=-1))
    assert answer.status_code == 422
    assert "future" in answer.content.decode()
    assert not ConsentEvent.objects.filter(person=robin).exists()


def test_taking_back_a_yes_leads_to_what_stopping_does(
    as_hannah: Client, rowan: Person, consent_texts: dict[str, ConsentText]
):
    """A no after a yes is a stop: it is shown first what happens, and nothing is recorded yet."""
    count = ConsentEvent.objects.count()
    answer = as_hannah.post(address(rowan), said(consent_texts["interview"], "declined"))
    assert answer.headers["Location"] == f"/s/six-months-on/people/{rowan.pk}/stop/?purpose=interview"
    assert ConsentEvent.objects.count() == count


def test_a_purpose_without_words_is_not_here(as_hannah: Client, robin: Person):
    """Nobody can agree to what has no text."""
    assert as_hannah.get(address(robin, "shopping")).status_code == 404


def test_who_works_with_the_person_records_nothing_of_them(
    as_priya: Client, wren: Person, consent_texts: dict[str, ConsentText]
):
    """The page and the post are the same nothing as for a person who isn't there."""
    assert as_priya.get(address(wren)).status_code == 404
    assert as_priya.post(address(wren), said(consent_texts["interview"])).status_code == 404


def test_a_facilitator_records_no_decisions(
    as_carys: Client, robin: Person, consent_texts: dict[str, ConsentText]
):
    """Whoever leads sessions doesn't learn of consents."""
    assert as_carys.post(address(robin), said(consent_texts["interview"])).status_code == 404
