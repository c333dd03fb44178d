"""Undo and redo: every act, in the order of each person's own, as far back as there are any."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.accounts.models import Study, User
from alongside.analysis.actions import (
    NewCoding,
    add_code,
    apply_code,
    merge_codes,
    recode,
    redo,
    remove_coding,
    retire_code,
    split_code,
    start_discussion,
    take_codings,
    undo,
    weigh_coding,
)
from alongside.analysis.models import Act, Code, Coding, Link
from alongside.interviews.models import Transcript
from tests.support.workbench import changes, on_coding, on_text, span, words_of


@pytest.fixture
def chairs(hilary: User, study: Study) -> Code:
    return add_code(by=hilary, study=study, name="Chairs")


def standing() -> set[tuple[str, str, bool]]:
    rows = Coding.objects.filter(removed=None).select_related("code", "revision")
    return {(words_of(row), row.code.name, row.important) for row in rows}


def test_each_act_is_undone_and_done_again(
    as_hilary: Client, rowan_transcript: Transcript, visitor: Coding, chairs: Code
):
    """Coded, made longer, moved, marked, copied, taken off: back one by one to nothing, and forth again."""
    longer = span(rowan_transcript, "I am not a visitor in my own life")
    seen = [standing()]
    for deed, asked in (
        ("resize", longer),
        ("recode", {"code": chairs.pk}),
        ("weigh", {"important": "on"}),
        ("copy", {"code": visitor.code_id}),
        ("remove", {}),
    ):
        assert on_coding(as_hilary, visitor, deed, **asked).status_code == 200
        seen.append(standing())
    for before in [*reversed(seen[:-1]), set()]:
        assert on_text(as_hilary, rowan_transcript, "undo").status_code == 200
        assert standing() == before
    assert on_text(as_hilary, rowan_transcript, "undo").json()["error"] == "Nothing to undo."
    for after in seen:
        assert on_text(as_hilary, rowan_transcript, "redo").status_code == 200
        assert standing() == after
    assert on_text(as_hilary, rowan_transcript, "redo").json()["error"] == "Nothing to redo."


def test_another_persons_act_is_not_undone(
    as_hilary: Client, as_dot: Client, rowan_transcript: Transcript, visitor: Coding, chairs: Code
):
    """Each turns back their own, whoever did something last."""
    on_text(as_dot, rowan_transcript, "codings", **span(rowan_transcript, "And now?", code=chairs.pk))
    on_text(as_hilary, rowan_transcript, "undo")
    assert standing() == {("And now?", "Chairs", False)}


def test_asked_twice_it_turns_back_one(
    as_hilary: Client, rowan_transcript: Transcript, visitor: Coding, chairs: Code
):
    """A page that lost the answer asks again under the same name."""
    on_text(as_hilary, rowan_transcript, "codings", **span(rowan_transcript, "And now?", code=chairs.pk))
    name = uuid4()
    for _ in range(2):
        assert on_text(as_hilary, rowan_transcript, "undo", key=name).status_code == 200
    assert standing() == {("I am not a visitor", "Asking, then waiting", False)}


def test_something_new_ends_what_could_be_done_again(
    as_hilary: Client, rowan_transcript: Transcript, visitor: Coding, chairs: Code
):
    """As everywhere: after a new act nothing is left to redo."""
    on_text(as_hilary, rowan_transcript, "undo")
    on_text(as_hilary, rowan_transcript, "codings", **span(rowan_transcript, "And now?", code=chairs.pk))
    assert on_text(as_hilary, rowan_transcript, "redo").status_code == 422


def test_a_code_named_while_reading_goes_with_its_coding(as_hilary: Client, rowan_transcript: Transcript):
    """Undone, it is out of use; done again, in use."""
    on_text(as_hilary, rowan_transcript, "codings", **span(rowan_transcript, "And now?", name="Now"))
    on_text(as_hilary, rowan_transcript, "undo")
    assert Code.objects.get().retired
    on_text(as_hilary, rowan_transcript, "redo")
    assert not Code.objects.get().retired
    assert standing() == {("And now?", "Now", False)}


def test_a_code_that_somebody_uses_meanwhile_stays(
    as_hilary: Client, dot: User, rowan_transcript: Transcript
):
    """Hilary takes her coding back; Dot's, with the code that Hilary named, stands."""
    on_text(as_hilary, rowan_transcript, "codings", **span(rowan_transcript, "And now?", name="Now"))
    hers = Coding.objects.get()
    apply_code(by=dot, revision=hers.revision, code=hers.code, start=0, end=4)
    on_text(as_hilary, rowan_transcript, "undo")
    assert not Code.objects.get().retired
    assert Coding.objects.get(removed=None).coder == dot


