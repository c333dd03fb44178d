import hashlib
import re
from collections import defaultdict
from datetime import datetime, time
from itertools import pairwise

import pytest

from alongside.demo.merebank.content import load
from alongside.demo.merebank.tests.vtt import cues

INTERVIEWERS = {"Josef", "Dot"}
# The sixteen turns of the workbench's design, as "Speaker: words", one a line.
EXCERPT = "fb68cfa31710368fce485ae77c9e20373782de1eb70bddb4f02a0779c33dbf49"
TURNS = {path.stem: cues(path) for path in load().transcripts}
PASSAGES = {p.key: (theme, p) for theme in load().themes for p in theme.passages}
NAMES = [name.capitalize() for name in TURNS]
TEAM = {member.key: member.name for member in load().team}


def place(row):
    """Where a quote stands in its turn, as a half-open span."""
    text = TURNS[row.transcript][row.turn - 1].text
    quote = row.quote or text
    start = text.find(quote)
    return start, start + len(quote)


@pytest.mark.parametrize("path", load().transcripts, ids=lambda path: path.stem)
def test_transcript_is_said_to_be_invented_and_reads_as_two_people(path):
    """Each file says first that it is invented; each cue is one turn of one of two voices."""
    text = path.read_text(encoding="utf-8")
    assert text.startswith("WEBVTT\n\nNOTE\nInvented for demonstration. No real person said this.\n")
    found = TURNS[path.stem]
    assert len(found) == text.count("-->")
    assert len({cue.speaker for cue in found} & INTERVIEWERS) == 1
    assert {cue.speaker for cue in found} - INTERVIEWERS == {path.stem.capitalize()}
    assert all(one.speaker != other.speaker for one, other in pairwise(found))


@pytest.mark.parametrize("path", load().transcripts, ids=lambda path: path.stem)
def test_transcript_is_of_the_length_and_pace_of_talk(path):
    """45 to 70 turns, 1,300 to 2,000 words, in order of time and no faster than anyone speaks."""
    found = TURNS[path.stem]
    words = sum(len(cue.text.split()) for cue in found)
    assert 45 <= len(found) <= 70
    assert 1_300 <= words <= 2_000
    assert all(cue.start_ms < cue.end_ms for cue in found)
    assert all(one.end_ms <= other.start_ms for one, other in pairwise(found))
    assert 80 <= words / (found[-1].end_ms / 60_000) <= 160


@pytest.mark.parametrize("path", load().transcripts, ids=lambda path: path.stem)
def test_transcript_has_one_kind_of_apostrophe(path):
    """Typed with ’ and without quotation marks, so that spans are counted over more than ASCII."""
    assert not re.search(r"['\"“”<>&]", "".join(cue.text for cue in TURNS[path.stem]))


def test_the_excerpt_of_the_design_stands_word_for_word():
    """Rowan's turns 17 to 32 are the excerpt the workbench was designed with."""
    lines = [f"{cue.speaker}: {cue.text}" for cue in TURNS["rowan"][16:32]]
    assert hashlib.sha256("\n".join(lines).encode()).hexdigest() == EXCERPT


def test_each_interview_is_with_the_interviewer_it_was_booked_with():
    """The voice that asks is the interviewer's of the booking."""
    for booking in load().bookings:
        if booking.transcript:
            asking = {cue.speaker for cue in TURNS[booking.transcript]} & INTERVIEWERS
            assert asking == {TEAM[booking.interviewer].split()[0]}


def test_no_interviewer_brings_in_the_other_half():
    """An interviewer names a learner only after the person they talk with has."""
    for name, found in TURNS.items():
        said = {name.capitalize()}
        for cue in found:
            named = {other for other in NAMES if re.search(rf"\b{other}\b", cue.text)}
            if cue.speaker in INTERVIEWERS:
                assert named <= said
            said |= named


@pytest.mark.parametrize("name", TURNS)
def test_quotes_are_exact_and_unique_parts_of_their_turns(name):
    """Each coding finds its words once, in what the person interviewed said."""
    for row in load().codings:
        if row.transcript == name:
            cue = TURNS[name][row.turn - 1]
            assert cue.speaker == name.capitalize()
            assert cue.text.count(row.quote or cue.text) == 1, row
            assert row.quote != cue.text
            assert row.quote == row.quote.strip()


def test_codings_use_known_codes_and_known_coders_once():
    """Codes are in the codebook, coders on the team, and nobody codes the same words so twice."""
    codings = load().codings
    assert {row.code for row in codings} == {code.path for code in load().codebook.codes}
    assert (
        {row.coder for row in codings} == {"Hilary Banks", "Dot Ellison", "Priya Nair"} <= set(TEAM.values())
    )
    spans = [(row.transcript, row.turn, *place(row), row.code, row.coder) for row in codings]
    assert len(set(spans)) == len(spans)


def test_codings_are_between_25_and_45_an_interview():
    """Every interview is read by at least two people and coded as closely as the others."""
    rows = defaultdict(list)
    for row in load().codings:
        rows[row.transcript].append(row)
    assert rows.keys() == TURNS.keys()
    assert all(25 <= len(some) <= 45 for some in rows.values())
    assert all(len({row.coder for row in some}) >= 2 for some in rows.values())


