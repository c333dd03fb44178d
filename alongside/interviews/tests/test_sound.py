"""The sound of a transcript, in parts: through its door only, and on record."""

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from alongside.accounts.models import Study, User
from alongside.audit.models import Entry
from alongside.interviews.actions import attach_recording
from alongside.interviews.listening import MOST, part_of
from alongside.interviews.models import Recording, Transcript
from alongside.interviews.tests.sounds import tone
from alongside.people.actions import record_consent
from alongside.people.models import ConsentText, Declared, Person
from alongside.vault import files

SOUND = tone(2)


@pytest.fixture
def recording(rowan_transcript: Transcript) -> Recording:
    interview = rowan_transcript.interview
    return attach_recording(by=None, interview=interview, name="a.wav", data=SOUND, seconds=2)


@pytest.fixture
def url(study: Study, rowan_transcript: Transcript, recording: Recording) -> str:
    return reverse("interviews:sound", args=[study.slug, rowan_transcript.pk])


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


def test_all_of_it(as_hilary: Client, url: str, recording: Recording):
    """Without a range: the whole, its kind and length, and nothing may keep it."""
    answer = as_hilary.get(url)
    assert answer.status_code == 200
    assert body(answer) == SOUND
    assert answer.headers["Content-Type"] == "audio/wav"
    assert answer.headers["Content-Length"] == str(len(SOUND))
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["ETag"] == f'"{recording.pk.hex}"'
    assert "Content-Disposition" not in answer.headers


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-9", 0, 10),
        ("bytes=100-", 100, len(SOUND)),
        ("bytes=-50", len(SOUND) - 50, len(SOUND)),
        ("bytes=17-99999999", 17, len(SOUND)),
        ("bytes=-99999999", 0, len(SOUND)),
    ],
)
def test_a_part_of_it(as_hilary: Client, url: str, asked: str, start: int, end: int):
    """206 with the bytes that were asked for, and which they are."""
    answer = as_hilary.get(url, headers={"range": asked})
    assert answer.status_code == 206
    assert body(answer) == SOUND[start:end]
    assert answer.headers["Content-Range"] == f"bytes {start}-{end - 1}/{len(SOUND)}"
    assert answer.headers["Content-Length"] == str(end - start)


@pytest.mark.parametrize("asked", [f"bytes={len(SOUND)}-", "bytes=99999999-", "bytes=-0"])
def test_a_part_that_is_not_there(as_hilary: Client, url: str, asked: str):
    """416, with the length that there is."""
    answer = as_hilary.get(url, headers={"range": asked})
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{len(SOUND)}"
    assert answer.content == b""


@pytest.mark.parametrize("asked", ["bytes=0-1,5-6", "bytes=9-3", "bytes=-", "words=0-5", "bytes=a-b"])
def test_what_is_no_range_gives_all_of_it(as_hilary: Client, url: str, asked: str):
    """As the standard has it: a range that can't be understood is as none."""
    answer = as_hilary.get(url, headers={"range": asked})
    assert (answer.status_code, body(answer)) == (200, SOUND)


def test_a_part_of_another_recording_is_not_mixed_in(as_hilary: Client, url: str, recording: Recording):
    """If-Range with another tag gives the whole; with this one, the part."""
    for tag, status in ((f'"{recording.pk.hex}"', 206), ('"another"', 200)):
        answer = as_hilary.get(url, headers={"range": "bytes=0-9", "if-range": tag})
        assert answer.status_code == status


def test_only_looking(as_hilary: Client, url: str):
    """HEAD tells the length and gives nothing; it can't be posted to."""
    answer = as_hilary.head(url)
    assert (answer.status_code, answer.headers["Content-Length"]) == (200, str(len(SOUND)))
    assert as_hilary.post(url).status_code == 405


@given(st.integers(1, 9 * MOST), st.integers(0, 9 * MOST), st.integers(0, 9 * MOST))
def test_parts_lie_within_it(size: int, first: int, last: int):
    """Whatever is asked: a part of what there is, and one without an end no longer than `MOST`."""
    for asked in (f"bytes={first}-", f"bytes={first}-{last}", f"bytes=-{last}"):
        part = part_of(size, asked)
        assert part is None or 0 <= part.start < part.end <= size
    open_end = part_of(size, f"bytes={first}-")
    assert open_end is None or (open_end.start == first and open_end.end - first <= MOST)


def test_a_file_that_is_damaged_is_not_there(as_hilary: Client, url: str, recording: Recording, caplog):
    """To the listener as if there were none; whoever runs the installation finds it in the log."""
    files.erase(recording.sha256)
    assert as_hilary.get(url).status_code == 404
    assert f"{recording.sha256} is missing" in caplog.text
    assert not Entry.objects.filter(verb="hear_recording").exists()


def test_listening_is_on_record_once_a_day(
    as_hilary: Client, url: str, hilary: User, rowan_transcript: Transcript
):
    """However many parts are played: one entry."""
    for part in ("bytes=0-9", "bytes=10-19"):
        body(as_hilary.get(url, headers={"range": part}))
    [entry] = Entry.objects.filter(verb="hear_recording")
    assert (entry.actor, entry.object) == (hilary.pk, str(rowan_transcript.pk))


def test_not_once_they_said_no_to_recording(
    as_hilary: Client, url: str, rowan: Person, consent_texts: dict[str, ConsentText]
):
    """Not there any more, on the transcript's page neither; the words stay."""
    page = reverse("interviews:transcript", args=[url.split("/")[2], url.split("/")[-3]])
    assert "<audio" in as_hilary.get(page).content.decode()
    record_consent(by=None, person=rowan, text=consent_texts["recording"], decision="declined")
    assert as_hilary.get(url).status_code == 404
    answer = as_hilary.get(page)
    assert answer.status_code == 200
    assert "<audio" not in answer.content.decode()


def test_not_before_one_is_asked_whom_one_knows(as_hilary: Client, url: str, hilary: User):
    """Like the words: nothing there until the question is answered."""
    Declared.objects.filter(user=hilary).delete()
    assert as_hilary.get(url).status_code == 404


def test_not_for_whoever_may_not_read(as_hannah: Client, as_fern: Client, as_stranger: Client, url: str):
    """Who arranges interviews, who reads findings, who is of another study."""
    assert [each.get(url).status_code for each in (as_hannah, as_fern, as_stranger)] == [404] * 3
    assert not Entry.objects.filter(verb="hear_recording").exists()


def test_not_for_whoever_works_with_them(
    as_priya: Client, study: Study, wren_transcript: Transcript, rowan_transcript: Transcript
):
    """Priya works with Wren: of Wren's voice there is nothing; of Rowan's there is none kept."""
    attach_recording(by=None, interview=wren_transcript.interview, name="a.wav", data=SOUND, seconds=2)
    for transcript in (wren_transcript, rowan_transcript):
        url = reverse("interviews:sound", args=[study.slug, transcript.pk])
        assert as_priya.get(url).status_code == 404