def test_a_code_that_was_undone_is_named_again(as_hilary: Client, hilary: User, rowan_transcript: Transcript):
    """By the same name it is the same code, and undone again it goes again; what was taken out of use on
    purpose stays out."""
    there = span(rowan_transcript, "Nobody decided that.")
    on_text(as_hilary, rowan_transcript, "codings", name="Hope", **there)
    named = Code.objects.get(name="Hope")
    on_text(as_hilary, rowan_transcript, "undo")
    assert on_text(as_hilary, rowan_transcript, "codings", name="Hope", **there).status_code == 200
    named.refresh_from_db()
    assert named.retired is None
    assert standing() == {("Nobody decided that.", "Hope", False)}
    on_text(as_hilary, rowan_transcript, "undo")
    named.refresh_from_db()
    assert named.retired is not None
    on_text(as_hilary, rowan_transcript, "codings", name="Hope", **there)
    retire_code(by=hilary, code=named)
    elsewhere = span(rowan_transcript, "visitor")
    refused = on_text(as_hilary, rowan_transcript, "codings", name="Hope", **elsewhere)
    assert "out of use" in refused.json()["error"]


def test_a_link_is_undone(as_hilary: Client, hilary: User, rowan_transcript: Transcript, visitor: Coding):
    """And stands again."""
    other = apply_code(by=hilary, revision=visitor.revision, code=visitor.code, start=0, end=4)
    on_coding(as_hilary, visitor, "link", other=other.pk, says="the same chair")
    on_text(as_hilary, rowan_transcript, "undo")
    assert Link.objects.get().removed is not None
    on_text(as_hilary, rowan_transcript, "redo")
    assert Link.objects.get().removed is None


def test_what_came_in_its_place_is_not_doubled(
    as_hilary: Client, hilary: User, rowan_transcript: Transcript, visitor: Coding
):
    """Brought in from a file meanwhile: two of the same never stand together."""
    on_text(as_hilary, rowan_transcript, "undo")
    where = {"revision": visitor.revision, "start": visitor.start, "end": visitor.end}
    brought = NewCoding(code=visitor.code, coder=hilary, **where)
    take_codings(by=hilary, study=visitor.study, codings=[brought])
    answer = on_text(as_hilary, rowan_transcript, "redo")
    assert answer.status_code == 422
    assert "already" in answer.json()["error"]


def test_what_somebody_changed_since_is_passed_over(
    as_hilary: Client, dot: User, rowan_transcript: Transcript, visitor: Coding, chairs: Code
):
    """Dot has split the code: Hilary's move stays as Dot left it, which is said once; the next press reaches
    what Hilary did before, and redo leaves it out too."""
    on_coding(as_hilary, visitor, "weigh", important="on")
    on_coding(as_hilary, visitor, "recode", code=chairs.pk)
    split_code(by=dot, code=chairs, codings=[visitor.pk], name="Stools")
    name = uuid4()
    refused = on_text(as_hilary, rowan_transcript, "undo", key=name)
    assert (refused.status_code, standing()) == (422, {("I am not a visitor", "Stools", True)})
    assert "changed again since" in refused.json()["error"]
    # The answer got lost: asked for again under the same name, nothing more is turned back.
    assert on_text(as_hilary, rowan_transcript, "undo", key=name).status_code == 422
    assert standing() == {("I am not a visitor", "Stools", True)}
    assert on_text(as_hilary, rowan_transcript, "undo").status_code == 200
    assert standing() == {("I am not a visitor", "Stools", False)}
    assert on_text(as_hilary, rowan_transcript, "redo").status_code == 200
    assert standing() == {("I am not a visitor", "Stools", True)}
    assert on_text(as_hilary, rowan_transcript, "redo").json()["error"] == "Nothing to redo."


