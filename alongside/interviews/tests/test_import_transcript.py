import io
import zipfile
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.accounts.models import Study, User
from alongside.interviews.actions import import_transcript
from alongside.interviews.models import Interview, Revision, Speaker, Transcript, Turn
from alongside.interviews.queries import current_revision
from alongside.interviews.tests.helpers import TWO_TURNS, kept_files, upload, verbs
from alongside.people.actions import record_consent
from alongside.people.models import ConsentText, Participant, Person
from alongside.vault import files


def page(study: Study) -> str:
    return reverse("interviews:import-transcript", args=[study.slug])


def bomb() -> bytes:
    """A Word file of a few kilobytes that unpacks to more than 20 MB."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"<w>" + b" " * 30_000_000 + b"</w>")
    return packed.getvalue()


BROKEN = {
    "picture.png": (b"\x89PNG\r\n\x1a\n" + bytes(40), "a file ending in"),
    "wrong-type.vtt": (b"%PDF-1.7\n", "its content is something else"),
    "empty.vtt": (b"", "is empty"),
    "binary.txt": (bytes(range(256)) * 8, "text in UTF-8 was expected"),
    "cut-short.docx": (bomb()[:200], "cut short"),
    "cut-short.vtt": (TWO_TURNS.rpartition(b"<v")[0], "cut short"),
    "undecodable.vtt": (b"\xff\xfeW\x00E\x00\xd8", "utf-16"),
    "bomb.docx": (bomb(), "far more than a document needs"),
    "broken-times.vtt": (TWO_TURNS.replace(b"00:00:05.000", b"00:0x:05"), "line 6"),
    "backwards.vtt": (TWO_TURNS.replace(b"00:00:09.000", b"00:00:03.000"), "ends after it starts"),
}


def test_import_transcript(study: Study, as_josef: Client):
    """A file's turns, speakers, times and line numbers are stored, and its bytes in the vault."""
    answer = as_josef.post(page(study), {"uploads": upload("rowan.vtt", TWO_TURNS)})
    transcript = Transcript.objects.get()
    assert answer["Location"] == reverse("interviews:transcript", args=[study.slug, transcript.pk])
    assert (transcript.name, transcript.source_kind) == ("rowan", "vtt")
    revision = current_revision(transcript)
    assert revision.text == "How was it?\nQuiet. A good quiet."
    assert [
        (turn.number, turn.speaker.label, turn.words_in(revision.text), turn.start_ms, turn.end_ms, turn.line)
        for turn in revision.turns.select_related("speaker")
    ] == [(1, "Josef", "How was it?", 1000, 4000, 1), (2, "Rowan", "Quiet. A good quiet.", 5000, 9000, 2)]
    assert {s.label: s.kind for s in transcript.speakers.all()} == {"Josef": "asks", "Rowan": "answers"}
    assert files.read(transcript.source_sha256) == TWO_TURNS
    assert "import_transcript" in verbs()
    assert "check who asks" in as_josef.get(answer["Location"]).content.decode()


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_is_no_transcript_stores_nothing(name: str, study: Study, as_josef: Client):
    """One clear sentence naming the file; no row, no entry in the audit, no file in the vault."""
    data, sentence = BROKEN[name]
    before = verbs(), kept_files()
    answer = as_josef.post(page(study), {"uploads": upload(name, data)})
    said = answer.content.decode()
    assert answer.status_code == 422
    assert f"“{name}”" in said
    assert sentence.casefold() in said.casefold()
    assert not any(kind.objects.exists() for kind in (Transcript, Revision, Speaker, Turn))
    assert (verbs(), kept_files()) == before


def test_no_file_at_all(study: Study, as_josef: Client):
    """Pressing the button with nothing chosen says what to choose."""
    answer = as_josef.post(page(study), {"interview": ""})
    assert answer.status_code == 422
    assert "Choose one or more files" in answer.content.decode()


