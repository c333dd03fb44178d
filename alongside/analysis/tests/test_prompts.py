"""What a model is asked, and what of its answer is taken."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from alongside.analysis.models import Code
from alongside.analysis.prompts import A_PART, MOST_SUGGESTIONS, Piece, part_from, prompt, read_answer
from alongside.analysis.queries import SentCode

TEXT = "How was it?\nShe had the chair 🙂 and I had none. She had the chair."
PART = [
    Piece(1, True, 0, 11, TEXT[0:11]),
    Piece(2, False, 12, len(TEXT), TEXT[12:]),
]


def said(*suggestions: Any) -> str:
    return json.dumps({"suggestions": list(suggestions)})


def one(**given_: Any) -> dict[str, Any]:
    return {"turn": 2, "code": 1, "words": "I had none", "why": "An absence.", **given_}


def test_a_suggestion_is_where_its_words_are():
    """Beyond an emoji, in code points of the whole text; the first time that they stand in the turn."""
    found, dropped = read_answer(said(one(), one(words="She had the chair")), 1, PART)
    assert [TEXT[each.start : each.end] for each in found] == ["She had the chair", "I had none"]
    assert (found[0].start, found[1].why, dropped) == (12, "An absence.", 0)


@pytest.mark.parametrize(
    "bad",
    [
        one(words="I had nothing"),
        one(words="i had none"),
        one(words="How was it?"),
        one(words=" "),
        one(words=7),
        one(turn=1),
        one(turn="2"),
        one(turn=3),
        one(turn=True),
        one(code=0),
        one(code=2),
        one(code="1"),
        one(code=True),
        one(code=1.0),
        {},
        {"words": "I had none"},
    ],
)
def test_what_is_not_in_the_text_is_dropped(bad: dict[str, Any]):
    """And counted: words that nobody said there, codes that aren't in the codebook, numbers that are none."""
    found, dropped = read_answer(said(one(), bad), 1, PART)
    assert (len(found), dropped) == (1, 1)


def test_said_twice_it_is_suggested_once():
    """And a long list ends."""
    assert len(read_answer(said(one(), one()), 1, PART)[0]) == 1
    found, dropped = read_answer(said(*[one()] * (MOST_SUGGESTIONS + 5)), 1, PART)
    assert (len(found), dropped) == (1, 5)


@pytest.mark.parametrize(
    "garbage",
    ["", "Sure! Here it is:", '```json\n{"suggestions": []}\n```', "[]", "null", '{"suggestions": {}}',
     '{"suggestions": [1]}', '{"codes": []}', "[" * 100_000],
)  # fmt: skip
def test_garbage_is_refused_as_a_whole(garbage: str):
    """Strictly: nothing is guessed."""
    with pytest.raises(ValidationError, match="isn’t the list that it was asked for"):
        read_answer(garbage, 1, PART)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda more: (
            st.lists(more)
            | st.dictionaries(st.sampled_from(["suggestions", "turn", "code", "words", "why"]), more)
        ),
    )
)
def test_no_answer_breaks_it(answer: Any):
    """Whatever JSON comes: a refusal, or spans whose words stand in their turn."""
    try:
        found, _dropped = read_answer(json.dumps(answer), 3, PART)
    except ValidationError:
        return
    assert all(any(p.start <= each.start < each.end <= p.end for p in PART) for each in found)


def turn(number: int, start: int, end: int, kind: str = "answers") -> Any:
    return SimpleNamespace(number=number, start=start, end=end, speaker=SimpleNamespace(kind=kind))


@given(st.lists(st.integers(0, 3 * A_PART), min_size=1, max_size=6), st.booleans())
def test_parts_hold_every_word_once(lengths: list[int], spaced: bool):
    """In order, none longer than a question may be, whether there is space to cut at or not."""
    text, turns = "", []
    for number, length in enumerate(lengths, start=1):
        words = ("word " * length)[:length].replace(" ", " " if spaced else "-")
        turns.append(turn(number, len(text), len(text) + length))
        text += words + "\n"
    reached, read = 0, ""
    while part := part_from(turns, text, reached):
        assert sum(len(piece.words) for piece in part) <= A_PART
        read += "".join(piece.words for piece in part)
        assert part[-1].end > reached
        reached = part[-1].end
    assert "".join(read.split()) == "".join(text.split())


def test_the_question_names_codes_and_no_person():
    """Codes by path and meaning; speakers by whether they ask or answer."""
    codes = [SentCode(Code(), "Before > Chairs", "Who sits where."), SentCode(Code(), "Waiting", "")]
    asked = prompt(codes, PART)
    assert "1. Before > Chairs: Who sits where.\n2. Waiting\n" in asked
    assert "Turn 1, question: How was it?\nTurn 2, answer: She had the chair 🙂" in asked
