from pathlib import Path

import pytest
from django.conf import settings

from alongside.people.actions import record_consent
from alongside.people.models import BridgeLost, ConsentText, Participant, Person


def test_a_lost_identity_key_is_said_and_never_replaced(
    rowan: Person, rowan_as_participant: Participant, consent_texts: dict[str, ConsentText]
):
    """With a new key, Rowan's no would be stored and would reach none of Rowan's words."""
    key = Path(settings.ALONGSIDE_DATA) / "keys" / "identity.key"
    kept = key.read_bytes()
    key.unlink()
    try:
        with pytest.raises(BridgeLost, match="Put it back"):
            record_consent(by=None, person=rowan, text=consent_texts["interview"], decision="stopped")
        assert not key.exists()
    finally:
        key.write_bytes(kept)
