"""Destroying a study's identity key: what joins people to what they gave goes, in every room, for good."""

from django.db import transaction

from alongside.accounts.models import Study
from alongside.audit.actions import Actor, record
from alongside.followup.models import Message
from alongside.interviews.models import Interview, Recording, Transcript
from alongside.people.models import (
    AccessGrant,
    Anonymisation,
    Barrier,
    Declared,
    Identity,
    Participant,
    StandingConsent,
)
from alongside.stewardship.models import IdentityRequest
from alongside.stewardship.rooms import ARRANGED, erase_recordings, forget_names, spoken_in
from alongside.stewardship.withdrawal import erase_files
from alongside.vault.sealing import destroy, is_able


@transaction.atomic
def anonymise(*, by: Actor | None, study: Study) -> Anonymisation:
    """Take down the bridge and what would stand in for it: the same moments, the same words, a voice.

    What the key sealed goes in the same transaction; the key itself once that is kept.
    """
    done = Anonymisation.objects.create(study=study)
    Identity.objects.filter(participant__study=study).delete()
    _forget_moments(study)
    _forget_links(study)
    _forget_words(study)
    record(by=by, verb="destroy_identity_key", on=done, fields=["identity"])
    transaction.on_commit(destroy_keys)
    transaction.on_commit(erase_files)
    return done


def destroy_keys() -> int:
    """Destroy the keys of studies whose bridge is down; says how many were still there.

    A machine that died before it got to this has left one, and does it when it starts again.
    """
    left = [done.study_id for done in Anonymisation.objects.all() if is_able(done.study_id)]
    for study in left:
        destroy(study)
    return len(left)


def _forget_moments(study: Study) -> None:
    """A consent that stands since the very second of somebody's yes would lead back to them."""
    standing = StandingConsent.objects.filter(participant__study=study)
    standing.update(since=study.created, kept=True)
    Barrier.objects.filter(participant__study=study).update(since=study.created)
    Declared.objects.filter(participant__study=study).update(at=study.created)


def _forget_links(study: Study) -> None:
    """Rows that know a person and, by way of a timepoint or a request, a participant."""
    Message.objects.filter(instance__participant__study=study).update(instance=None)
    AccessGrant.objects.filter(person__study=study).exclude(object="").update(object="")
    IdentityRequest.objects.filter(study=study).update(participant=None)


def _forget_words(study: Study) -> None:
    """What was arranged with people, their voices, and the files and earlier texts that may name them."""
    # The entry that called one off stands beside the stop that did it, and nothing was said there.
    Interview.objects.filter(study=study, state="cancelled", transcript=None).delete()
    Interview.objects.filter(study=study).update(place="", **dict.fromkeys(ARRANGED, ""))
    erase_recordings(Recording.objects.filter(interview__study=study))
    taken = set(Transcript.objects.filter(study=study).values_list("name", flat=True))
    for participant in Participant.objects.filter(study=study):
        for transcript in spoken_in(participant):
            forget_names(transcript, _free(participant.code, taken))


def _free(code: str, taken: set[str]) -> str:
    number = 1
    while f"{code}, {number}" in taken:
        number += 1
    taken.add(f"{code}, {number}")
    return f"{code}, {number}"
