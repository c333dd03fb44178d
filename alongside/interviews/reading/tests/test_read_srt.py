import pytest

from alongside.interviews.reading import read
from alongside.interviews.reading.tests.helpers import MALFORMED, refusal, said, timed

# What becomes of each subtitle file: how many turns, and what is said to be left out; or the refusal.
TAKEN = {
    "captions_with_bom.vtt": (4, ""),
    "comments.vtt": (3, "note"),
    "cue_tags.vtt": (3, "Tags for style"),
    "invalid_timeframe.srt": (5, ""),
    "invalid_timeframe_in_cue_text.vtt": (3, "Line 6: a cue without words"),
    "metadata_headers.vtt": (2, "header"),
    "metadata_headers_multiline.vtt": (2, "header"),
    "missing_caption_text.srt": (4, "Line 6: a cue without words"),
    "missing_caption_text.vtt": (4, "Line 6: a cue without words"),
    "missing_timeframe.srt": (4, "Line 5: words without a time line were left out: “Caption text #2”"),
    "missing_timeframe.vtt": (6, "Line 6: words without a time line were left out: “Caption text #2”"),
    "one_caption.srt": (1, ""),
    "one_caption.vtt": (1, ""),
    "sample.srt": (5, ""),
    "sample.vtt": (16, ""),
    "styles.vtt": (1, "block for players"),
    "using_identifiers.vtt": (6, "identifiers"),
    "youtube_dl.vtt": (4, "settings"),
}
OTHER_KIND = "a file ending in .vtt, .srt, .txt, .docx, .odt or .rtf was expected"
REFUSED = {
    "empty.vtt": "is empty",
    "invalid.vtt": "line 1: “WEBVTT” was expected",
    "invalid_format.sbv": OTHER_KIND,
    "invalid_format1.srt": "line 1: a number and a time line",
    "invalid_format2.srt": "line 1: a number and a time line",
    "invalid_format3.srt": "line 1: a number and a time line",
    "invalid_format4.srt": "line 2: words were expected",
    "invalid_timeframe.sbv": OTHER_KIND,
    "invalid_timeframe.vtt": "line 6: a time line like",
    "missing_caption_text.sbv": OTHER_KIND,
    "missing_timeframe.sbv": OTHER_KIND,
    "no_captions.vtt": "words that somebody said were expected",
    "sample.sbv": OTHER_KIND,
    "two_captions.sbv": OTHER_KIND,
}


def test_every_sample_has_an_expectation():
    """No file of the collection is left untried."""
    assert {path.name for path in MALFORMED.iterdir()} == set(TAKEN) | set(REFUSED)


@pytest.mark.parametrize("file", sorted(TAKEN))
def test_subtitles_are_read_whole(file):
    """Each cue with words is a turn, and what is not a turn is said."""
    turns, says = TAKEN[file]
    reading = read(file, (MALFORMED / file).read_bytes())
    assert len(reading.turns) == turns
    assert says in " ".join(reading.not_taken)
    assert bool(says) == bool(reading.not_taken)


@pytest.mark.parametrize("file", sorted(REFUSED))
def test_broken_subtitles_are_refused(file):
    """A broken file gets one sentence with its name and place."""
    assert REFUSED[file] in refusal(file, (MALFORMED / file).read_bytes())


def test_cues_of_a_subrip_file():
    """Times, styling, speakers; a cue may stand right below another, and an arrow among words is words."""
    data = (
        b"1\r\n00:00:01,000 --> 00:00:02,500\r\n<i>Ann Lee: Hello</i>\r\n{\\an8}from A --> B\r\n"
        b"2\r\n0:00:03.000 --> 00:00:04,000 X1:0\r\nBo: Hi &amp; bye <laughs>\r\n"
    )
    reading = read("a.srt", data)
    assert timed(reading) == [
        ("Ann Lee", 1000, 2500, "Hello\nfrom A --> B"),
        ("Bo", 3000, 4000, "Hi &amp; bye <laughs>"),
    ]
    assert reading.not_taken == ("Tags for style or timing left out, their words kept: 3.",)


@pytest.mark.parametrize(
    ("time_line", "says"),
    [
        ("00:00:02,000 --> 00:00:01,000", "ends after it starts"),
        ("00:99:00,000 --> 00:99:01,000", "minutes and seconds up to 59"),
        ("00:00:01,000 -> 00:00:02,000", "“-->” was expected"),
        ("00:00:0x,000 --> 00:00:02,000", "a time line like"),
    ],
)
def test_broken_times_name_their_line(time_line, says):
    """A time line nobody can trust refuses the whole file, with its line number."""
    good = "1\n00:00:00,000 --> 00:00:01,000\nFine.\n\n"
    sentence = refusal("a.srt", f"{good}2\n{time_line}\nBroken.\n".encode())
    assert says in sentence
    assert "line 6" in sentence


def test_a_name_alone_stays_words():
    """A cue that holds a name and a colon only is not lost."""
    first = b"1\n00:00:00,000 --> 00:00:01,000\nAnn:\n\n"
    reading = read("a.srt", first + b"2\n00:00:01,000 --> 00:00:02,000\nAnn:\nYes.")
    assert said(reading) == [("", "Ann:"), ("Ann", "Yes.")]
