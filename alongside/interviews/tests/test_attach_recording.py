import pytest
from django.core.exceptions import ValidationError

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
