"""The sound of one's voice in the copy of everything."""

from tempfile import TemporaryFile
from typing import IO

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from alongside.accounts.models import Study, User
from alongside.audit.models import Entry, Export
from alongside.interviews.actions import attach_recording, check_transcript
from alongside.interviews.actions.interviews import SOUNDS
from alongside.interviews.models import Interview, Recording, Speaker, Transcript
from alongside.people.actions import make_link
from alongside.people.models import Participant, Person
from alongside.stewardship.actions import copies, make_copy_code
from alongside.stewardship.held.sound import ENDINGS
from alongside.stewardship.tests.conftest import agrees_to_everything
from alongside.stewardship.tests.copying import section, taken, unpacked
from alongside.stewardship.withdrawal import stop
from alongside.vault import files as stored
from tests.support.world import World, spoken

SOUND = b"RIFF\x24\x00\x00\x00WAVEfmt "


@pytest.fixture
def my(rowan: Person) -> str:
    return f"/me/{make_link(by=None, person=rowan, purpose='my_page')}/copy/"


def recorded(world: World, sound: bytes) -> Recording:
    """The interview of the transcript, with this as its recording."""
    Recording.objects.filter(interview=world["transcript"].interview).delete()
    interview = world["transcript"].interview
    return attach_recording(by=None, interview=interview, name="a.wav", data=sound, seconds=60)


def test_a_recording_is_given_as_it_was_put_in(my: str, rowan: Person, world: World):
    """In the ZIP, byte for byte, under the name that the section gives."""
    sound = SOUND + bytes(range(256)) * 1000
    recording = recorded(world, sound)
    files = unpacked(taken(my, rowan, "zip"))
    [row] = section(files["copy.json"], "recordings")
    assert row["file"].endswith(".wav")
    assert files.keys() == {"copy.html", "copy.json", row["file"]}
    assert files[row["file"]] == sound
    export = Export.objects.get(format="zip")
    assert (export.what, export.sha256 == recording.sha256) == ("own copy", False)


def named_but_not_given(content: bytes) -> bool:
    files = unpacked(content)
    [row] = section(files["copy.json"], "recordings")
    return row["file"] is None and files.keys() == {"copy.html", "copy.json"}


@pytest.mark.parametrize(
    "heard",
    ["a voice without a name", "a second who asks", "a voice taken out", "nobody knows who"],
)
def test_a_recording_with_anothers_voice_is_named_and_not_given(
    heard: str, my: str, rowan: Person, world: World
):
    """Where somebody else answers whom nobody named, or asks; and where no transcript says yet who speaks."""
    recorded(world, SOUND)
    other = Speaker(transcript=world["transcript"], label="B", kind="answers")
    if heard == "a second who asks":
        other.kind = "asks"
    elif heard == "a voice taken out":
        other.label, other.kind = "░ 7", "asks"
    if heard == "nobody knows who":
        Transcript.objects.filter(pk=world["transcript"].pk).update(interview=None)
    else:
        other.save()
    assert named_but_not_given(taken(my, rowan, "zip"))


def test_a_recording_of_somebody_else_too_is_not_even_named(
    my: str, rowan: Person, alison_as_participant: Participant, world: World
):
    """That it is there, or is no more, would tell what the other one chose."""
    recorded(world, SOUND)
    Speaker.objects.create(transcript=world["transcript"], label="B", participant=alison_as_participant)
    files = unpacked(taken(my, rowan, "zip"))
    assert section(files["copy.json"], "recordings") == []
    assert files.keys() == {"copy.html", "copy.json"}


def test_two_who_ask_are_heard_once_somebody_has_listened(my: str, rowan: Person, world: World, hilary: User):
    """That the second one only asks was guessed from the text until then."""
    recorded(world, SOUND)
    Speaker.objects.create(transcript=world["transcript"], label="B", kind="asks")
    check_transcript(by=hilary, transcript=world["transcript"])
    [row] = section(unpacked(taken(my, rowan, "zip"))["copy.json"], "recordings")
    assert row["file"]


def test_a_recording_of_somebody_who_only_asks_there_is_not_given(my: str, rowan: Person, world: World):
    """Nobody answers in that transcript: whose voice it is has not been said."""
    recorded(world, SOUND)
    world["transcript"].speakers.filter(participant__isnull=False).update(kind="asks")
    assert named_but_not_given(taken(my, rowan, "zip"))


