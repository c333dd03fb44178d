import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.core.finding import pattern, phrases, plainest, sentences


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("chair arms", ["chair", "arms"]),
        ('"the chair" arms', ["the chair", "arms"]),
        ("“not  so bad” now now", ["not so bad", "now"]),
        ('open "quote', ["quote", "open"]),
        ("cafe\u0301", ["café"]),
        ('"" ', []),
    ],
)
def test_words_and_phrases_of_a_query(query: str, asked: list[str]) -> None:
    """Quotation marks make a phrase; nothing is asked twice."""
    assert phrases(query) == asked


@pytest.mark.parametrize(
    ("phrase", "whole", "text", "found"),
    [
        ("chair", False, "Chairs, a CHAIR, armchair", ["Chair", "CHAIR", "chair"]),
        ("chair", True, "Chairs, a CHAIR, armchair", ["CHAIR"]),
        ("not so bad", False, "Not  so\nbad. Not sober.", ["Not  so\nbad"]),
        ("café", True, "Le cafe\u0301, le café, la cafetière", ["cafe\u0301", "café"]),
        ("cafe", True, "Le cafe\u0301, a cafe", ["cafe"]),
        ("cafe", False, "Le cafe\u0301, cafes", ["cafe"]),
        ("ДА", True, "да, дать", ["да"]),
        ("don't", True, "I don’t. You don't.", ["don’t", "don't"]),
        ("a.b", False, "a.b axb", ["a.b"]),
        ("🙂", True, "bad 🙂 and", ["🙂"]),
    ],
)
def test_what_is_found(phrase: str, whole: bool, text: str, found: list[str]) -> None:
    """Without regard to capitals, to how accents are put together, or to which apostrophe was typed."""
    assert [each.group() for each in pattern(phrase, whole=whole).finditer(text)] == found


@given(st.text(max_size=20), st.text(max_size=40), st.booleans())
def test_a_phrase_is_found_in_any_form_of_itself(phrase: str, around: str, whole: bool) -> None:
    """Composed or taken apart, and the plainest run of it is always in what was found."""
    for asked in phrases(phrase):
        for form in ("NFC", "NFD"):
            text = unicodedata.normalize(form, f"{around} {asked} {around}")
            found = pattern(asked, whole=whole).search(text)
            assert found is not None
            assert plainest(asked).lower() in found.group().lower()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Not so bad. I always said so 🙂 and she wrote.",
            ["Not so bad.", "I always said so 🙂 and she wrote."],
        ),
        ("“Why?” she asked. 3.5 hours", ["“Why?”", "she asked.", "3.5 hours"]),
        ("No end", ["No end"]),
        ("椅子。どう？", ["椅子。", "どう？"]),
        ("One\nTwo", ["One", "Two"]),
        (" \n ", []),
    ],
)
def test_sentences(text: str, said: list[str]) -> None:
    """Each with what closes it, without the space between."""
    assert [text[start:end] for start, end in sentences(text)] == said


@given(st.text())
def test_sentences_hold_every_word(text: str) -> None:
    """In order, apart from each other, and nothing but white space between."""
    spans = sentences(text)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
