from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from alongside.accounts.models import Study
from alongside.people.actions import link_pair, publish_consent_text, record_consent
from alongside.people.models import ConsentText, Pair, Participant, Person, Purpose, WorkingRelationship
from alongside.people.queries import participant_permits, permits, permitting


def test_absence_means_no(study: Study, consent_texts: dict[str, ConsentText], rowan: Person):
    """Nobody has agreed to anything before they were asked."""
    assert not permits(rowan, Purpose.INTERVIEW, datetime(2026, 4, 1, tzinfo=UTC))
    assert permits(rowan, Purpose.INTERVIEW)


@pytest.mark.parametrize("decision", ["declined", "reduced", "stopped"])
def test_the_latest_decision_stands(
    decision: str, rowan: Person, rowan_as_participant: Participant, consent_texts: dict[str, ConsentText]
):
    """A later no closes the gate for the person and for the participant at once."""
    assert participant_permits(rowan_as_participant, Purpose.RECORDING)
    record_consent(by=None, person=rowan, text=consent_texts["recording"], decision=decision)
    assert not permits(rowan, Purpose.RECORDING)
    assert not participant_permits(rowan_as_participant, Purpose.RECORDING)
    assert rowan_as_participant.pk not in permitting(Purpose.RECORDING)


def test_superseded_words_cannot_be_agreed_to(
    study: Study, rowan: Person, consent_texts: dict[str, ConsentText]
):
    """A yes to words that have been replaced is refused, and nothing changes."""
    publish_consent_text(by=None, study=study, purpose="archive", wording="New words.", on_stop="keep")
    with pytest.raises(ValidationError, match="newer"):
        record_consent(by=None, person=rowan, text=consent_texts["archive"], decision="granted")


def test_a_text_is_never_changed(consent_texts: dict[str, ConsentText]):
    """Saving a published text again is an error in the code that tries."""
    with pytest.raises(TypeError):
        consent_texts["archive"].save()


def test_a_pair_is_linked_only_if_both_agree(
    rowan_and_alison: WorkingRelationship,
    rowan_as_participant: Participant,
    alison_as_participant: Participant,
    alison: Person,
    consent_texts: dict[str, ConsentText],
):
    """One half's change of mind parts the pair again."""
    link_pair(by=None, relationship=rowan_and_alison)
    assert Pair.objects.count() == 1
    record_consent(by=None, person=alison, text=consent_texts["pair_link"], decision="stopped")
    assert not Pair.objects.exists()
    with pytest.raises(ValidationError, match="Both people"):
        link_pair(by=None, relationship=rowan_and_alison)
