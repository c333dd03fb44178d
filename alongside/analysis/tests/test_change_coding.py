"""Resizing, moving to another code, copying and weighing a coding."""

import pytest
from django.test import Client

from alongside.accounts.models import Study, User
from alongside.analysis.actions import add_code, apply_code, retire_code
from alongside.analysis.models import Code, Coding
from alongside.audit.models import Entry
from alongside.interviews.models import Transcript
from tests.support.workbench import on_coding, span, words_of


@pytest.fixture
def chairs(hilary: User, study: Study) -> Code:
    return add_code(by=hilary, study=study, name="Chairs")


def test_a_passage_is_made_longer(as_hilary: Client, rowan_transcript: Transcript, visitor: Coding):
    """It is the same coding, with the new words; the record has it."""
    longer = span(rowan_transcript, "I am not a visitor in my own life")
    answer = on_coding(as_hilary, visitor, "resize", **longer)
    assert (answer.status_code, answer.json()["made"]) == (200, [visitor.pk])
    visitor.refresh_from_db()
    assert words_of(visitor) == "I am not a visitor in my own life"
    assert Entry.objects.filter(verb="resize_coding", object=str(visitor.pk)).count() == 1


def test_a_passage_without_words_is_refused(as_hilary: Client, rowan_transcript: Transcript, visitor: Coding):
    """And one that was measured on an earlier text."""
    longer = span(rowan_transcript, "I am not a visitor in my own life")
    assert on_coding(as_hilary, visitor, "resize", **{**longer, "end": 999_999}).status_code == 422
    assert on_coding(as_hilary, visitor, "resize", **{**longer, "revision": 3}).status_code == 422
    visitor.refresh_from_db()
    assert words_of(visitor) == "I am not a visitor"


def test_a_coding_moves_to_another_code(as_hilary: Client, visitor: Coding, chairs: Code):
    """Its words and its coder stay."""
    assert on_coding(as_hilary, visitor, "recode", code=chairs.pk).status_code == 200
    visitor.refresh_from_db()
    assert (visitor.code, words_of(visitor)) == (chairs, "I am not a visitor")


def test_it_does_not_move_onto_its_twin(as_hilary: Client, hilary: User, visitor: Coding, chairs: Code):
    """The same words are coded with one code once by one person."""
    apply_code(by=hilary, revision=visitor.revision, code=chairs, start=visitor.start, end=visitor.end)
    answer = on_coding(as_hilary, visitor, "recode", code=chairs.pk)
    assert answer.status_code == 422
    assert "coded with this code already" in answer.json()["error"]
    visitor.refresh_from_db()
    assert visitor.code != chairs


def test_a_copy_is_ones_own(as_dot: Client, dot: User, visitor: Coding, chairs: Code):
    """Dot puts another code on what Hilary coded; Hilary's stays as it is."""
    answer = on_coding(as_dot, visitor, "copy", code=chairs.pk)
    copy = Coding.objects.get(pk=answer.json()["made"][0])
    assert (copy.coder, copy.code, words_of(copy)) == (dot, chairs, words_of(visitor))
    assert Coding.objects.filter(removed=None).count() == 2


def test_no_code_out_of_use_is_taken(as_hilary: Client, hilary: User, visitor: Coding, chairs: Code):
    """Neither by moving nor by copying."""
    retire_code(by=hilary, code=chairs)
    for deed in ("recode", "copy"):
        answer = on_coding(as_hilary, visitor, deed, code=chairs.pk)
        assert answer.status_code == 422
        assert "taken out of use" in answer.json()["error"]


def test_a_coding_is_marked_as_important(as_hilary: Client, visitor: Coding):
    """And no longer."""
    assert on_coding(as_hilary, visitor, "weigh", important="on").json()["codings"][0][5] == 1
    visitor.refresh_from_db()
    assert visitor.important
    on_coding(as_hilary, visitor, "weigh")
    visitor.refresh_from_db()
    assert not visitor.important


@pytest.mark.parametrize("deed", ["resize", "recode", "weigh"])
def test_nobody_changes_anothers(
    as_dot: Client, rowan_transcript: Transcript, visitor: Coding, chairs: Code, deed: str
):
    """One sentence, and it stands as it was."""
    before = visitor.state
    asked = span(rowan_transcript, "I am not a visitor in", code=chairs.pk, important="on")
    answer = on_coding(as_dot, visitor, deed, **asked)
    assert answer.status_code == 422
    assert answer.json()["error"] == "Only the person who made a coding can change it or take it off."
    visitor.refresh_from_db()
    assert visitor.state == before


def test_what_was_taken_off_meanwhile_is_not_changed(as_hilary: Client, visitor: Coding, chairs: Code):
    """Another tab took it off."""
    on_coding(as_hilary, visitor, "remove")
    answer = on_coding(as_hilary, visitor, "recode", code=chairs.pk)
    assert answer.status_code == 422
    assert "taken off meanwhile" in answer.json()["error"]