def test_a_merge_is_followed(
    as_hilary: Client, dot: User, study: Study, rowan_transcript: Transcript, visitor: Coding, chairs: Code
):
    """Hilary moved her coding to a code that Dot then merged into another: it goes back all the same."""
    on_coding(as_hilary, visitor, "recode", code=chairs.pk)
    seats = add_code(by=dot, study=study, name="Seats")
    merge_codes(by=dot, code=chairs, into=seats)
    assert on_text(as_hilary, rowan_transcript, "undo").status_code == 200
    assert standing() == {("I am not a visitor", "Asking, then waiting", False)}
    assert on_text(as_hilary, rowan_transcript, "redo").status_code == 200
    assert standing() == {("I am not a visitor", "Seats", False)}


def test_an_undo_that_names_an_act_turns_back_no_other(
    as_hilary: Client, rowan_transcript: Transcript, visitor: Coding, chairs: Code
):
    """Sent late by a closed laptop, after Hilary went on elsewhere: refused, and so is such a redo."""
    here, elsewhere = uuid4(), uuid4()
    for name, words in ((here, "And now?"), (elsewhere, "She had")):
        on_text(
            as_hilary, rowan_transcript, "codings", **span(rowan_transcript, words, code=chairs.pk), key=name
        )
    before = standing()
    refused = on_text(as_hilary, rowan_transcript, "undo", of=here)
    assert (refused.status_code, standing()) == (422, before)
    assert "you did something else here meanwhile" in refused.json()["error"]
    assert on_text(as_hilary, rowan_transcript, "undo", of=elsewhere).status_code == 200
    assert on_text(as_hilary, rowan_transcript, "redo", of=here).status_code == 422
    assert on_text(as_hilary, rowan_transcript, "undo", of=here).status_code == 200
    assert on_text(as_hilary, rowan_transcript, "redo", of=here).status_code == 200
    assert standing() == before - {("She had", "Chairs", False)}


def test_an_undo_of_what_its_page_never_did_is_refused_once_more_was_done(
    as_hilary: Client, rowan_transcript: Transcript, visitor: Coding, chairs: Code
):
    """A page that was opened anew says how much it had heard: an act or an undo elsewhere is more, one of its
    own isn't."""
    on_text(as_hilary, rowan_transcript, "codings", **span(rowan_transcript, "And now?", code=chairs.pk))
    known = changes(as_hilary, rowan_transcript)["at"]
    elsewhere, here = uuid4(), uuid4()
    on_text(as_hilary, rowan_transcript, "undo", key=elsewhere)
    assert on_text(as_hilary, rowan_transcript, "undo", known=known).status_code == 422
    assert standing() == {("I am not a visitor", "Asking, then waiting", False)}
    on_text(as_hilary, rowan_transcript, "redo", key=here)
    assert on_text(as_hilary, rowan_transcript, "undo", known=known, prior=here).status_code == 200
    assert on_text(as_hilary, rowan_transcript, "undo", known=known).status_code == 422
    known = changes(as_hilary, rowan_transcript)["at"]
    assert on_text(as_hilary, rowan_transcript, "undo", known=known).status_code == 200
    assert standing() == set()


def test_a_remark_comes_between_nothing(
    as_hilary: Client, rowan_transcript: Transcript, visitor: Coding, hilary: User
):
    """Said just before undo was pressed, and not heard of yet by one's own page."""
    known = changes(as_hilary, rowan_transcript)["at"]
    start_discussion(by=hilary, revision=visitor.revision, start=0, end=20, words="Whose question?")
    assert on_text(as_hilary, rowan_transcript, "undo", known=known).status_code == 200
    assert standing() == set()


