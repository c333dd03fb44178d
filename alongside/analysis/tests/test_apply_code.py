from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.accounts.models import Study, User
from alongside.analysis.actions import add_code, apply_code, retire_code
from alongside.analysis.models import Code, Coding
from alongside.audit.models import Entry
from alongside.interviews.models import Transcript
from tests.support.workbench import on_text, span, words_of


@pytest.mark.parametrize("words", ["not so bad 🙂 and she wrote", "cafe\u0301", "down.\nAnd now?\nNow we go"])
def test_a_code_is_put_on_the_chosen_words(
    as_hilary: Client, hilary: User, rowan_transcript: Transcript, waiting: Code, words: str
):
    """Beyond an emoji, around a combining accent, across turns: the stored span is the chosen words."""
    answer = on_text(as_hilary, rowan_transcript, "codings", **span(rowan_transcript, words, code=waiting.pk))
    assert answer.status_code == 200
    coding = Coding.objects.get()
    assert (words_of(coding), coding.coder, coding.code) == (words, hilary, waiting)
    told = answer.json()
    assert told["made"] == [coding.pk]
    assert told["codings"] == [
        [coding.pk, str(waiting.pk), str(hilary.pk), coding.start, coding.end, 0, False]
    ]
    assert told["coders"] == [[str(hilary.pk), "Hilary Banks", "HB"]]
    assert Entry.objects.filter(verb="apply_code", object=str(coding.pk)).count() == 1


def test_sent_twice_it_is_one_coding(as_hilary: Client, rowan_transcript: Transcript, waiting: Code):
    """A browser that lost the answer asks again and gets the same one."""
    asked = span(rowan_transcript, "And now?", code=waiting.pk)
    first, second = (on_text(as_hilary, rowan_transcript, "codings", **asked).json() for _ in range(2))
    assert (first.pop("isAct"), second.pop("isAct")) == (True, False)
    assert first == second
    assert Coding.objects.count() == 1


def test_two_coders_do_not_overwrite_each_other(
    as_hilary: Client, as_dot: Client, rowan_transcript: Transcript, waiting: Code
):
    """The same words and the same code by two people are two codings."""
    asked = span(rowan_transcript, "And now?", code=waiting.pk)
    assert on_text(as_hilary, rowan_transcript, "codings", **asked).status_code == 200
    assert on_text(as_dot, rowan_transcript, "codings", **asked).status_code == 200
    assert Coding.objects.count() == 2


def test_a_new_code_is_named_while_reading(as_dot: Client, rowan_transcript: Transcript):
    """The code enters the codebook with its first coding; asked again, it isn't made twice."""
    asked = span(rowan_transcript, "She asks what I think", name="She asks")
    assert on_text(as_dot, rowan_transcript, "codings", **asked).status_code == 200
    assert on_text(as_dot, rowan_transcript, "codings", **asked).status_code == 200
    assert Code.objects.get().name == "She asks"
    assert Coding.objects.get().code.name == "She asks"


def test_a_new_code_on_no_words_is_not_left_behind(as_dot: Client, rowan_transcript: Transcript):
    """Refused as a whole."""
    asked = {**span(rowan_transcript, "And now?", name="She asks"), "end": 999_999}
    assert on_text(as_dot, rowan_transcript, "codings", **asked).status_code == 422
    assert not Code.objects.exists()


def refusal(client: Client, transcript: Transcript, asked: dict[str, Any]) -> str:
    answer = on_text(client, transcript, "codings", **asked)
    assert answer.status_code == 422
    assert not Coding.objects.exists()
    return answer.json()["error"]


def test_bad_spans_are_refused(as_hilary: Client, rowan_transcript: Transcript, waiting: Code):
    """Each with one sentence, and nothing stored."""
    good = span(rowan_transcript, "And now?", code=waiting.pk)
    assert "and has words in it" in refusal(as_hilary, rowan_transcript, {**good, "end": good["start"]})
    assert "and has words in it" in refusal(as_hilary, rowan_transcript, {**good, "end": 999_999})
    assert refusal(as_hilary, rowan_transcript, {**good, "start": "-1"})
    assert refusal(as_hilary, rowan_transcript, {**good, "code": "", "name": " "})
    assert "corrected since" in refusal(as_hilary, rowan_transcript, {**good, "revision": 7})


def test_a_retired_code_is_refused(
    as_hilary: Client, hilary: User, rowan_transcript: Transcript, waiting: Code
):
    """A page opened before it was retired still offers it; the server doesn't take it."""
    retire_code(by=hilary, code=waiting)
    said = refusal(as_hilary, rowan_transcript, span(rowan_transcript, "And now?", code=waiting.pk))
    assert "taken out of use" in said


def test_a_code_of_another_study_is_not_there(
    as_hilary: Client, rowan_transcript: Transcript, other_study: Study
):
    """Its id opens nothing here."""
    theirs = add_code(by=None, study=other_study, name="Theirs")
    answer = on_text(
        as_hilary, rowan_transcript, "codings", **span(rowan_transcript, "And now?", code=theirs.pk)
    )
    assert answer.status_code == 422
    assert not Coding.objects.exists()


@pytest.mark.parametrize("who", ["as_josef", "as_hannah", "as_fern", "as_stranger"])
def test_whoever_may_not_code_finds_nothing(
    request: pytest.FixtureRequest, rowan_transcript: Transcript, waiting: Code, who: str
):
    """Reading is not coding."""
    client: Client = request.getfixturevalue(who)
    answer = on_text(
        client, rowan_transcript, "codings", **span(rowan_transcript, "And now?", code=waiting.pk)
    )
    assert answer.status_code == 404
    assert not Coding.objects.exists()


def test_the_firewall_holds(as_priya: Client, wren_transcript: Transcript, waiting: Code):
    """Priya works with Wren."""
    asked = span(wren_transcript, "The forms.", code=waiting.pk)
    assert on_text(as_priya, wren_transcript, "codings", **asked).status_code == 404


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
@given(place=st.data())
def test_any_span_inside_the_text_is_kept_as_it_was_chosen(
    hilary: User, rowan_transcript: Transcript, waiting: Code, place: st.DataObject
):
    """Wherever the words stand, what comes back is what was chosen."""
    revision = rowan_transcript.revisions.get(is_current=True)
    start = place.draw(st.integers(0, revision.length - 1))
    end = place.draw(st.integers(start + 1, revision.length))
    made = apply_code(by=hilary, revision=revision, code=waiting, start=start, end=end)
    made.refresh_from_db()
    assert words_of(made) == revision.text[start:end]