def test_several_files_come_in_together_or_not_at_all(study: Study, as_josef: Client):
    """One bad file among three keeps all out; without it all come in."""
    good = [upload("one.vtt", TWO_TURNS), upload("two.txt", b"Josef: Yes?\n\nRowan: No.\n")]
    before = kept_files()
    answer = as_josef.post(page(study), {"uploads": [*good, upload("three.vtt", b"")]})
    assert answer.status_code == 422
    assert "“three.vtt”" in answer.content.decode()
    assert not Transcript.objects.exists()
    assert kept_files() == before
    for each in good:
        each.seek(0)
    answer = as_josef.post(page(study), {"uploads": good}, follow=True)
    assert "2 transcripts are here." in answer.content.decode()
    assert sorted(t.name for t in Transcript.objects.all()) == ["one", "two"]


def test_the_same_file_a_second_time(study: Study, as_josef: Client):
    """The refusal names the earlier transcript, under whatever name the file comes again."""
    as_josef.post(page(study), {"uploads": upload("rowan.vtt", TWO_TURNS)})
    before = verbs()
    answer = as_josef.post(page(study), {"uploads": upload("again.vtt", TWO_TURNS)})
    assert answer.status_code == 422
    assert "“again.vtt” has been imported already, as “rowan”." in answer.content.decode()
    assert Transcript.objects.count() == 1
    assert verbs() == before


def test_the_same_file_twice_in_one_go(study: Study, as_josef: Client):
    """Choosing a file under two names is noticed before anything is stored."""
    twins = [upload("one.vtt", TWO_TURNS), upload("two.vtt", TWO_TURNS)]
    answer = as_josef.post(page(study), {"uploads": twins})
    assert "“two.vtt” is the same file as “one.vtt”." in answer.content.decode()
    assert not Transcript.objects.exists()


def test_the_second_time_reveals_nothing_behind_the_firewall(
    study: Study, wren_transcript: Transcript, as_priya: Client
):
    """Who is barred from a transcript isn't told its name by trying the same file."""
    again = files.read(wren_transcript.source_sha256)
    said = as_priya.post(page(study), {"uploads": upload("x.vtt", again)}).content.decode()
    assert "“x.vtt” has been imported already." in said
    assert "wren" not in said


def test_another_study_may_have_the_same_file(study: Study, other_study: Study):
    """Studies don't know of each other's files."""
    for each in (study, other_study):
        import_transcript(by=None, study=each, name="rowan.vtt", data=TWO_TURNS)
    assert Transcript.objects.count() == 2


def test_names_stay_apart(study: Study):
    """Two files of one name become two transcripts that can be told apart."""
    for data in (TWO_TURNS, TWO_TURNS + b"\n"):
        import_transcript(by=None, study=study, name="rowan.vtt", data=data)
    assert [t.name for t in Transcript.objects.all()] == ["rowan", "rowan (2)"]


def test_an_interviews_transcript_joins_its_participant(
    study: Study, booked: Interview, rowan_as_participant: Participant, as_josef: Client
):
    """Chosen for an interview, the one who answers is its participant."""
    as_josef.post(page(study), {"uploads": upload("r.vtt", TWO_TURNS), "interview": str(booked.pk)})
    transcript = Transcript.objects.get()
    assert transcript.interview == booked
    assert transcript.speakers.get(label="Rowan").participant == rowan_as_participant
    assert transcript.speakers.get(label="Josef").participant is None
    again = {"uploads": upload("s.vtt", TWO_TURNS + b"\n"), "interview": str(booked.pk)}
    assert as_josef.post(page(study), again).status_code == 422


def test_nobody_who_has_not_agreed(
    study: Study,
    booked: Interview,
    rowan: Person,
    consent_texts: dict[str, ConsentText],
    as_josef: Client,
):
    """Words of someone who no longer agrees to an interview are not taken in."""
    record_consent(by=None, person=rowan, text=consent_texts["interview"], decision="stopped")
    before = kept_files()
    sent = {"uploads": upload("r.vtt", TWO_TURNS), "interview": str(booked.pk)}
    answer = as_josef.post(page(study), sent)
    assert answer.status_code == 422
    assert "hasn’t agreed to an interview" in answer.content.decode()
    assert not Transcript.objects.exists()
    assert kept_files() == before


