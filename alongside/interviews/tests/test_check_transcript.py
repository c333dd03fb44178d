import pytest
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study, User
from alongside.audit.models import Entry
from alongside.interviews.actions import attach_recording
from alongside.interviews.models import Recording, Transcript

PRESS = "I have checked this against the recording"


def page(study: Study, transcript: Transcript, name: str = "transcript") -> str:
    return reverse(f"interviews:{name}", args=[study.slug, transcript.pk])


@pytest.fixture
def recorded(rowan_transcript: Transcript, josef: User) -> Transcript:
    """Rowan's interview, with its sound."""
    interview = rowan_transcript.interview
    assert interview is not None
    attach_recording(by=josef, interview=interview, name="r.mp3", data=b"ID3 sound", seconds=60)
    return rowan_transcript


def test_check_transcript(study: Study, recorded: Transcript, josef: User, as_josef: Client):
    """Who compared it with its recording, and when, stands on its page; an entry is kept; once is enough."""
    assert PRESS in as_josef.get(page(study, recorded)).content.decode()
    for _press in range(2):
        told = as_josef.post(page(study, recorded, "check-transcript"), follow=True).content.decode()
    assert PRESS not in told
    assert "by Josef Novak" in told
    recorded.refresh_from_db()
    assert recorded.checked_by == josef
    assert Entry.objects.filter(verb="check_transcript", actor=josef.pk).count() == 1


def test_without_a_recording_there_is_nothing_to_check(
    study: Study, rowan_transcript: Transcript, as_josef: Client
):
    """The page offers nothing, and a press gets one sentence."""
    assert PRESS not in as_josef.get(page(study, rowan_transcript)).content.decode()
    told = as_josef.post(page(study, rowan_transcript, "check-transcript"), follow=True).content.decode()
    assert "There is no recording to compare it with." in told
    rowan_transcript.refresh_from_db()
    assert rowan_transcript.checked is None


def test_the_word_stays_when_the_recording_goes(study: Study, recorded: Transcript, as_josef: Client):
    """That it was checked is still to be read once the recording is erased."""
    as_josef.post(page(study, recorded, "check-transcript"))
    Recording.objects.all().delete()
    assert "by Josef Novak" in as_josef.get(page(study, recorded)).content.decode()


@pytest.mark.parametrize("who", ["as_hannah", "as_sunita", "as_fern", "as_stranger"])
def test_it_is_for_those_who_bring_transcripts_in(
    who: str, study: Study, recorded: Transcript, request: pytest.FixtureRequest
):
    """To anybody else the address leads nowhere, and nothing is noted."""
    answer = request.getfixturevalue(who).post(page(study, recorded, "check-transcript"))
    assert answer.status_code == 404
    recorded.refresh_from_db()
    assert recorded.checked is None
