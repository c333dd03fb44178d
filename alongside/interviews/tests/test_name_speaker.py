import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study, User
from alongside.interviews.actions import import_transcript, name_speaker
from alongside.interviews.models import Speaker, Transcript
from alongside.interviews.queries import readable_transcripts
from alongside.interviews.tests.helpers import TWO_TURNS, verbs
from alongside.people.actions import record_consent
from alongside.people.models import ConsentText, Participant, Person


@pytest.fixture
def unnamed(study: Study, josef: User) -> Speaker:
    """Rowan's side of a transcript that is joined to nobody."""
    transcript = import_transcript(by=josef, study=study, name="x.vtt", data=TWO_TURNS)
    return transcript.speakers.get(label="Rowan")


def page(study: Study, speaker: Speaker) -> str:
    return reverse("interviews:name-speaker", args=[study.slug, speaker.transcript_id, speaker.pk])


def test_name_speaker(study: Study, unnamed: Speaker, rowan_as_participant: Participant, as_josef: Client):
    """A speaker is joined to a participant, and back to the transcript."""
    sent = {"kind": "answers", "participant": str(rowan_as_participant.pk)}
    answer = as_josef.post(page(study, unnamed), sent)
    assert answer["Location"] == reverse("interviews:transcript", args=[study.slug, unnamed.transcript_id])
    unnamed.refresh_from_db()
    assert unnamed.participant == rowan_as_participant
    assert verbs()[-1] == "name_speaker"


def test_naming_raises_the_firewall(
    study: Study, unnamed: Speaker, wren_as_participant: Participant, priya: User
):
    """From the moment the words are Wren's, Priya no longer finds them, nor any of their transcript."""
    Transcript.objects.update(imported_by=priya)
    assert unnamed.transcript in readable_transcripts(study, priya)
    name_speaker(by=None, speaker=unnamed, kind="answers", participant=wren_as_participant)
    assert unnamed.transcript not in readable_transcripts(study, priya)


def test_a_barred_participant_is_not_offered(
    study: Study, unnamed: Speaker, wren_as_participant: Participant, as_priya: Client, priya: User
):
    """Neither on the page, nor by sending the id, nor through the action."""
    Transcript.objects.update(imported_by=priya)
    assert str(wren_as_participant.pk) not in as_priya.get(page(study, unnamed)).content.decode()
    sent = {"kind": "answers", "participant": str(wren_as_participant.pk)}
    assert as_priya.post(page(study, unnamed), sent).status_code == 422
    with pytest.raises(Http404):
        name_speaker(by=priya, speaker=unnamed, kind="answers", participant=wren_as_participant)
    unnamed.refresh_from_db()
    assert unnamed.participant is None


def test_nobody_who_has_not_agreed(
    study: Study,
    unnamed: Speaker,
    rowan: Person,
    rowan_as_participant: Participant,
    consent_texts: dict[str, ConsentText],
    as_josef: Client,
):
    """Words can't be joined to someone who doesn't agree to an interview; nothing changes."""
    record_consent(by=None, person=rowan, text=consent_texts["interview"], decision="declined")
    before = verbs()
    sent = {"kind": "asks", "participant": str(rowan_as_participant.pk)}
    assert as_josef.post(page(study, unnamed), sent).status_code == 422
    unnamed.refresh_from_db()
    assert (unnamed.kind, unnamed.participant) == ("answers", None)
    assert verbs() == before


def test_another_transcripts_speaker_is_not_here(
    study: Study, unnamed: Speaker, rowan_transcript: Transcript, as_josef: Client
):
    """The address must belong together."""
    address = reverse("interviews:name-speaker", args=[study.slug, rowan_transcript.pk, unnamed.pk])
    assert as_josef.get(address).status_code == 404
