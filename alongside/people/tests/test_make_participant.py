import re

import pytest
from django.test import Client

from alongside.people.models import Participant, Person
from alongside.people.queries import participant_of, permitting


def address(person: Person) -> str:
    return f"/s/six-months-on/people/{person.pk}/code/"


def test_a_person_gets_a_code_with_what_they_agreed_to(as_hannah: Client, rowan: Person):
    """Research knows them by it from now on, and the gate already knows what they said."""
    sent = {"code": "", "pseudonym": "Rowan", "described_as": "Uses services"}
    assert as_hannah.post(address(rowan), sent).status_code == 302
    participant = participant_of(rowan)
    assert participant
    assert re.fullmatch(r"P\d{3}", participant.code)
    assert participant.pk in permitting("interview")


def test_a_taken_code_and_a_second_code_are_refused(
    as_hannah: Client, rowan: Person, alison: Person, rowan_as_participant: Participant
):
    """Each refusal is a sentence, and nobody's code changes."""
    answer = as_hannah.post(address(alison), {"code": "P01"})
    assert answer.status_code == 422
    assert "Another participant has this code." in answer.content.decode()
    answer = as_hannah.post(address(rowan), {"code": "P09"})
    assert "has a participant code already" in answer.content.decode()
    assert Participant.objects.count() == 1


def test_who_works_with_the_person_finds_nothing(as_priya: Client, wren: Person):
    """Neither the form nor the post answers of Wren."""
    assert as_priya.get(address(wren)).status_code == 404
    assert as_priya.post(address(wren), {"code": "P09"}).status_code == 404


@pytest.mark.parametrize("pseudonym", ["Alison", "alison", "Wren"])
def test_a_pseudonym_is_nobodys_name(
    pseudonym: str, as_hannah: Client, rowan: Person, alison: Person, wren_as_participant: Participant
):
    """Another's name or another's pseudonym: the sentence is the same, so it tells of nobody hidden."""
    answer = as_hannah.post(address(rowan), {"pseudonym": pseudonym})
    assert answer.status_code == 422
    assert "Someone in the study goes by that name. Choose another." in answer.content.decode()
    assert participant_of(rowan) is None
