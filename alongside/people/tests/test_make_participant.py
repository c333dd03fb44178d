import re

import pytest
from django.test import Client

from alongside.people.models import Participant, Person
from alongside.people.queries import participant_of, permitting


def address(person: Person) -> str:
    return f"/s/six-months-on/people/{person.pk}/code/"


def test_a_person_gets_a_code_with_what_they_agreed_to(as_hannah: Client, rowan: Person):
    """Research knows them by it from now on, and the gate already knows what they said."""
    sent = {"pseudonym": "Rowan", "described_as": "Uses services"}
    assert as_hannah.post(address(rowan), sent).status_code == 302
    participant = participant_of(rowan)
    assert participant
    assert re.fullmatch(r"P\d{3}", participant.code)
    assert participant.pk in permitting("interview")


def test_a_second_code_is_refused(as_hannah: Client, rowan: Person, rowan_as_participant: Participant):
    """The refusal is a sentence, and the code stays."""
    answer = as_hannah.post(address(rowan), {"pseudonym": "Ash"})
    assert answer.status_code == 422
    assert "has a participant code already" in answer.content.decode()
    assert [each.code for each in Participant.objects.all()] == ["P01"]


def test_a_typed_code_tells_of_nobody_hidden(
    as_priya: Client, alison: Person, wren_as_participant: Participant
):
    """Codes are drawn: what is sent as one is not looked at, so no answer says that Wren has it."""
    assert as_priya.post(address(alison), {"code": wren_as_participant.code}).status_code == 302
    participant = participant_of(alison)
    assert participant
    assert participant.code != wren_as_participant.code


def test_who_works_with_the_person_finds_nothing(as_priya: Client, wren: Person):
    """Neither the form nor the post answers of Wren."""
    assert as_priya.get(address(wren)).status_code == 404
    assert as_priya.post(address(wren), {"pseudonym": "Ash"}).status_code == 404


@pytest.mark.parametrize("pseudonym", ["Alison", "alison", "Wren"])
def test_a_pseudonym_is_nobodys_name(
    pseudonym: str, as_hannah: Client, rowan: Person, alison: Person, wren_as_participant: Participant
):
    """Another's name or another's pseudonym: the sentence is the same, so it tells of nobody hidden."""
    answer = as_hannah.post(address(rowan), {"pseudonym": pseudonym})
    assert answer.status_code == 422
    assert "Someone in the study goes by that name. Choose another." in answer.content.decode()
    assert participant_of(rowan) is None
