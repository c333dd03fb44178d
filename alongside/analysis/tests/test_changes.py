"""What a page on a transcript hears of what changed there."""

from uuid import uuid4

import pytest
from django.test import Client

from alongside.accounts.models import Study, User
from alongside.analysis.actions import (
    NewCoding,
    add_code,
    apply_code,
    change_code,
    link_codings,
    remove_coding,
    take_codings,
)
from alongside.analysis.models import Act, Code, Coding, Feed, Reading
from alongside.analysis.queries import feed
from alongside.interviews.models import Transcript
from tests.support.workbench import ROOM, changes, on_text, span


def test_what_another_did_is_told_as_it_stands(
    as_hilary: Client, dot: User, rowan_transcript: Transcript, waiting: Code
):
    """Coded and taken off again: told as off, once, whether one heard of the first or not."""
    before = changes(as_hilary, rowan_transcript)["at"]
    revision = rowan_transcript.revisions.get(is_current=True)
    coding = apply_code(by=dot, revision=revision, code=waiting, start=0, end=4)
    between = changes(as_hilary, rowan_transcript, before)
    assert [(row[0], row[6]) for row in between["codings"]] == [(coding.pk, False)]
    assert between["coders"] == [[str(dot.pk), "Dot Ellison", "DE"]]
    remove_coding(by=dot, coding=coding)
    for heard in (before, between["at"]):
        told = changes(as_hilary, rowan_transcript, heard)
        assert [(row[0], row[6]) for row in told["codings"]] == [(coding.pk, True)]


def test_nothing_new_is_a_short_answer(
    as_hilary: Client, rowan_transcript: Transcript, visitor: Coding, django_assert_max_num_queries
):
    """Asked every second by everybody who reads: it costs little."""
    at = changes(as_hilary, rowan_transcript)["at"]
    with django_assert_max_num_queries(14):
        told = changes(as_hilary, rowan_transcript, at)
    assert (told["at"], told["codings"], told["codes"], told["links"]) == (at, [], [], [])


def test_codes_are_told_on_every_transcript(
    as_hilary: Client, hilary: User, study: Study, rowan_transcript: Transcript, waiting: Code
):
    """A new one and a new name."""
    at = changes(as_hilary, rowan_transcript)["at"]
    add_code(by=hilary, study=study, name="Chairs", parent=waiting)
    change_code(by=hilary, code=waiting, name="Waiting")
    told = changes(as_hilary, rowan_transcript, at)
    assert {(row[1], row[2]) for row in told["codes"]} == {("Chairs", str(waiting.pk)), ("Waiting", "")}


def test_links_are_told(as_dot: Client, hilary: User, rowan_transcript: Transcript, visitor: Coding):
    """With what was said of them, and by whom."""
    other = apply_code(by=hilary, revision=visitor.revision, code=visitor.code, start=0, end=4)
    at = changes(as_dot, rowan_transcript)["at"]
    link = link_codings(by=hilary, one=visitor, other=other, says="the same chair")
    told = changes(as_dot, rowan_transcript, at)["links"]
    whose = [str(hilary.pk), hilary.name]
    assert told == [[link.pk, visitor.pk, other.pk, "the same chair", *whose, False, None]]


def test_what_was_done_in_another_transcript_is_not_told(
    as_hilary: Client,
    hilary: User,
    rowan_transcript: Transcript,
    wren_transcript: Transcript,
    waiting: Code,
):
    """Each page hears of its own text."""
    at = changes(as_hilary, rowan_transcript)["at"]
    revision = wren_transcript.revisions.get(is_current=True)
    apply_code(by=hilary, revision=revision, code=waiting, start=0, end=4)
    told = changes(as_hilary, rowan_transcript, at)
    assert (told["codings"], told["at"] > at) == ([], True)


def test_many_at_once_ask_for_the_page_anew(
    as_hilary: Client, hilary: User, study: Study, rowan_transcript: Transcript, waiting: Code
):
    """A table that was brought in is not told row by row."""
    at = changes(as_hilary, rowan_transcript)["at"]
    revision = rowan_transcript.revisions.get(is_current=True)
    take_codings(by=hilary, study=study, codings=[NewCoding(revision, waiting, hilary, 0, 4)])
    assert changes(as_hilary, rowan_transcript, at)["much"] is True


