from django.test import Client

from alongside.accounts.models import Study, User
from alongside.analysis.actions import add_code, apply_code
from alongside.analysis.models import Code, Coding
from alongside.analysis.queries import count_table
from alongside.interviews.models import Transcript

FRONT = "/s/six-months-on/analysis/"


def test_codes_that_meet_are_counted_once(
    study: Study, hilary: User, dot: User, waiting: Code, visitor: Coding
):
    """Two codings that share a character are one meeting, on the diagonal too."""
    other = add_code(by=hilary, study=study, name="Other")
    place = {"revision": visitor.revision, "start": visitor.end - 1, "end": visitor.end + 3}
    apply_code(by=hilary, code=other, **place)
    apply_code(by=dot, code=waiting, **place)
    table = count_table(study, hilary)
    assert [coder.name for coder in table.coders] == ["Dot Ellison", "Hilary Banks"]
    lines = {line.path: (line.by_coder, line.meets) for line in table.lines}
    assert lines == {"Asking, then waiting": ([1, 1], [1, 2]), "Other": ([0, 1], [2, 0])}


def test_the_pages_say_what_there_is(as_hilary: Client, visitor: Coding):
    """Front page, counts page and both fragments."""
    assert "rowan" in as_hilary.get(FRONT).content.decode().lower()
    assert "Asking, then waiting" in as_hilary.get(f"{FRONT}counts/").content.decode()
    assert as_hilary.get(f"{FRONT}summary").content.decode().strip() == "1 of 1 transcripts coded, 1 coding"
    assert "coded by one person only" in as_hilary.get(f"{FRONT}todo").content.decode()


def test_nothing_yet_is_said_too(as_hilary: Client, study: Study):
    """An empty study has pages, not errors."""
    assert "Nothing to read yet" in as_hilary.get(FRONT).content.decode()
    assert "Nothing is coded yet" in as_hilary.get(f"{FRONT}counts/").content.decode()


def test_who_works_with_wren_is_told_nothing(
    as_priya: Client, hilary: User, waiting: Code, wren_transcript: Transcript
):
    """Neither in a list nor in a number."""
    apply_code(by=hilary, revision=wren_transcript.revisions.get(), code=waiting, start=0, end=5)
    assert "Nothing to read yet" in as_priya.get(FRONT).content.decode()
    assert as_priya.get(f"{FRONT}summary").content.decode().strip() == "Nothing to read yet"
    assert "Nothing is coded yet" in as_priya.get(f"{FRONT}counts/").content.decode()
