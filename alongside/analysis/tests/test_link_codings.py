"""Linking coded passages, of one transcript or of two, and saying what stands between them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.accounts.models import Study, User
from alongside.analysis.actions import apply_code, link_codings, remove_coding, undo
from alongside.analysis.models import Code, Coding, Link, Reading
from alongside.interviews.models import Transcript
from tests.support.workbench import ROOM, changes, on_coding

Rows = list[list[object]]


@pytest.fixture
def far(hilary: User, waiting: Code, wren_transcript: Transcript) -> Coding:
    """A passage of Wren's."""
    revision = wren_transcript.revisions.get(is_current=True)
    return apply_code(by=hilary, revision=revision, code=waiting, start=0, end=4)


def links_on(client: Client, transcript: Transcript) -> Rows:
    """As the page opens with them."""
    page = client.get(f"{ROOM}transcripts/{transcript.pk}/")
    rows: Rows = page.context["bench"].data["links"]
    return rows


def test_passages_of_two_transcripts_are_linked(
    as_hilary: Client,
    hilary: User,
    rowan_transcript: Transcript,
    wren_transcript: Transcript,
    visitor: Coding,
    far: Coding,
):
    """With words; each page has it and where its other end is, and the answer is about the text at hand."""
    answer = on_coding(as_hilary, visitor, "link", other=far.pk, says="the same wait")
    assert answer.status_code == 200
    link = Link.objects.get()
    assert (link.one, link.other, link.says) == (visitor, far, "the same wait")
    about = [link.pk, visitor.pk, far.pk, "the same wait", str(hilary.pk), hilary.name, False]
    here = f"{ROOM}transcripts/{rowan_transcript.pk}/#turn-7"
    there = f"{ROOM}transcripts/{wren_transcript.pk}/#turn-1"
    [told] = answer.json()["links"]
    assert told == [*about, [far.code.name, wren_transcript.title, there]]
    assert links_on(as_hilary, rowan_transcript) == [told]
    assert links_on(as_hilary, wren_transcript) == [
        [*about, [visitor.code.name, rowan_transcript.title, here]]
    ]


def test_the_other_transcripts_page_hears_of_it(
    as_dot: Client, hilary: User, wren_transcript: Transcript, visitor: Coding, far: Coding
):
    """Drawn, and turned back."""
    at = changes(as_dot, wren_transcript)["at"]
    link_codings(by=hilary, one=visitor, other=far)
    [drawn] = changes(as_dot, wren_transcript, at)["links"]
    assert drawn[6] is False
    undo(by=hilary, study=visitor.study, transcript=visitor.revision.transcript)
    [off] = changes(as_dot, wren_transcript, at)["links"]
    assert off[6] is True


def test_a_link_comes_back_with_the_passage_at_its_end(
    as_dot: Client,
    as_hilary: Client,
    hilary: User,
    rowan_transcript: Transcript,
    wren_transcript: Transcript,
    visitor: Coding,
    far: Coding,
):
    """Opened while one end was off, both texts' pages had no link; both hear of it when that is undone."""
    link = link_codings(by=hilary, one=visitor, other=far)
    remove_coding(by=hilary, coding=visitor)
    texts = (rowan_transcript, wren_transcript)
    assert [links_on(as_dot, text) for text in texts] == [[], []]
    at = changes(as_dot, rowan_transcript)["at"]
    undo(by=hilary, study=visitor.study, transcript=rowan_transcript)
    for text in texts:
        assert [row[:3] for row in changes(as_dot, text, at)["links"]] == [[link.pk, visitor.pk, far.pk]]


def test_a_link_tells_nothing_of_a_transcript_that_is_closed(
    as_priya: Client,
    hilary: User,
    rowan_transcript: Transcript,
    visitor: Coding,
    far: Coding,
):
    """Priya works with Wren: on Rowan's page there is no link, no word of it, and no number opens it."""
    at = changes(as_priya, rowan_transcript)["at"]
    link = link_codings(by=hilary, one=visitor, other=far)
    assert changes(as_priya, rowan_transcript, at)["links"] == []
    assert links_on(as_priya, rowan_transcript) == []
    assert on_coding(as_priya, visitor, "link", other=far.pk).status_code in (404, 422)
    answer = as_priya.post(f"{ROOM}links/{link.pk}/remove/", headers={"X-Workbench": "1"})
    assert answer.status_code == 404


def test_a_link_into_what_is_read_apart_waits(
    as_dot: Client,
    hilary: User,
    dot: User,
    rowan_transcript: Transcript,
    wren_transcript: Transcript,
    visitor: Coding,
    far: Coding,
):
    """It would tell where somebody coded there."""
    Reading.objects.create(transcript=wren_transcript, reader=dot, mode=Reading.Mode.APART)
    at = changes(as_dot, rowan_transcript)["at"]
    link_codings(by=hilary, one=visitor, other=far)
    assert changes(as_dot, rowan_transcript, at)["links"] == []
    assert links_on(as_dot, rowan_transcript) == []


def test_a_passage_of_another_study_is_not_linked(
    as_hilary: Client, hilary: User, other_study: Study, visitor: Coding
):
    """Nor one that isn't there: refused in a sentence, and nothing is drawn."""
    assert on_coding(as_hilary, visitor, "link", other=visitor.pk + 999).status_code == 422
    assert not Link.objects.exists()


def test_whoever_drew_it_without_coding_here_closes_it_to_nobody(
    as_hilary: Client, hilary: User, dot: User, rowan_transcript: Transcript, visitor: Coding
):
    """Dot links two passages of Hilary's and has none of her own: the page opens, with her name beside it."""
    other = apply_code(by=hilary, revision=visitor.revision, code=visitor.code, start=0, end=4)
    link_codings(by=dot, one=visitor, other=other)
    [row] = links_on(as_hilary, rowan_transcript)
    assert row[4:6] == [str(dot.pk), dot.name]


def test_links_cost_the_same_however_many(
    as_hilary: Client,
    hilary: User,
    rowan_transcript: Transcript,
    visitor: Coding,
    far: Coding,
):
    """Two queries for the far ends, of one link or of ten."""

    link_codings(by=hilary, one=visitor, other=far)
    links_on(as_hilary, rowan_transcript)
    with CaptureQueriesContext(connection) as one:
        links_on(as_hilary, rowan_transcript)
    for end in range(5, 14):
        more = apply_code(by=hilary, revision=far.revision, code=far.code, start=0, end=end)
        link_codings(by=hilary, one=visitor, other=more)
    with CaptureQueriesContext(connection) as ten:
        links_on(as_hilary, rowan_transcript)
    assert len(ten) <= len(one)


def test_what_was_taken_off_meanwhile_is_not_linked(
    as_hilary: Client, hilary: User, waiting: Code, visitor: Coding
):
    """The page may not have heard of it: it would draw a line to nothing."""
    other = apply_code(by=hilary, revision=visitor.revision, code=waiting, start=0, end=4)
    remove_coding(by=hilary, coding=visitor)
    answer = on_coding(as_hilary, visitor, "link", other=other.pk)
    assert answer.status_code == 422
    assert "taken off meanwhile" in answer.json()["error"]
    assert not Link.objects.exists()