def test_priya_codes_neither_half_of_the_pair_she_has_worked_with():
    """She worked with Wren, and stepped back from Stephen's interview too."""
    read = {row.transcript for row in load().codings if row.coder == "Priya Nair"}
    assert read == TURNS.keys() - {"wren", "stephen"}


def test_readers_overlap_and_differ():
    """Where Hilary hears talk that runs one way, Dot in places hears the managed version."""
    rows = load().codings
    both = [
        (one, other)
        for one in rows
        for other in rows
        if (one.transcript, one.turn) == (other.transcript, other.turn)
        and one.coder == "Hilary Banks"
        and other.coder == "Dot Ellison"
        and place(one)[0] < place(other)[1]
        and place(other)[0] < place(one)[1]
    ]
    assert any(one.code == other.code for one, other in both)
    assert any(
        (one.code, other.code) == ("Before > One-way talk", "Before > The managed version")
        for one, other in both
    )


def test_codebook_is_whole():
    """Twelve codes in four groups, a colour each, every part written, every example really said."""
    book = load().codebook
    everything = " ".join(cue.text for found in TURNS.values() for cue in found)
    assert len(book.codes) == 12
    assert sorted(code.colour for code in book.codes) == list(range(1, 13))
    assert {code.group for code in book.codes} == {group.name for group in book.groups}
    assert all(code.definition and code.include and code.exclude for code in book.codes)
    assert [code.name for code in book.codes if code.example not in everything] == []


@pytest.mark.parametrize("key", PASSAGES)
def test_passage_lies_within_a_coding_of_its_theme(key):
    """A chosen passage is exact, and inside one coding of one of the theme's codes."""
    theme, passage = PASSAGES[key]
    assert TURNS[passage.transcript][passage.turn - 1].text.count(passage.quote) == 1
    start, end = place(passage)
    around = [
        row
        for row in load().codings
        if (row.transcript, row.turn) == (passage.transcript, passage.turn)
        and row.code in theme.codes
        and place(row)[0] <= start
        and end <= place(row)[1]
    ]
    assert around


def test_themes_are_five_and_one_is_open():
    """Five themes with different names, one still open; no code is in two of them."""
    themes = load().themes
    assert len({theme.name for theme in themes}) == 5
    assert [theme.name for theme in themes if theme.status == "open"] == ["Doing it together"]
    codes = [code for theme in themes for code in theme.codes]
    assert len(set(codes)) == len(codes)
    keys = {theme.key for theme in themes}
    assert {key for tie in load().ties for key in (tie.one, tie.other)} <= keys


def test_words_kept_for_the_team_are_in_no_passage():
    """What somebody marked after reading their interview is exact, and chosen for nothing."""
    for mark in load().restrictions:
        assert TURNS[mark.transcript][mark.turn - 1].text.count(mark.quote) == 1
        start, end = place(mark)
        for _, passage in PASSAGES.values():
            if (passage.transcript, passage.turn) == (mark.transcript, mark.turn):
                assert place(passage)[1] <= start or end <= place(passage)[0]


def speakers_allowed(events):
    state = {event.person: event.decision for event in events if event.purpose == "quotation_public"}
    return {person for person, decision in state.items() if decision == "granted"}


def test_the_finding_quotes_only_who_agreed_and_one_quote_is_set_aside_later():
    """On publication all its speakers had agreed; since then one has stopped."""
    report = load().report
    quoted = [
        PASSAGES[quote.passage][1].transcript for section in report.sections for quote in section.quotes
    ]
    until = datetime.combine(report.published, time.max)
    agreed = speakers_allowed([event for event in load().consents if event.at <= until])
    assert set(quoted) <= agreed
    assert "stephen" not in agreed
    now = speakers_allowed([*load().consents, *load().changes])
    assert [name for name in quoted if name not in now] == ["idris"]


def test_the_finding_stands_on_its_themes():
    """Each section speaks of a theme, and its quotes are that theme's."""
    keys = {theme.key for theme in load().themes}
    for section in load().report.sections:
        assert section.theme in keys
        assert section.quotes
        assert {PASSAGES[quote.passage][0].key for quote in section.quotes} == {section.theme}
        assert all(quote.insider for quote in section.quotes)


def test_the_finding_names_nobody_interviewed():
    """No chosen name, no name in use and no trainer's name stands in the public text."""
    report = load().report
    text = " ".join(
        [
            report.aim,
            report.methodology,
            report.findings,
            report.implications,
            report.limits,
            report.shaped_by,
        ]
        + [section.body for section in report.sections]
    )
    named = {p.pseudonym for p in load().people} | {p.name.split()[0] for p in load().people}
    assert [name for name in named - {""} if re.search(rf"\b{name}\b", text)] == []
    assert set(report.authors) <= set(TEAM.values())


def test_memos_and_decisions_speak_of_what_is_there():
    """Memos are about what their authors may read; one decision shows that nobody was asked."""
    paths = {code.path for code in load().codebook.codes}
    themes = {theme.key for theme in load().themes}
    for memo in load().memos:
        assert memo.author in TEAM
        assert memo.transcript in {"", *TURNS}
        assert memo.code in {"", *paths}
        assert memo.theme in {"", *themes}
        assert memo.author != "priya" or memo.transcript not in {"wren", "stephen"}
    assert [d.about for d in load().decisions if not d.lived_experience_present] == [
        "Which questions to ask before the training and six months after it"
    ]
