import json
import re

import pytest
import webvtt

from alongside.interviews.reading import read
from alongside.interviews.reading.tests.helpers import CONFORMANCE, DATA, refusal, said, timed

FILES = CONFORMANCE / "wpt-file-parsing"
COUNTS = json.loads((DATA / "webvtt_conformance" / "expected_cue_counts.json").read_text())
NO_CUE = "words that somebody said were expected, none came"
# The W3C's files that are refused, with what the sentence says. A parser for players would drop the
# broken cues of such a file and show the others; a transcript must not lose what somebody said.
REFUSED = {
    "arrows.vtt": "line 3: a time line like",
    "nulls.vtt": "line 2: text was expected, but a NUL character came",
    "signature-bom.vtt": NO_CUE,
    "signature-no-newline.vtt": NO_CUE,
    "signature-space-no-newline.vtt": NO_CUE,
    "signature-space.vtt": NO_CUE,
    "signature-tab-no-newline.vtt": NO_CUE,
    "signature-tab.vtt": NO_CUE,
    "signature-timings.vtt": NO_CUE,
    "timings-60.vtt": "line 3: minutes and seconds up to 59",
    "timings-eof.vtt": "line 3: a time line like",
    "timings-garbage.vtt": "line 3: a time line like",
    "timings-negative.vtt": "line 6: a cue that ends after it starts was expected",
    "timings-too-long.vtt": "line 6: a time line like",
    "timings-too-short.vtt": "line 6: a time line like",
    "whitespace-chars.vtt": "line 16: a time line like",
}


def vtt(*cues: str) -> bytes:
    return "\n\n".join(["WEBVTT", *cues]).encode()


def cue(words: str, start: int = 1, end: int = 2) -> str:
    return f"00:00:{start:02}.000 --> 00:00:{end:02}.000\n{words}"


@pytest.mark.parametrize("file", sorted(set(COUNTS) - set(REFUSED)))
def test_cues_are_as_many_as_the_w3c_expects(file):
    """Of a conforming file every cue becomes a turn."""
    reading = read(file, (FILES / file).read_bytes())
    assert len(reading.turns) == COUNTS[file]


@pytest.mark.parametrize("file", sorted(REFUSED))
def test_files_with_broken_cues_are_refused(file):
    """A file of which a player would show only a part is refused, with the line."""
    assert REFUSED[file] in refusal(file, (FILES / file).read_bytes())


def test_every_conformance_file_has_an_expectation():
    """No file of the suite is left untried; stylesheets.vtt has no count and is tried below."""
    assert {path.name for path in FILES.iterdir()} == set(COUNTS) | {"stylesheets.vtt"}


def test_style_blocks_are_named():
    """Style blocks are no words, and each is said in not_taken with its line."""
    reading = read("stylesheets.vtt", (FILES / "stylesheets.vtt").read_bytes())
    assert [turn.text for turn in reading.turns] == ["text", "text"]
    assert [sentence.split(":")[0] for sentence in reading.not_taken[:3]] == ["Line 3", "Line 14", "Line 22"]


# Where a player shows nothing, the words stay: an unknown or unfinished tag may be what somebody wrote.
KEPT = {
    "entities": {"&<": "&<", "&<c": "&<c"},
    "tags": {"<": "<", "<<": "<<", "<\t": "<", "< ": "<", "<.": "<.", "<c.": "<c.", "</": "</"}
    | {"<c></>x": "</>x", "<c></\nc>x": "</\nc>x"},
    "tree-building": {},
}


@pytest.mark.parametrize("file", sorted(KEPT))
def test_words_of_cues_are_those_of_the_w3c(file):
    """Entities are resolved and tags taken off as the W3C's trees have it, unless words would be lost."""
    folder = CONFORMANCE / "wpt-cue-parsing"
    expected = []
    for each in json.loads((folder / f"{file}.json").read_text()):
        tree = "".join(re.findall(r'^\|\s*"(.*?)"$', each["expectedTree"], re.MULTILINE | re.DOTALL))
        words = KEPT[file].get(each["text"].strip("\n"), tree).strip("\n\t ")
        expected.extend([words] if words else [])
    reading = read(f"{file}.vtt", (folder / f"{file}.vtt").read_bytes())
    assert expected == [text for text in ("".join(each).strip(" \t\n") for each in by_cue(reading)) if text]


def by_cue(reading):
    """The words of a cue with several voices, together again."""
    cues: dict[int | None, list[str]] = {}
    for turn in reading.turns:
        cues.setdefault(turn.start_ms, []).append(turn.text)
    return cues.values()


