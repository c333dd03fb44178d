from typing import Any

from django.test import Client

from alongside.accounts.models import Study, User
from alongside.analysis.actions import (
    BroughtCode,
    add_code,
    apply_code,
    change_code,
    merge_codes,
    move_code,
    take_codes,
    undo,
)
from alongside.analysis.models import Code, Coding
from alongside.interviews.models import Transcript

ROOM = "/s/six-months-on/analysis/codebook/"


def test_the_page_says_what_undo_would_turn_back(
    as_hilary: Client, as_dot: Client, hilary: User, waiting: Code
):
    """One's own acts alone: Dot has nothing to undo."""
    change_code(by=hilary, code=waiting, name="Waiting")
    turns = as_hilary.get(ROOM).context["turns"]
    assert (turns.undo, turns.redo) == ("Changed a code", "")
    as_hilary.post(ROOM + "undo/")
    waiting.refresh_from_db()
    assert waiting.name == "Asking, then waiting"
    turns = as_hilary.get(ROOM).context["turns"]
    assert (turns.undo, turns.redo) == ("Added a code", "Changed a code")
    assert as_dot.get(ROOM).context["turns"].undo == ""
    as_hilary.post(ROOM + "redo/")
    waiting.refresh_from_db()
    assert waiting.name == "Waiting"


def test_the_page_says_what_redo_would_bring_back(as_hilary: Client, hilary: User, waiting: Code):
    """The act undone last, not one that was undone before something new was done."""
    above = add_code(by=hilary, study=waiting.study, name="Above")
    change_code(by=hilary, code=waiting, name="Waiting")
    as_hilary.post(ROOM + "undo/")
    move_code(by=hilary, code=waiting, parent=above)
    as_hilary.post(ROOM + "undo/")
    assert as_hilary.get(ROOM).context["turns"].redo == "Moved a code"
    as_hilary.post(ROOM + "redo/")
    waiting.refresh_from_db()
    assert (waiting.name, waiting.parent and waiting.parent.name) == ("Asking, then waiting", "Above")


def test_nothing_to_undo_is_said(as_dot: Client, study: Study):
    """And so is nothing to do again."""
    assert "Nothing to undo." in as_dot.post(ROOM + "undo/", follow=True).content.decode()
    assert "Nothing to redo." in as_dot.post(ROOM + "redo/", follow=True).content.decode()


def test_a_name_taken_meanwhile_is_not_taken_back(as_hilary: Client, dot: User, hilary: User, study: Study):
    """Dot has given the old name to another code: undoing the new name is refused in a sentence."""
    code = add_code(by=hilary, study=study, name="Old")
    change_code(by=hilary, code=code, name="New")
    add_code(by=dot, study=study, name="Old")
    page = as_hilary.post(ROOM + "undo/", headers={"X-Codebook": "tree"})
    assert page.status_code == 422
    assert "Another code of this name stands there already." in page.content.decode()
    code.refresh_from_db()
    assert code.name == "New"
    assert as_hilary.get(ROOM).context["turns"].undo == "Added a code"
    assert as_hilary.post(ROOM + "undo/", headers={"X-Codebook": "tree"}).status_code == 200
    code.refresh_from_db()
    assert code.retired


def test_undoing_makes_no_circle(as_hilary: Client, dot: User, hilary: User, study: Study, waiting: Code):
    """Dot puts the upper code below the one that Hilary took out from under it: going back is refused."""
    below = add_code(by=hilary, study=study, name="Below", parent=waiting)
    move_code(by=hilary, code=below, parent=None)
    move_code(by=dot, code=waiting, parent=below)
    page = as_hilary.post(ROOM + "undo/", headers={"X-Codebook": "tree"})
    assert page.status_code == 422
    assert "changed again since" in page.content.decode()
    below.refresh_from_db()
    assert below.parent is None
    assert {"Below", waiting.name} <= {code.name for code in Code.objects.filter(study=study)}
    assert waiting.name in as_hilary.get(ROOM).content.decode()


def test_what_stood_under_a_merged_code_goes_back_under_the_one_it_became(
    as_hilary: Client, dot: User, hilary: User, study: Study, waiting: Code
):
    """And not under one that is out of use."""
    below = add_code(by=hilary, study=study, name="Below", parent=waiting)
    move_code(by=hilary, code=below, parent=None)
    merge_codes(by=dot, code=waiting, into=add_code(by=dot, study=study, name="Time"))
    assert as_hilary.post(ROOM + "undo/", headers={"X-Codebook": "tree"}).status_code == 200
    below.refresh_from_db()
    assert below.parent == Code.objects.get(name="Time")


def test_a_file_of_many_codes_is_undone_in_few_questions(
    hilary: User, study: Study, django_assert_max_num_queries: Any
):
    """However many it brought."""
    brought = [BroughtCode(key=str(n), above=None, name=f"Code {n}") for n in range(150)]
    take_codes(by=hilary, study=study, new=brought, changed={})
    with django_assert_max_num_queries(30):
        undo(by=hilary, study=study, transcript=None)
    assert not Code.objects.filter(retired=None).exists()


def test_codings_are_not_undone_from_the_codebook(
    as_hilary: Client, hilary: User, waiting: Code, rowan_transcript: Transcript
):
    """They are of the transcript: the codebook turns back what was done to codes."""
    apply_code(by=hilary, revision=rowan_transcript.revisions.get(), code=waiting, start=0, end=4)
    as_hilary.post(ROOM + "undo/")
    assert Coding.objects.get().removed is None


def test_strangers_find_nothing(as_stranger: Client, as_fern: Client, study: Study):
    """Another study's members and mere readers get the same answer."""
    for client in (as_stranger, as_fern):
        assert client.post(ROOM + "undo/").status_code == 404
        assert client.post(ROOM + "redo/").status_code == 404


def test_one_that_others_named_since_stays(
    as_hilary: Client, as_dot: Client, hilary: User, dot: User, study: Study
):
    """Hilary adds a code and takes that back; Dot adds it; what Hilary then turns back and forth takes it
    from nobody."""
    code = add_code(by=hilary, study=study, name="Chairs")
    as_hilary.post(ROOM + "undo/", headers={"X-Codebook": "tree"})
    assert add_code(by=dot, study=study, name="Chairs") == code
    for turn in ("redo/", "undo/"):
        as_hilary.post(ROOM + turn, headers={"X-Codebook": "tree"})
    code.refresh_from_db()
    assert code.retired is None
    as_dot.post(ROOM + "undo/", headers={"X-Codebook": "tree"})
    code.refresh_from_db()
    assert code.retired is not None
