from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from alongside.interviews.actions import attach_recording, erase_recording
from alongside.interviews.models import Interview, Recording
from alongside.interviews.tests.helpers import kept_files, verbs
from alongside.people.actions import record_consent
from alongside.people.models import ConsentText, Person
from alongside.vault import files

SOUND = b"RIFF\x24\x00\x00\x00WAVEfmt "


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (SOUND, "audio/wav"),
        (b"ID3\x04\x00", "audio/mpeg"),
        (b"\xff\xfb\x90\x00", "audio/mpeg"),
        (b"OggS\x00\x02", "audio/ogg"),
        (b"\x00\x00\x00\x20ftypM4A ", "audio/mp4"),
        (b"\x1a\x45\xdf\xa3\x9f", "audio/webm"),
    ],
)
def test_attach_recording(data: bytes, kind: str, booked: Interview):
    """The sound is in the vault, encrypted, and its kind is told from its bytes."""
    recording = attach_recording(by=None, interview=booked, name="a", data=data, seconds=60)
    assert recording.kind == kind
    assert files.read(recording.sha256) == data
    assert verbs()[-1] == "attach_recording"


def test_not_without_their_yes(booked: Interview, rowan: Person, consent_texts: dict[str, ConsentText]):
    """Who doesn't agree to a recording has none; neither row nor file."""
    record_consent(by=None, person=rowan, text=consent_texts["recording"], decision="declined")
    before = kept_files()
    with pytest.raises(ValidationError, match="hasn’t agreed to a recording"):
        attach_recording(by=None, interview=booked, name="a.wav", data=SOUND + b"!", seconds=60)
    assert not Recording.objects.exists()
    assert kept_files() == before


def test_only_sound(booked: Interview):
    """A picture isn't kept as a recording."""
    before = kept_files()
    with pytest.raises(ValidationError, match=r"“a\.wav”: a sound in WAV"):
        attach_recording(by=None, interview=booked, name="a.wav", data=b"\x89PNG\r\n\x1a\n", seconds=60)
    assert kept_files() == before


def test_one_a_conversation(booked: Interview):
    """A second recording doesn't take the place of the first."""
    first = attach_recording(by=None, interview=booked, name="a.wav", data=SOUND, seconds=60)
    with pytest.raises(ValidationError, match="has a recording already"):
        attach_recording(by=None, interview=booked, name="b.wav", data=SOUND + b"!", seconds=60)
    assert Recording.objects.get() == first


def test_erase_recording(booked: Interview, django_capture_on_commit_callbacks):
    """Row and file go; the interview stays, and may be recorded anew."""
    recording = attach_recording(by=None, interview=booked, name="a.wav", data=SOUND, seconds=60)
    with django_capture_on_commit_callbacks(execute=True):
        erase_recording(by=None, recording=recording)
    assert not Recording.objects.exists()
    assert recording.sha256 not in kept_files()
    assert verbs()[-1] == "erase_recording"
    attach_recording(by=None, interview=booked, name="a.wav", data=SOUND, seconds=60)


# On the interview's page --------------------------------------------------------------------------------


def page_of(interview: Interview, name: str = "attach-recording") -> str:
    return reverse(f"interviews:{name}", args=[interview.study.slug, interview.pk])


def sent(data: bytes, minutes: object = 75, name: str = "rowan.wav") -> dict[str, object]:
    return {"file": SimpleUploadedFile(name, data), "minutes": minutes}


def test_put_in_on_the_page(as_josef: Client, booked: Interview):
    """By its interviewer, from a link on the interview's page; then that page offers to erase it."""
    assert page_of(booked) in as_josef.get(page_of(booked, "interview")).content.decode()
    answer = as_josef.post(page_of(booked), sent(SOUND))
    assertRedirects(answer, page_of(booked, "interview"))
    recording = Recording.objects.get(interview=booked)
    assert (recording.kind, recording.seconds) == ("audio/wav", 75 * 60)
    page = as_josef.get(page_of(booked)).content.decode()
    assert "About 75 minutes" in page
    assert 'name="file"' not in page


@pytest.mark.parametrize(
    ("data", "minutes", "said"),
    [
        (b"\x89PNG\r\n\x1a\n", 75, "“rowan.wav”: a sound in WAV, MP3, OGG, M4A or WebM was expected"),
        (b"", 75, "This file is empty. Choose the one that has the sound."),
        (SOUND, "", "This field is required."),
        (SOUND, 0, "greater than or equal to 1"),
    ],
)
def test_refused_on_the_page(as_josef: Client, booked: Interview, data: bytes, minutes: object, said: str):
    """One sentence says what was expected; nothing is kept."""
    answer = as_josef.post(page_of(booked), sent(data, minutes))
    assert answer.status_code == 422
    assert said in unescape(answer.content.decode())
    assert not Recording.objects.exists()


def test_too_long_a_file(as_josef: Client, booked: Interview, settings):
    """What is larger than uploads may be isn't read, and the sentence says how large it may be."""
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = as_josef.post(page_of(booked), sent(SOUND + bytes(2000)))
    assert answer.status_code == 422
    assert "Choose a sound file of at most 50 MB." in answer.content.decode()


def test_erased_on_the_page(as_josef: Client, booked: Interview):
    """Once; pressing again changes nothing."""
    attach_recording(by=None, interview=booked, name="a.wav", data=SOUND, seconds=60)
    for _time in range(2):
        answer = as_josef.post(page_of(booked, "erase-recording"))
        assertRedirects(answer, page_of(booked, "interview"))
    assert not Recording.objects.exists()
    assert verbs().count("erase_recording") == 1


def test_not_by_a_reader(as_hilary: Client, booked: Interview):
    """Who neither holds nor arranges the interview finds no such page."""
    assert as_hilary.get(page_of(booked)).status_code == 404
    assert as_hilary.post(page_of(booked), sent(SOUND)).status_code == 404
    assert as_hilary.post(page_of(booked, "erase-recording")).status_code == 404
    assert not Recording.objects.exists()