@pytest.mark.parametrize("file", ["captions_with_bom", "comments", "sample", "styles", "using_identifiers"])
def test_cues_agree_with_webvtt_py(file):
    """On well-formed files another reader finds the same words and times."""
    path = DATA / "srt_vtt_malformed" / "tests" / "subtitles" / f"{file}.vtt"
    theirs = webvtt.read(str(path)).captions
    ours = read(path.name, path.read_bytes()).turns
    assert [(cue.text.strip(), cue.start_in_seconds) for cue in theirs] == [
        (turn.text, (turn.start_ms or 0) // 1000) for turn in ours
    ]


def test_voices_entities_and_lines():
    """Voice tags name the speaker; entities are resolved, lines of a cue kept, unknown tags are words."""
    reading = read("a.vtt", vtt(cue("<v.loud Ann &amp; Bo>I &lt;3 it\n<i>really</i> <laughs></v>")))
    assert timed(reading) == [("Ann & Bo", 1000, 2000, "I <3 it\nreally <laughs>")]
    assert reading.speakers == ("Ann & Bo",)
    assert reading.not_taken == ("Tags for style or timing left out, their words kept: 2.",)


def test_two_voices_in_a_cue_are_two_turns():
    """Words of two people are never one turn; both have the cue's times."""
    reading = read("a.vtt", vtt(cue("<v Ann>Hello.</v> <v Bo>Hi.</v> (rain)")))
    assert timed(reading) == [
        ("Ann", 1000, 2000, "Hello."),
        ("Bo", 1000, 2000, "Hi."),
        ("", 1000, 2000, "(rain)"),
    ]


def test_names_before_a_colon_are_speakers():
    """Zoom writes the name into the words; in a cue of two such lines each is a turn."""
    reading = read("a.vtt", vtt(cue("Ann Smith: Hello."), cue("Bo: Hi.\nAnn Smith: Well,\nhm: no.")))
    assert said(reading) == [("Ann Smith", "Hello."), ("Bo", "Hi."), ("Ann Smith", "Well,\nhm: no.")]


def test_one_cue_is_one_turn_unless_joining_is_asked():
    """Neighbours of one named speaker stay apart, or join when no pause is over two seconds."""
    data = vtt(
        cue("<v Ann>One", 1, 2),
        cue("<v Ann>two", 4, 5),
        cue("<v Ann>three", 8, 9),
        cue("four", 9, 10),
        cue("five", 10, 11),
    )
    assert len(read("a.vtt", data).turns) == 5
    assert timed(read("a.vtt", data, join_cues=True)) == [
        ("Ann", 1000, 5000, "One two"),
        ("Ann", 8000, 9000, "three"),
        ("", 9000, 10000, "four"),
        ("", 10000, 11000, "five"),
    ]


@pytest.mark.parametrize(
    ("time_line", "says"),
    [
        ("00:00:02.000 --> 00:00:01.000", "ends after it starts"),
        ("00:99:00.000 --> 00:99:01.000", "minutes and seconds up to 59"),
        ("100:00:00.000 --> 100:00:01.000", "hours up to 99"),
        ("00:00:01.000 -> 00:00:02.000", "“-->” was expected between the two times"),
        ("00:00:01.000  00:00:02.000", "“-->” was expected between the two times"),
        ("00:00:01,000 --> 00:00:02,000", "a time line like"),
        ("00:00:01.000 --> 00:00:02.000x", "a time line like"),
    ],
)
def test_broken_times_name_their_line(time_line, says):
    """A time line nobody can trust refuses the whole file, with its line number."""
    sentence = refusal("a.vtt", vtt(cue("Fine."), f"{time_line}\nBroken."))
    assert says in sentence
    assert "line 6" in sentence


def test_missing_arrow_right_below_words_is_found():
    """A maimed time line is not taken for words of the cue above."""
    assert "line 5" in refusal("a.vtt", vtt(cue("Fine.\n00:00:03.000 -> 00:00:04.000\nBroken.")))


def test_file_cut_short_in_a_cue_is_refused():
    """A last time line without words below means that the rest is missing."""
    assert "cut short" in refusal("a.vtt", vtt(cue("Fine."), "00:00:03.000 --> 00:00:04.000"))
    assert "its “>” is missing" in refusal("a.vtt", vtt(cue("<v An")))


def test_what_is_not_a_cue_is_named():
    """Header, notes, identifiers, settings, empty cues and stray words are said, one sentence each."""
    data = vtt(
        "NOTE first check\nby Bo",
        "7\n" + cue("Hello.").replace("2.000\n", "2.000 align:start\n"),
        "stray words",
        cue("", 3, 4).strip(),
        cue("Bye.", 5, 6),
    ).replace(b"WEBVTT", b"WEBVTT Kind: captions")
    reading = read("a.vtt", data)
    assert [turn.text for turn in reading.turns] == ["Hello.", "Bye."]
    assert reading.not_taken == (
        "The header of the file was left out: “Kind: captions”.",
        "Line 3: a note was left out: “NOTE first check by Bo”.",
        "Line 10: words without a time line were left out: “stray words”.",
        "Line 12: a cue without words was left out.",
        "Cue identifiers left out: 1.",
        "Cues whose display settings were left out: 1.",
    )


def test_many_of_a_kind_are_counted():
    """Twenty notes are named one by one, the others as a number."""
    reading = read("a.vtt", vtt(cue("Hello."), *[f"NOTE {number}" for number in range(30)]))
    assert len(reading.not_taken) == 21
    assert reading.not_taken[-1].startswith("And 10 more like this one")
