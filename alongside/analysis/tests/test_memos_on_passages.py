"""What is written about a passage stands with it: beside the text, with its code, among a theme’s words."""

import json
import re

import pytest
from django.test import Client

from alongside.accounts.models import Study, User
from alongside.analysis.actions import keep_memo, start_theme
from alongside.analysis.models import Code, Coding, Memo, Reading
from alongside.interviews.models import Transcript

ROOM = "/s/six-months-on/analysis/"
WRITE = f"{ROOM}memos/write/"


def beside(client: Client, transcript: Transcript) -> dict[str, list[list]]:
    """What the workbench's script is given, by coding."""
    page = client.get(f"{ROOM}transcripts/{transcript.pk}/").content.decode()
    found = re.search('<script id="reading-data" type="application/json">(.*?)</script>', page)
    assert found
    return json.loads(found[1])["memos"]


@pytest.fixture
def two(study: Study, hilary: User, dot: User, visitor: Coding) -> list[Memo]:
    """One of Dot's on Hilary's coding, and one that Hilary keeps to herself."""
    return [
        keep_memo(by=dot, study=study, words="The chair again", coding=visitor),
        keep_memo(by=hilary, study=study, words="Unsure of this", coding=visitor, private=True),
    ]


def test_it_leads_back_to_its_place(as_dot: Client, visitor: Coding, rowan_transcript: Transcript):
    """On anybody's coding: the page shows the words, and leads back to their turn when it is kept."""
    page = as_dot.get(f"{WRITE}?coding={visitor.pk}").content.decode()
    assert visitor.revision.text[visitor.start : visitor.end] in page
    answer = as_dot.post(f"{WRITE}?coding={visitor.pk}", {"words": "The chair again"})
    assert answer.headers["Location"] == f"{ROOM}transcripts/{rowan_transcript.pk}/#turn-7"
    assert Memo.objects.get().coding == visitor


def test_it_stands_beside_the_text(
    as_hilary: Client, as_dot: Client, visitor: Coding, two: list[Memo], rowan_transcript: Transcript
):
    """With who wrote it; one's own with the way to change it; not what another keeps to themselves."""
    hers, own = beside(as_hilary, rowan_transcript)[str(visitor.pk)]
    assert hers == ["Dot Ellison", "The chair again", False, ""]
    assert own == ["Hilary Banks", "Unsure of this", True, f"{ROOM}memos/{two[1].pk}/change/"]
    [seen] = beside(as_dot, rowan_transcript)[str(visitor.pk)]
    assert seen[1] == "The chair again"


def test_it_stands_in_the_form_without_script(
    as_dot: Client, visitor: Coding, two: list[Memo], rowan_transcript: Transcript
):
    """At its coding, with the way to write one."""
    page = as_dot.get(f"{ROOM}transcripts/{rowan_transcript.pk}/?turn=7").content.decode()
    here = page.split('class="by-form"')[1].split("</ol>")[0]
    assert "The chair again" in here
    assert "Unsure" not in here
    assert f"{WRITE}?coding={visitor.pk}" in here


def test_it_stands_with_its_code_and_its_theme(
    as_dot: Client, as_hilary: Client, study: Study, waiting: Code, two: list[Memo]
):
    """Beside the words that are coded, and beside those that a theme could choose."""
    theme = start_theme(by=None, study=study, name="A gap that size", idea="Waiting.", codes=[waiting])
    for address in (f"{ROOM}codes/{waiting.pk}/", f"{ROOM}themes/{theme.pk}/"):
        page = as_dot.get(address).content.decode()
        assert "The chair again" in page
        assert "Unsure" not in page
        assert "Unsure of this" in as_hilary.get(address).content.decode()


def test_none_of_others_while_it_is_read_apart(
    as_hilary: Client, as_dot: Client, dot: User, visitor: Coding, two: list[Memo], waiting: Code
):
    """Where others wrote would tell where they coded; on one's own coding, one's own memo alone."""
    transcript = visitor.revision.transcript
    Reading.objects.create(transcript=transcript, reader=dot, mode=Reading.Mode.APART)
    assert beside(as_dot, transcript) == {}
    [own] = beside(as_hilary, transcript)[str(visitor.pk)]
    assert own[1] == "Unsure of this"
    assert "The chair again" not in as_hilary.get(f"{ROOM}codes/{waiting.pk}/").content.decode()
    assert as_dot.get(f"{WRITE}?coding={visitor.pk}").status_code == 404


def test_a_coding_that_was_taken_off_takes_its_memos_along(
    as_hilary: Client, visitor: Coding, two: list[Memo]
):
    """Beside the text; among the memos they stay."""
    Coding.objects.update(removed="2026-11-01T00:00Z")
    assert beside(as_hilary, visitor.revision.transcript) == {}
    assert "The chair again" in as_hilary.get(f"{ROOM}memos/").content.decode()


@pytest.mark.parametrize("many", [2, 12])
def test_memos_cost_one_question_more(
    many: int,
    as_hilary: Client,
    dot: User,
    study: Study,
    visitor: Coding,
    waiting: Code,
    django_assert_num_queries,
):
    """The page of a code asks as much for many as for few."""
    for number in range(many):
        keep_memo(by=dot, study=study, words=f"Memo {number}", coding=visitor)
    address = f"{ROOM}codes/{waiting.pk}/"
    as_hilary.get(address)
    with django_assert_num_queries(19):
        as_hilary.get(address)
