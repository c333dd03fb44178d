import pytest

from alongside.interviews.reading import read
from alongside.interviews.reading.tests.helpers import said, timed


def text(*lines: str):
    return read("a.txt", "\n".join(lines).encode())


@pytest.mark.parametrize(
    ("line", "speaker", "start", "end", "words"),
    [
        ("Ann: Hello", "Ann", None, None, "Hello"),
        ("Ann:\tHello", "Ann", None, None, "Hello"),
        ("Dr. J. van Dijk: Hello", "Dr. J. van Dijk", None, None, "Hello"),
        ("田中：はい", "田中", None, None, "はい"),
        ("[00:01:23] Ann: Hello", "Ann", 83_000, None, "Hello"),
        ("[1:23.5] - Ann: Hello", "Ann", 83_500, None, "Hello"),
        ("(00:01:23,25) Ann: Hello", "Ann", 83_250, None, "Hello"),
        ("[75:10] Ann: Hello", "Ann", 4_510_000, None, "Hello"),
        ("00:01:23 Ann: Hello", "Ann", 83_000, None, "Hello"),
        ("[00:01:23 --> 00:01:25] Ann: Hello", "Ann", 83_000, 85_000, "Hello"),
        ("[00:01:23 - 00:01:25] Ann: Hello", "Ann", 83_000, 85_000, "Hello"),
        ("Ann [00:01:23]: Hello", "Ann", 83_000, None, "Hello"),
        ("Ann (1:23) Hello", "", None, None, "Ann (1:23) Hello"),
        ("[SMITH, Ann: Leeds]: Hello", "SMITH, Ann: Leeds", None, None, "Hello"),
        ("[]: Ann: Hello", "", None, None, "Ann: Hello"),
        ("[00:01:23] Hello", "", 83_000, None, "Hello"),
        ("[00:75] Hello", "", None, None, "[00:75] Hello"),
        ("[00:61:00] Hello", "", None, None, "[00:61:00] Hello"),
        ("and so I said: Hello", "", None, None, "and so I said: Hello"),
        ("[0:05] and so I said: Hello", "", 5000, None, "and so I said: Hello"),
        ("0:05 and so I said: Hello", "", None, None, "0:05 and so I said: Hello"),
        ("See http://example.org: Hello", "", None, None, "See http://example.org: Hello"),
        ("10:30: Hello", "", None, None, "10:30: Hello"),
        ("1: Hello", "", None, None, "1: Hello"),
    ],
)
def test_openings_of_a_turn(line, speaker, start, end, words):
    """What begins a turn, with which speaker and time, and what is only words."""
    assert timed(text(line)) == [(speaker, start, end, words)]


@pytest.mark.parametrize(
    ("head", "speaker"),
    [
        ("Ann Smith 00:01:23", "Ann Smith"),
        ("Ann Smith  1:23", "Ann Smith"),
        ("SMITH, Ann (NHS Trust)   1:23", "SMITH, Ann (NHS Trust)"),
        ("[Ann Smith] 00:01:23", "Ann Smith"),
        ("Speaker 1 (01:23):", "Speaker 1"),
    ],
)
def test_name_and_time_above_the_words(head, speaker):
    """Teams, Otter, Zoom and Rev write name and time on a line of their own."""
    reading = text(head, "Hello", "", "there", head, "again")
    assert timed(reading) == [(speaker, 83_000, None, "Hello\nthere"), (speaker, 83_000, None, "again")]


def test_time_and_name_above_the_words():
    """Word's own transcription writes the time first; a timed line of words is no such head."""
    reading = text("00:00:01 Speaker 1", "Hello", "00:00:02 Speaker 1", "there")
    assert timed(reading) == [("Speaker 1", 1000, None, "Hello"), ("Speaker 1", 2000, None, "there")]
    assert said(text("00:00:01 Okay", "00:00:02 Okay")) == [("", "00:00:01 Okay"), ("", "00:00:02 Okay")]


def test_time_range_above_name_and_words():
    """Older Teams files have three lines: the range, the name, the words."""
    lines = ("0:0:5.100 --> 0:0:8.250", "Ann Smith", "Hello", "0:0:9.0 --> 0:0:9.5", "and so")
    assert timed(text(*lines)) == [("Ann Smith", 5100, 8250, "Hello"), ("Ann Smith", 9000, 9500, "and so")]


def test_labels_in_small_letters_count_when_they_come_back():
    """`practitioner:` names a speaker when it opens two paragraphs; once, it is words."""
    assert said(text("practitioner: Hello", "practitioner: Well")) == [
        ("practitioner", "Hello"),
        ("practitioner", "Well"),
    ]
    assert said(text("practitioner: Hello")) == [("", "practitioner: Hello")]


def test_paragraphs_without_a_speaker_continue_the_turn():
    """They go on after a line feed; before anyone has spoken each is a turn of its own."""
    reading = text("Title", "Place", "Ann: One", "two", "", "three", "Ann: Four")
    assert said(reading) == [("", "Title"), ("", "Place"), ("Ann", "One\ntwo\nthree"), ("Ann", "Four")]


def test_a_name_without_words_is_named():
    """A turn nobody filled is not stored, and said."""
    reading = text("Ann: Hello", "Bo:", "Ann: Bye")
    assert said(reading) == [("Ann", "Hello"), ("Ann", "Bye")]
    assert reading.not_taken == ("Line or paragraph 2 begins a turn of “Bo”, but no words follow.",)


def test_label_above_the_words():
    """`Ann:` alone on its line speaks the lines below."""
    assert said(text("Ann:", "Hello", "there")) == [("Ann", "Hello\nthere")]