def test_a_recording_whose_file_is_gone_is_named_and_not_given(my: str, rowan: Person, world: World):
    """All the rest is given as ever."""
    stored.erase(recorded(world, SOUND).sha256)
    assert named_but_not_given(taken(my, rowan, "zip"))


def test_a_recording_of_an_interview_without_a_time_is_given(my: str, rowan: Person, world: World):
    """Its name then says no day."""
    recorded(world, SOUND)
    Interview.objects.filter(transcript=world["transcript"]).update(starts=None)
    [row] = section(unpacked(taken(my, rowan, "zip"))["copy.json"], "recordings")
    assert row["file"] == "recordings/1.wav"


def test_each_kind_of_sound_has_an_ending():
    """What can be put in can be given."""
    assert {kind for kind, *_ in SOUNDS} <= ENDINGS.keys()


@pytest.mark.parametrize("promised", ["erase", "anonymise"])
def test_the_sound_of_several_goes_with_one_voice(
    promised: str,
    study: Study,
    rowan: Person,
    rowan_as_participant: Participant,
    alison_as_participant: Participant,
    hilary: User,
):
    """Rowan speaks in Alison's interview. Words of one can be taken out of a text, but not out of sound."""
    agrees_to_everything(study, rowan, promised)
    theirs = Interview.objects.create(study=study, number=70, participant=alison_as_participant, state="held")
    joint = spoken(study, alison_as_participant, hilary, theirs)
    Speaker.objects.create(transcript=joint, label="Rowan", participant=rowan_as_participant)
    recorded({"transcript": joint}, SOUND)
    stop(by=rowan, person=rowan, purposes=["interview"])
    assert not Recording.objects.exists()
    assert Entry.objects.filter(verb="erase_recording").count() == 1
    assert Transcript.objects.filter(pk=joint.pk).exists()


def test_the_sound_is_not_put_in_again(
    study: Study, rowan: Person, rowan_as_participant: Participant, alison_as_participant: Participant,
    hilary: User, as_hilary: Client,
):  # fmt: skip
    """Nor heard, if it was kept from before. Why not is not said."""
    agrees_to_everything(study, rowan, "erase")
    theirs = Interview.objects.create(study=study, number=70, participant=alison_as_participant, state="held")
    joint = spoken(study, alison_as_participant, hilary, theirs)
    Speaker.objects.create(transcript=joint, label="Rowan", participant=rowan_as_participant)
    stop(by=rowan, person=rowan, purposes=["interview"])
    with pytest.raises(ValidationError, match="No recording can be kept for"):
        recorded({"transcript": joint}, SOUND)
    kept = stored.store(SOUND)
    Recording.objects.create(interview=theirs, sha256=kept, kind="audio/wav", seconds=60)
    assert as_hilary.get(f"/s/{study.slug}/interviews/transcripts/{joint.pk}/sound/").status_code == 404


@pytest.mark.parametrize("breaks", ["record", "register_export"])
def test_a_copy_that_is_not_registered_is_not_given(breaks: str, my: str, rowan: Person, monkeypatch):
    """Its file is closed, and gone with that; neither of the two entries is made."""
    made = []

    def making() -> IO[bytes]:
        made.append(TemporaryFile())  # noqa: SIM115 - closed by what is tested
        return made[0]

    def fails(**_what: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(copies, "TemporaryFile", making)
    monkeypatch.setattr(copies, breaks, fails)
    entries = Entry.objects.count()
    with pytest.raises(RuntimeError):
        copies.take_copy(by=rowan, person=rowan, format="json")
    assert made[0].closed
    assert (Entry.objects.count(), Export.objects.count()) == (entries, 0)


def test_a_file_that_goes_while_the_copy_is_made_asks_to_come_back(
    my: str, rowan: Person, world: World, monkeypatch
):
    """A stop in the same moment took it: a sentence, no file, nothing in the register."""
    recording = recorded(world, SOUND)
    monkeypatch.setattr(stored, "is_whole", lambda digest: True)
    stored.erase(recording.sha256)
    code = make_copy_code(by=None, person=rowan)
    answer = Client().post(my, {"format": "zip", "code": code})
    assert answer.status_code == 422
    assert "Something changed while your copy was made." in answer.content.decode()
    assert not Export.objects.filter(format="zip").exists()
