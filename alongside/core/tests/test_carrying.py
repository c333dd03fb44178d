"""Passages carried from one revision of a text to the next."""

from difflib import SequenceMatcher

import pytest
from hypothesis import strategies as st

from alongside.core.spans import CarriedSpan, Span, carry, edits
from alongside.core.tests.examples import given

SENTENCES = st.lists(
    st.sampled_from(["I", "was", "heard", "and", "hope", "hopes", "\n", ".", "é", "😀"]), max_size=14
).map(" ".join)
LETTERS = st.text("abcdef", min_size=1, max_size=12)
OTHERS = st.text("uvwxyz .\n", max_size=12)


def passage(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def carried_words(old: str, new: str, words: str) -> tuple[str | None, bool]:
    found = carry(passage(old, words), edits(old, new))
    return (found.span.words(new) if found.span else None), found.changed


@given(SENTENCES, SENTENCES)
def test_edits_turn_old_into_new(old: str, new: str) -> None:
    """In order, without gaps, and equal where they say so."""
    i = j = 0
    for kind, i1, i2, j1, j2 in edits(old, new):
        assert (i1, j1) == (i, j)
        assert i2 > i1 or j2 > j1
        assert kind in ("equal", "replace", "delete", "insert")
        assert (old[i1:i2] == new[j1:j2]) >= (kind == "equal")
        assert kind != "delete" or j1 == j2
        assert kind != "insert" or i1 == i2
        i, j = i2, j2
    assert (i, j) == (len(old), len(new))


@given(LETTERS, OTHERS, OTHERS, LETTERS)
def test_an_edit_elsewhere_leaves_a_passage_its_words(before: str, old: str, new: str, after: str) -> None:
    """Whatever happens between, the passages on either side keep their words, and are not called changed."""
    first, second = f"{before} {old} {after.upper()}", f"{before} {new} {after.upper()}"
    opcodes = edits(first, second)
    for words in (before, after.upper()):
        found = carry(passage(first, words), opcodes)
        assert found.span is not None
        assert (found.span.words(second), found.changed) == (words, False)


@given(SENTENCES, SENTENCES, st.data())
def test_words_called_unchanged_are_unchanged(old: str, new: str, data: st.DataObject) -> None:
    """A passage is lost, or changed, or has exactly its words; never a silent shift."""
    if not old:
        return
    start = data.draw(st.integers(0, len(old) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(old))))
    found = carry(span, edits(old, new))
    if not found.changed:
        assert found.span is not None
        assert found.span.words(new) == span.words(old)
    if found.span is not None and span.words(old) == span.words(old).strip():
        assert found.span.words(new) == found.span.words(new).strip() != ""
    assert found.lost == (found.span is None)


@given(SENTENCES, SENTENCES, st.data())
def test_difflib_s_own_opcodes_will_do(old: str, new: str, data: st.DataObject) -> None:
    """The opcodes need not come from `edits`."""
    if not old:
        return
    start = data.draw(st.integers(0, len(old) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(old))))
    found = carry(span, SequenceMatcher(None, old, new, autojunk=False).get_opcodes())
    assert found.changed or (found.span is not None and found.span.words(new) == span.words(old))


@pytest.mark.parametrize(
    ("old", "new", "words", "expected"),
    [
        ("I met Margaret there.", "I met Person A there.", "Margaret", ("Person A", True)),
        (
            "I met Margaret Smith today.",
            "I met Person A today.",
            "met Margaret Smith",
            ("met Person A", True),
        ),
        ("I met Anna there.", "I met Nina Anna B there.", "there", ("there", False)),
        ("It was teh best.", "It was the best.", "teh best", ("the best", True)),
        ("she listened to me", "she really listened to me", "listened to me", ("listened to me", False)),
        (
            "she listened to me",
            "she listened, at last, to me",
            "listened to me",
            ("listened, at last, to me", True),
        ),
        ("so um I went home", "so I went home", "um", (None, True)),
        ("so um I went home", "so I went home", "um I went", ("I went", True)),
        ("one two three", "three", "one two", (None, True)),
        ("one two three", "", "two", (None, True)),
        ("so um I went", "so I went", "so um", ("so", True)),
        ("same words", "same words", "words", ("words", False)),
        ("a word of hope", "a word of hopes", "hope", ("hopes", True)),
        ("from Ann to me", "from Annabel to me", "Ann", ("Annabel", True)),
        ("from Ann to me", "from Ann B to me", "Ann to", ("Ann B to", True)),
        ("私は昨日父に会った", "私は昨日Aに会った", "昨日父", ("昨日A", True)),
        ("私は昨日父に会った", "私は昨日Aに会った", "会った", ("会った", False)),
    ],
)
def test_what_becomes_of_a_passage(old: str, new: str, words: str, expected: tuple[str | None, bool]) -> None:
    """Corrections and pseudonyms come along, fillers taken out shorten the passage, nothing left is lost."""
    assert carried_words(old, new, words) == expected


def test_blanks_alone_are_no_passage() -> None:
    """Both words of a passage are taken out and the space between them stays: the passage is lost."""
    opcodes = edits("well you know yes", "well   yes")
    assert carry(Span(5, 13), opcodes) == CarriedSpan(None, True)


def test_a_long_text_is_compared_line_by_line() -> None:
    """Edits at both ends of a long transcript leave the passages between untouched."""
    lines = [f"Line {n} says something of its own." for n in range(2000)]
    old = "\n".join(lines)
    new = "\n".join(["New opening.", *lines[1:-1], "New end."])
    found = carry(passage(old, "Line 1000 says"), edits(old, new))
    assert (found.span.words(new) if found.span else None, found.changed) == ("Line 1000 says", False)


def test_a_text_said_twice_keeps_its_places() -> None:
    """A corrected word between repeated phrases does not send passages to the other copy."""
    old = "in the cricket club, for the-for the, uh, for the summer evenings. And, uh, and then, uh, the-then"
    new = old.replace("the-for the, uh", "um yes the, uh")
    assert carried_words(old, new, "summer evenings. And") == ("summer evenings. And", False)


def test_a_text_of_few_words_is_compared_in_bounded_steps() -> None:
    """Thousands of equal lines, one of them changed: those elsewhere keep their words."""
    lines = ["Mm-hm."] * 1500 + ["Then I went home."] + ["Mm-hm."] * 1500
    old, new = "\n".join(lines), "\n".join(["Yes.", *lines[1:]])
    assert carried_words(old, new, "Then I went home.") == ("Then I went home.", False)


def test_a_passage_past_the_old_text_is_refused() -> None:
    """Also where the old text is empty."""
    with pytest.raises(ValueError, match="ends at 9, but the old text has 4 characters"):
        carry(Span(0, 9), edits("hope", "hopes"))
    with pytest.raises(ValueError, match="the old text has 0 characters"):
        carry(Span(0, 1), edits("", ""))
