"""The gate, for whatever stores something of somebody: asked while nobody can be stopping."""

from uuid import UUID

from alongside.accounts.models import Study
from alongside.people.models import Participant
from alongside.people.queries import participant_permits


def hold_gate(study: UUID) -> None:
    """From now on no agreement of this study changes, until the transaction ends.

    Whoever stores something and whoever stops take turns: both hold the study's row, before any other. A yes
    that was read without it may be gone by the time what rests on it is kept.
    """
    Study.objects.select_for_update(no_key=True).get(pk=study)


def agrees(participant: Participant, purpose: str) -> bool:
    """Whether something new of the participant may be stored for `purpose`."""
    hold_gate(participant.study_id)
    return participant_permits(participant, purpose)