def test_the_firewall_stands_in_the_action_too(study: Study, priya: User, wren_as_participant: Participant):
    """Priya can't join a transcript to Wren, whom she works with, by any way in."""
    with pytest.raises(Http404):
        import_transcript(
            by=priya, study=study, name="w.vtt", data=TWO_TURNS, speakers={"Rowan": wren_as_participant}
        )
    assert not Transcript.objects.exists()


def test_who_asks_can_be_said(study: Study):
    """Labels named as asking are believed; one that isn't in the file is refused."""
    with pytest.raises(ValidationError, match="no speaker called “Ann”; it has Josef, Rowan"):
        import_transcript(by=None, study=study, name="r.vtt", data=TWO_TURNS, asks=["Ann"])
    transcript = import_transcript(by=None, study=study, name="r.vtt", data=TWO_TURNS, asks=["Rowan"])
    assert transcript.speakers.get(kind="asks").label == "Rowan"


@pytest.mark.parametrize(
    ("said", "asking"),
    [
        ("Interviewer: So.\n\nAnn: Well.\n", {"Interviewer"}),
        ("Ann: So?\n\nBo: Well.\n\nAnn: And then?\n\nBo: Then I left.\n", {"Ann"}),
        ("Ann: So?\n\nBo: Why?\n\nAnn: Because?\n\nBo: No?\n", set()),
        ("Just words, by nobody.\n", set()),
    ],
)
def test_who_asks_is_guessed(said: str, asking: set[str], study: Study):
    """From the label, else from who mostly puts questions; in doubt nobody is said to ask."""
    transcript = import_transcript(by=None, study=study, name="a.txt", data=said.encode())
    assert set(transcript.speakers.filter(kind="asks").values_list("label", flat=True)) == asking


def test_not_taken_is_told(study: Study, as_josef: Client):
    """What the reader left out stands on the transcript's page, not only in a log."""
    data = TWO_TURNS.replace(b"WEBVTT\n", b"WEBVTT\n\nNOTE check the name\n")
    answer = as_josef.post(page(study), {"uploads": upload("r.vtt", data)}, follow=True)
    assert "1 thing in the file was not taken" in answer.content.decode()
    assert "NOTE check the name" in answer.content.decode()


def test_a_long_transcript_in_few_queries(study: Study):
    """15,000 words in 1,500 turns come in with a number of queries that grows by the hundred turns."""

    def queries(turns: int) -> int:
        words = " ".join(["word"] * 10)
        data = "\n\n".join(f"Speaker {n % 2}: {words}" for n in range(turns)).encode()
        with CaptureQueriesContext(
            connection,
        ) as seen:
            import_transcript(by=None, study=study, name=f"{turns}.txt", data=data)
        return len(seen)

    assert queries(1500) - queries(300) <= 12


@pytest.mark.parametrize("who", ["as_hannah", "as_carys", "as_fern", "as_sunita", "as_stranger"])
def test_import_is_for_those_who_may(who: str, study: Study, request: pytest.FixtureRequest):
    """Everybody else finds nothing there."""
    client: Client = request.getfixturevalue(who)
    assert client.get(page(study)).status_code == 404
    assert client.post(page(study), {"uploads": upload("r.vtt", TWO_TURNS)}).status_code == 404
    assert not Transcript.objects.exists()


def test_the_form_offers_only_what_may_be_seen(
    study: Study, wren_transcript: Transcript, booked: Interview, as_priya: Client, sign_in: Callable
):
    """Interviews with a transcript, and those behind the firewall, are not offered."""
    wren = Interview.objects.get(transcript=wren_transcript)
    said = as_priya.get(page(study)).content.decode()
    assert str(booked.pk) in said
    assert str(wren.pk) not in said
