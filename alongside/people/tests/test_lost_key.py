import pytest
from django.test import Client

from alongside.accounts.models import Study
from alongside.people.actions import add_person, make_participant, record_consent
from alongside.people.models import BridgeLost, ConsentText, Participant, Person
from alongside.people.queries import participant_of, person_of
from alongside.vault.sealing import is_able, key_file


def test_each_study_has_a_key_of_its_own(
    study: Study, other_study: Study, rowan_as_participant: Participant, rowan: Person
):
    """Made by the first code that is given; what one seals, another's doesn't open."""
    assert is_able(study.pk)
    assert not is_able(other_study.pk)
    theirs = make_participant(by=None, person=add_person(by=None, study=other_study, name="Else"))
    mine, others = key_file(study.pk), key_file(other_study.pk)
    assert mine.read_bytes() != others.read_bytes()
    others.write_bytes(mine.read_bytes())
    with pytest.raises(BridgeLost):
        person_of(theirs)
    assert participant_of(rowan) == rowan_as_participant


def test_looking_makes_no_key(study: Study, rowan: Person):
    """Only the first code does: a study of transcripts alone has no key to lose."""
    assert participant_of(rowan) is None
    assert not is_able(study.pk)


@pytest.mark.parametrize("instead", [None, b"A" * 43 + b"="], ids=["missing", "another"])
def test_a_lost_identity_key_is_said_and_never_replaced(
    instead: bytes | None,
    rowan: Person,
    rowan_as_participant: Participant,
    consent_texts: dict[str, ConsentText],
):
    """With a new key, Rowan's no would be stored and would reach none of Rowan's words."""
    key = key_file(rowan.study_id)
    key.unlink()
    if instead:
        key.write_bytes(instead)
    with pytest.raises(BridgeLost, match="missing or another"):
        record_consent(by=None, person=rowan, text=consent_texts["interview"], decision="stopped")
    assert key.exists() == bool(instead)
    assert rowan.consent_events.filter(decision="stopped").count() == 0


def test_pages_say_that_the_key_is_lost(as_hannah: Client, rowan: Person, rowan_as_participant: Participant):
    """One plain page that says what to do, and no name of an error."""
    key_file(rowan.study_id).unlink()
    page = as_hannah.get(f"/s/six-months-on/people/{rowan.pk}/")
    assert page.status_code == 503
    assert "Put it back from its own backup" in page.content.decode()
