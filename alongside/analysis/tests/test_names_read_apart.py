"""Codes that are named while a transcript is read separately."""

from uuid import uuid4

import pytest
from django.test import Client

from alongside.accounts.models import Study, User
from alongside.analysis.actions import (
    add_code,
    apply_code,
    apply_new_code,
    ask_to_read,
    change_code,
    finish_reading,
    keep_version,
    move_code,
    undo,
)
from alongside.analysis.models import Code, Coding, MachineHelp, Run
from alongside.analysis.queries import last_number, unseen_codes
from alongside.analysis.tests.model_server import Heard
from alongside.analysis.tests.running import run_all
from alongside.interviews.models import Transcript

ROOM = "/s/six-months-on/analysis/"
NAME = "In my own life"


def text(transcript: Transcript, *rest: str) -> str:
    return "/".join([f"{ROOM}transcripts/{transcript.pk}", *rest, ""])


@pytest.fixture
def apart(hilary: User, dot: User, rowan_transcript: Transcript) -> Transcript:
    """Dot and Hilary read Rowan's interview separately."""
    ask_to_read(by=hilary, transcript=rowan_transcript, readers=[dot, hilary], mode="apart")
    return rowan_transcript


@pytest.fixture
def coined(as_dot: Client, study: Study, apart: Transcript, waiting: Code) -> Code:
    """Dot makes some of Rowan's words a code."""
    sent = {"name": NAME, "start": 0, "end": 4, "revision": 1, "key": uuid4(), "after": last_number(study)}
    answer = as_dot.post(text(apart, "codings"), sent, headers={"X-Workbench": "1"})
    assert NAME in answer.content.decode()
    return Code.objects.get(name=NAME)


def pages(code: Code, *transcripts: Transcript) -> list[str]:
    """Wherever codes are listed."""
    every = [f"{ROOM}codebook/", f"{ROOM}codebook/add/", f"{ROOM}codebook/versions/", f"{ROOM}search/?q=a"]
    every += [f"{ROOM}themes/start/", f"{ROOM}codes/{code.pk}/merge/", f"{ROOM}codes/{code.pk}/split/"]
    for transcript in transcripts:
        every += [
            text(transcript) + "?turn=1",
            text(transcript, "changes") + f"?after={last_number(code.study) - 1}",
        ]
    return every


def test_the_others_do_not_see_the_name(
    as_dot: Client,
    as_hilary: Client,
    coined: Code,
    waiting: Code,
    rowan_transcript: Transcript,
    wren_transcript: Transcript,
):
    """Neither in the codebook nor where codes are chosen or told of, nor by the code's own address; who named
    it has it everywhere."""
    for page in pages(waiting, rowan_transcript, wren_transcript):
        assert NAME not in as_hilary.get(page).content.decode(), page
    count = as_hilary.get(ROOM).context["counts"]["codes"]
    assert count == as_dot.get(ROOM).context["counts"]["codes"] - 1
    for page in ("", "change/", "put/", "merge/", "split/"):
        assert as_hilary.get(f"{ROOM}codes/{coined.pk}/{page}").status_code == 404
        assert as_dot.get(f"{ROOM}codes/{coined.pk}/{page}").status_code == 200
    assert as_hilary.get(f"{ROOM}memos/write/?code={coined.pk}").status_code == 404
    for page in (f"{ROOM}codebook/", text(rowan_transcript), f"{ROOM}search/?q=a"):
        assert NAME in as_dot.get(page).content.decode(), page


def test_it_does_not_leave_with_the_codebook_or_stay_in_a_version(
    as_hilary: Client, hilary: User, study: Study, coined: Code
):
    """Neither in a file that somebody else takes out, nor in what everybody can look up later."""
    for format in ("csv", "qdc"):
        out = as_hilary.post(f"/s/six-months-on/exchange/codebook.{format}")
        left = b"".join(out.streaming_content)  # type: ignore[attr-defined]
        assert b"Asking" in left
        assert NAME.encode() not in left
    kept = keep_version(by=hilary, study=study)
    assert NAME not in [code["name"] for code in kept.codes]


def test_a_model_is_not_told_of_it(
    as_dot: Client,
    as_hilary: Client,
    dot: User,
    hilary: User,
    machine: MachineHelp,
    model: Heard,
    waiting: Code,
    rowan_transcript: Transcript,
    wren_transcript: Transcript,
):
    """Dot, who named it in Wren's interview, asks about Rowan's, which is open: what was sent and what is
    suggested is Hilary's to read, so the name isn't in it until all have finished with Wren's."""
    ask_to_read(by=hilary, transcript=wren_transcript, readers=[dot, hilary], mode="apart")
    name = "Thresholds"
    apply_new_code(by=dot, revision=wren_transcript.revisions.get(), name=name, start=0, end=4)
    run_all(as_dot, rowan_transcript)
    assert waiting.name in model.all
    assert name not in model.all
    for page in ("askings", "suggestions"):
        assert name not in as_hilary.get(text(rowan_transcript, page)).content.decode(), page
    for reader in (dot, hilary):
        finish_reading(by=reader, transcript=wren_transcript)
    Run.objects.all().delete()
    run_all(as_hilary, rowan_transcript)
    assert name in model.all