def test_while_it_is_read_apart_only_ones_own_is_told(
    as_hilary: Client, as_dot: Client, hilary: User, dot: User, rowan_transcript: Transcript, waiting: Code
):
    """Neither the other's coding nor that they took it off; when both are done, the page shows all."""
    for reader in (hilary, dot):
        Reading.objects.create(transcript=rowan_transcript, reader=reader, mode=Reading.Mode.APART)
    coding = apply_code(
        by=dot, revision=rowan_transcript.revisions.get(is_current=True), code=waiting, start=0, end=4
    )
    assert changes(as_hilary, rowan_transcript)["codings"] == []
    assert changes(as_hilary, rowan_transcript)["coders"] == []
    assert [row[0] for row in changes(as_dot, rowan_transcript)["codings"]] == [coding.pk]
    Reading.objects.update(finished="2026-11-01T10:00Z")
    assert [row[0] for row in changes(as_hilary, rowan_transcript)["codings"]] == [coding.pk]


def test_an_act_tells_what_others_did_meanwhile(
    as_hilary: Client, dot: User, rowan_transcript: Transcript, waiting: Code
):
    """The answer to one's own act brings theirs, so no page hears of a later one and misses an earlier."""
    at = changes(as_hilary, rowan_transcript)["at"]
    theirs = apply_code(
        by=dot, revision=rowan_transcript.revisions.get(is_current=True), code=waiting, start=0, end=4
    )
    asked = span(rowan_transcript, "And now?", code=waiting.pk, after=at)
    told = on_text(as_hilary, rowan_transcript, "codings", **asked).json()
    assert {row[0] for row in told["codings"]} == {theirs.pk, *told["made"]}


def test_numbers_have_no_gap_in_what_was_done(dot: User, rowan_transcript: Transcript, waiting: Code):
    """Each act has the number after the one before, also where one was asked for twice."""
    revision = rowan_transcript.revisions.get(is_current=True)
    name = uuid4()
    for _ in range(2):
        apply_code(by=dot, revision=revision, code=waiting, start=0, end=4, key=name)
    apply_code(by=dot, revision=revision, code=waiting, start=5, end=9)
    numbers = list(Act.objects.filter(study=rowan_transcript.study).values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert Feed.objects.get().last == numbers[-1]


@pytest.mark.parametrize("who", ["as_hannah", "as_fern", "as_stranger"])
def test_whoever_may_not_read_hears_nothing(
    request: pytest.FixtureRequest, rowan_transcript: Transcript, who: str
):
    """The transcript isn't there for them."""
    client: Client = request.getfixturevalue(who)
    assert client.get(f"{ROOM}transcripts/{rowan_transcript.pk}/changes/").status_code == 404


def test_the_firewall_holds(as_priya: Client, wren_transcript: Transcript):
    """Priya works with Wren."""
    assert as_priya.get(f"{ROOM}transcripts/{wren_transcript.pk}/changes/").status_code == 404


@pytest.mark.parametrize("heard", [10**6, 10**30])
def test_a_number_that_was_never_given_asks_for_the_page_anew(
    as_hilary: Client, rowan_transcript: Transcript, visitor: Coding, heard: int
):
    """The store was put back to an earlier day while the page was open: it would wait for ever."""
    assert changes(as_hilary, rowan_transcript, heard)["much"] is True


def test_many_codes_at_once_ask_for_the_page_anew(
    as_hilary: Client, hilary: User, study: Study, rowan_transcript: Transcript, monkeypatch
):
    """A codebook taken in may bring more than a page should hear of piece by piece."""
    monkeypatch.setattr(feed, "MOST", 2)
    at = changes(as_hilary, rowan_transcript)["at"]
    for name in ("Chairs", "Doors"):
        add_code(by=hilary, study=study, name=name)
    for name in ("Bench", "Seat", "Stool"):
        change_code(by=hilary, code=Code.objects.get(name__in=["Chairs", "Bench", "Seat"]), name=name)
    told = changes(as_hilary, rowan_transcript, at)
    assert (told["much"], {row[1] for row in told["codes"]}) == (False, {"Stool", "Doors"})
    add_code(by=hilary, study=study, name="Windows")
    assert changes(as_hilary, rowan_transcript, at)["much"] is True