def test_what_stood_already_is_told_as_no_act(
    as_hilary: Client, rowan_transcript: Transcript, visitor: Coding
):
    """The page then knows that there is nothing of it to turn back."""
    again = {"start": visitor.start, "end": visitor.end, "revision": visitor.revision.number}
    answer = on_text(as_hilary, rowan_transcript, "codings", code=visitor.code_id, **again)
    assert (answer.json()["made"], answer.json()["isAct"]) == ([visitor.pk], False)
    answer = on_coding(as_hilary, visitor, "weigh", important="on")
    assert answer.json()["isAct"] is True
    assert on_coding(as_hilary, visitor, "weigh", important="on").json()["isAct"] is False


def test_others_hear_of_it(as_hilary: Client, as_dot: Client, rowan_transcript: Transcript, visitor: Coding):
    """Dot's page is told that the coding went."""
    at = changes(as_dot, rowan_transcript)["at"]
    on_text(as_hilary, rowan_transcript, "undo")
    heard = changes(as_dot, rowan_transcript, at)
    assert [(row[0], row[6]) for row in heard["codings"]] == [(visitor.pk, True)]


def test_what_was_undone_last_is_done_again_first(
    as_hilary: Client, rowan_transcript: Transcript, visitor: Coding, chairs: Code
):
    """What was undone before something new was done stays undone: not it comes back, but the new act."""
    on_text(as_hilary, rowan_transcript, "undo")
    on_text(as_hilary, rowan_transcript, "codings", **span(rowan_transcript, "And now?", code=chairs.pk))
    on_text(as_hilary, rowan_transcript, "undo")
    assert on_text(as_hilary, rowan_transcript, "redo").status_code == 200
    assert standing() == {("And now?", "Chairs", False)}
    assert on_text(as_hilary, rowan_transcript, "redo").json()["error"] == "Nothing to redo."


UNDO, REDO = 4, 5
STEPS = [0, 1, 2, 3, UNDO, UNDO, UNDO, REDO, REDO]


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
@given(steps=st.lists(st.sampled_from(STEPS), min_size=5, max_size=16))
def test_whatever_is_done_back_and_forth_is_as_on_paper(
    hilary: User, rowan_transcript: Transcript, waiting: Code, chairs: Code, steps: list[int]
):
    """Acts, undoing, doing again and new acts in any order: what stands is what a list of pages would say
    on which one turns back and forth, and whose rest is torn out when something new is written."""
    Act.objects.all().delete()
    Coding.objects.all().delete()
    where = {"study": rowan_transcript.study, "transcript": rowan_transcript}
    pages, at = [standing()], 0
    for place, step in enumerate(steps):
        if step not in (UNDO, REDO):
            act_anew(step, hilary, rowan_transcript, (waiting, chairs), place)
            pages, at = [*pages[: at + 1], standing()], at + 1
            continue
        turns, to = (undo, at - 1) if step == UNDO else (redo, at + 1)
        if 0 <= to < len(pages):
            turns(by=hilary, **where)
            at = to
        else:
            with pytest.raises(ValidationError, match="Nothing to"):
                turns(by=hilary, **where)
        assert standing() == pages[at]


def act_anew(step: int, by: User, transcript: Transcript, codes: tuple[Code, Code], place: int) -> None:
    """One of four acts, on the coding made last; without one, or as the fourth, a new coding."""
    one = Coding.objects.filter(removed=None, coder=by).order_by("pk").last()
    deeds: list[Callable[[Coding], object]] = [
        lambda one: remove_coding(by=by, coding=one),
        lambda one: recode(by=by, coding=one, code=codes[one.code_id == codes[0].pk]),
        lambda one: weigh_coding(by=by, coding=one, important=not one.important),
    ]
    if one and step < len(deeds):
        deeds[step](one)
    else:
        revision = transcript.revisions.get(is_current=True)
        apply_code(by=by, revision=revision, code=codes[0], start=place, end=place + 2)