def test_everyone_sees_it_once_the_readers_have_finished(
    as_hilary: Client, hilary: User, dot: User, coined: Code, apart: Transcript
):
    """One who isn't done keeps it hidden still."""
    finish_reading(by=dot, transcript=apart)
    assert NAME not in as_hilary.get(f"{ROOM}codebook/").content.decode()
    finish_reading(by=hilary, transcript=apart)
    assert NAME in as_hilary.get(f"{ROOM}codebook/").content.decode()


def test_what_everyone_knows_is_not_hidden_again(
    hilary: User, dot: User, josef: User, study: Study, coined: Code, apart: Transcript
):
    """Neither what was named before reading apart began, nor what an earlier round brought."""
    for reader in (dot, hilary):
        finish_reading(by=reader, transcript=apart)
    apart.readings.filter(reader=hilary).delete()
    ask_to_read(by=dot, transcript=apart, readers=[hilary], mode="apart")
    assert unseen_codes(study, hilary) == set()


def test_whoever_joins_late_sees_it_no_sooner(
    hilary: User, dot: User, study: Study, coined: Code, apart: Transcript
):
    """Hilary's asking is renewed while Dot still reads: it is one round."""
    apart.readings.filter(reader=hilary).delete()
    ask_to_read(by=dot, transcript=apart, readers=[hilary], mode="apart")
    finish_reading(by=dot, transcript=apart)
    assert unseen_codes(study, hilary) == {coined.pk}


@pytest.mark.parametrize("where", ["workbench", "codebook"])
def test_the_same_name_is_the_same_code(
    as_hilary: Client, dot: User, coined: Code, apart: Transcript, where: str, waiting: Code
):
    """Hilary names one so too, and isn't told that there is one: it is hers to use from then on."""
    if where == "workbench":
        sent = {"name": NAME, "start": 5, "end": 9, "revision": 1, "key": uuid4(), "after": 0}
        answer = as_hilary.post(text(apart, "codings"), sent, headers={"X-Workbench": "1"})
        assert answer.status_code == 200
        assert Coding.objects.filter(code=coined).count() == 2
    else:
        sent = {"name": NAME, "definition": "What is mine"}
        assert as_hilary.post(f"{ROOM}codebook/add/", sent).status_code == 302
        coined.refresh_from_db()
        assert coined.definition == "What is mine"
    assert NAME in as_hilary.get(f"{ROOM}codebook/").content.decode()
    assert Code.objects.filter(name=NAME).count() == 1


def test_what_two_wrote_of_one_name_stands_together(
    as_hilary: Client, dot: User, coined: Code, apart: Transcript
):
    """Neither knew of the other, and neither's words are dropped."""
    change_code(by=dot, code=coined, definition="Not somebody else’s")
    as_hilary.post(f"{ROOM}codebook/add/", {"name": NAME, "definition": "What is mine"})
    coined.refresh_from_db()
    assert coined.definition.split("\n\n") == ["Not somebody else’s", "What is mine"]


def test_one_that_was_undone_is_no_hindrance(
    dot: User, hilary: User, study: Study, coined: Code, apart: Transcript
):
    """Dot took it back: Hilary isn't told that it is out of use, but has it."""
    undo(by=dot, study=study, transcript=apart)
    assert Code.objects.get(pk=coined.pk).retired
    coding = apply_new_code(by=hilary, revision=apart.revisions.get(), name=NAME, start=5, end=9)
    assert (coding.code, coding.code.retired) == (coined, None)


def test_used_in_the_open_it_is_seen(
    as_hilary: Client,
    dot: User,
    hilary: User,
    study: Study,
    coined: Code,
    apart: Transcript,
    wren_transcript: Transcript,
):
    """Dot codes another transcript with it, which nobody reads separately."""
    apply_code(by=dot, revision=wren_transcript.revisions.get(), code=coined, start=0, end=4)
    assert NAME in as_hilary.get(f"{ROOM}codebook/").content.decode()
    assert NAME in as_hilary.get(text(wren_transcript)).content.decode()


def test_what_stands_above_a_code_is_seen(
    as_hilary: Client, dot: User, hilary: User, study: Study, coined: Code, waiting: Code
):
    """Dot puts everybody's code below it: the tree stays whole."""
    move_code(by=dot, code=waiting, parent=coined)
    page = as_hilary.get(f"{ROOM}codebook/").content.decode()
    assert NAME in page
    assert waiting.name in page
    assert unseen_codes(study, hilary) == set()


def test_adding_a_code_on_the_codebook_page_shows_it(
    as_hilary: Client, dot: User, study: Study, apart: Transcript
):
    """That is said to everyone, whatever is read meanwhile."""
    add_code(by=dot, study=study, name=NAME)
    assert NAME in as_hilary.get(f"{ROOM}codebook/").content.decode()
