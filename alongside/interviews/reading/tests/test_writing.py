from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from alongside.interviews.reading import Turn, read
from alongside.interviews.reading.tests.helpers import CONFORMANCE
from alongside.interviews.reading.writing import to_docx, to_vtt

LIMIT_MS = 100 * 3_600_000 - 1
words = st.one_of(
    st.text(st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from("\n\t &<>:[]-"), min_size=1),
    st.lists(
        st.sampled_from(
            [
                "-->",
                "&amp;",
                "<v Ann>",
                "Ann: ",
                "[0:01]",
                "NOTE",
                "😀",
                "\n",
                "\n\n",
                " ",
                "0:01.000 --> 0:02.000",
            ]
        ),
        min_size=1,
    ).map("".join),
)
plain_names = st.sampled_from(
    ["", "Ann", "practitioner", "Service user", "Dr. van Dijk, GP", "SMITH, Ann (NHS Trust)", "田中"]
)
vtt_names = plain_names | st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=80).map(
    lambda name: " ".join(name.split())
)
docx_names = plain_names | st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Cn"], exclude_characters="[]:0123456789")
).map(lambda name: " ".join(name.split()))
spans = st.tuples(st.integers(0, LIMIT_MS), st.integers(0, LIMIT_MS)).map(sorted)
whole_spans = spans.map(lambda span: (span[0], span[1]))
partial_spans = st.one_of(whole_spans, spans.map(lambda span: (span[0], None)), st.just((None, None)))


def turns(names, texts, times):
    made = st.builds(lambda name, text, span: Turn(name, text, *span), names, texts, times)
    return st.lists(made, min_size=1, max_size=6)


@given(turns(vtt_names, words, whole_spans))
@settings(deadline=None)
@example([Turn("", "\n0", 0, 0)])
def test_turns_come_back_from_vtt(spoken):
    """Names, times and every character of the words return, whatever markup they look like."""
    assert list(read("a.vtt", to_vtt(spoken).encode()).turns) == spoken


stripped = words.map(lambda text: text.strip(" \t\n\f\v\u00a0")).filter(bool)


@given(turns(docx_names, stripped, partial_spans), st.text(st.characters(exclude_categories=["Cs", "Cn"])))
@settings(deadline=None, max_examples=40)
def test_turns_come_back_from_word(spoken, title):
    """Names, times and words return from a Word file, and the title is no turn."""
    unfit = str.maketrans(dict.fromkeys("\ufffe\uffff", "\ufffd"))
    expected = [replace(turn, text=turn.text.translate(unfit)) for turn in spoken]
    assert list(read("a.docx", to_docx(spoken, title)).turns) == expected


def test_the_same_turns_make_the_same_bytes():
    """A Word file carries no date and no random order."""
    spoken = [Turn("Ann", "Hello", 0, 5)]
    assert to_docx(spoken, "Interview 7") == to_docx(spoken, "Interview 7")
    assert b"python-docx" not in to_docx(spoken, "Interview 7")


def test_vtt_as_others_read_it():
    """One cue a turn with a voice tag; a turn without an end lasts until the next."""
    spoken = [Turn("Ann & Bo", "a --> b\n\nc", 0, None), Turn("", "Bo: hi ", 1500, None)]
    assert to_vtt(spoken) == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:01.500\n<v Ann &amp; Bo>a --&gt; b&#10;&#10;c\n"
        "\n00:00:01.500 --> 00:00:01.500\n<v>Bo: hi&#32;\n"
    )


def test_what_cannot_be_written_is_said():
    """A cue needs a time, a name stands on one line, a name in Word is unlike a time and has no brackets."""
    with pytest.raises(ValueError, match="Turn 2 has no time"):
        to_vtt([Turn("Ann", "a", 0, None), Turn("Ann", "b", None, None)])
    with pytest.raises(ValueError, match="a speaker's name on one line"):
        to_vtt([Turn("Ann\nBo", "a", 0, None)])
    with pytest.raises(ValueError, match="a speaker's name without brackets"):
        to_docx([Turn("[Ann]", "a", None, None)], "")
    with pytest.raises(ValueError, match="unlike a time"):
        to_docx([Turn("10:30", "a", None, None)], "")


def test_control_characters_are_pictured_in_word():
    """Word cannot hold a form feed; its picture stands in its place and nothing is dropped."""
    reading = read("a.docx", to_docx([Turn("Ann", "a\x0cb\r\nc", None, None)], "x\x00"))
    assert [turn.text for turn in reading.turns] == ["a␌b\nc"]


def test_a_file_written_from_a_reading_reads_the_same():
    """Reading, writing and reading again changes nothing, for a whole conformance file."""
    first = read("a.vtt", (CONFORMANCE / "wpt-cue-parsing" / "tags.vtt").read_bytes())
    assert read("a.vtt", to_vtt(first.turns).encode()).turns == first.turns
