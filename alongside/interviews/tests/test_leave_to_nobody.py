import pytest
from django.test import Client

from alongside.accounts.models import Study, User
from alongside.interviews.actions import import_transcript
from alongside.interviews.models import Speaker, Transcript
from alongside.interviews.queries import readable_transcripts, transcripts_permitting
from alongside.people.models import Participant

VTT = b"WEBVTT\n\n00:01.000 --> 00:04.000\n<v Wren>I never told anyone that.\n"


@pytest.fixture
def loose(study: Study, hilary: User) -> Transcript:
    """Brought in without saying whose words it holds."""
    return import_transcript(by=hilary, study=study, name="talk.vtt", data=VTT)


def url(transcript: Transcript) -> str:
    return f"/s/six-months-on/interviews/transcripts/{transcript.pk}/"


def test_until_somebody_says_whose_it_is_it_is_its_importers(
    study: Study,
    wren_as_participant: Participant,
    loose: Transcript,
    as_hilary: Client,
    as_priya: Client,
    as_dot: Client,
):
    """Priya works with Wren: a transcript that may be Wren's must not be open to her meanwhile."""
    assert as_hilary.get(url(loose)).status_code == 200
    assert as_priya.get(url(loose)).status_code == 404
    assert as_dot.get(url(loose)).status_code == 404
    assert loose not in transcripts_permitting(study, "quotation_report")


def test_a_named_speaker_opens_it_to_whom_it_may_open(
    study: Study, hilary: User, dot: User, priya: User, wren_as_participant: Participant, loose: Transcript
):
    """Wren's agreement and the firewall take over."""
    Speaker.objects.update(participant=wren_as_participant)
    assert loose in readable_transcripts(study, dot)
    assert loose not in readable_transcripts(study, priya)


def test_nobody_who_takes_part_is_an_answer_too(
    study: Study, wren_as_participant: Participant, loose: Transcript, as_hilary: Client, dot: User
):
    """Then the team reads it and may quote it."""
    assert "Nobody here takes part" in as_hilary.get(url(loose)).content.decode()
    assert as_hilary.post(f"{url(loose)}nobody/").status_code == 302
    assert loose in readable_transcripts(study, dot)
    assert loose in transcripts_permitting(study, "quotation_report")


def test_it_is_refused_where_someone_takes_part(
    as_hilary: Client, hilary: User, rowan_transcript: Transcript
):
    """Rowan's transcript can't be made nobody's."""
    page = as_hilary.post(f"{url(rowan_transcript)}nobody/", follow=True).content.decode()
    assert "Someone who takes part speaks" in page
    rowan_transcript.refresh_from_db()
    assert not rowan_transcript.belongs_to_nobody


def test_a_study_without_participants_is_open(study: Study, dot: User, loose: Transcript):
    """A team that only brings transcripts is at home."""
    assert loose in readable_transcripts(study, dot)


def test_others_may_not_say_so(as_fern: Client, as_priya: Client, loose: Transcript, wren_as_participant):
    """Neither readers of findings nor whoever can't open it."""
    assert as_fern.post(f"{url(loose)}nobody/").status_code == 404
    assert as_priya.post(f"{url(loose)}nobody/").status_code == 404
