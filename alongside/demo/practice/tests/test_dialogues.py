from collections import Counter
from pathlib import Path

import pytest

from alongside.demo.merebank.tables import BadContent
from alongside.demo.practice.dialogues import (
    CLIENT_CODES,
    HERE,
    PRACTITIONER_CODES,
    answers_after,
    chosen,
    codings,
    dialogues,
    practice,
)

HEADER = (
    "mi_quality,transcript_id,video_title,video_url,topic,utterance_id,interlocutor,timestamp,"
    "utterance_text,annotator_id,therapist_input_subtype,reflection_subtype,question_subtype,"
    "main_therapist_behaviour,client_talk_type\n"
)


def all_turns():
    return [turn for dialogue in dialogues() for turn in dialogue.turns]


def test_the_file_holds_what_its_source_says():
    """126 dialogues, 9,271 turns and, counted as runs between white space, 145,365 words."""
    assert len(dialogues()) == 126
    assert len(all_turns()) == 9_271
    assert sum(turn.words for turn in all_turns()) == 145_365


def test_codes_are_as_many_as_the_source_says():
    """Every turn has one of the seven codes, as often as SOURCE.txt counts it."""
    assert Counter(turn.code for turn in all_turns()) == {
        "Practitioner > Question": 1_320,
        "Practitioner > Reflection": 1_252,
        "Practitioner > Input": 570,
        "Practitioner > Other": 1_524,
        "Client talk > Change": 1_134,
        "Client talk > Sustain": 508,
        "Client talk > Neutral": 2_963,
    }


def test_kinds_of_moves_stand_beside_the_main_code():
    """The second codings of a turn are the data's own subtypes, every one of them."""
    assert Counter(code for turn in all_turns() for code in turn.kinds) == {
        "Practitioner > Question > Open": 903,
        "Practitioner > Question > Closed": 656,
        "Practitioner > Reflection > Simple": 790,
        "Practitioner > Reflection > Complex": 646,
        "Practitioner > Input > Information": 396,
        "Practitioner > Input > Negotiation": 132,
        "Practitioner > Input > Advice": 130,
        "Practitioner > Input > Options": 42,
    }
    assert len(list(codings(dialogues()))) == 9_271 + 3_695


def test_codings_name_their_coder_and_their_whole_turn():
    """A dialogue has one coder; a coding takes the whole turn, and turns count from 1."""
    for dialogue in dialogues():
        rows = list(dialogue.codings())
        assert sorted({row.turn for row in rows}) == list(range(1, len(dialogue.turns) + 1))
        assert {row.quote for row in rows} == {""}
        assert len({row.coder for row in rows}) == 1
    assert len({row.coder for row in codings(dialogues())}) == 10
    assert next(codings(dialogues())).coder == "AnnoMI annotator 3"


def test_names_are_unique_and_plain():
    """A dialogue's name is its number and its topic."""
    names = [dialogue.name for dialogue in dialogues()]
    assert len(set(names)) == 126
    assert names[0] == "000-reducing-alcohol-consumption"
    assert all(set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") for name in names)


def test_white_space_is_tidied_and_no_turn_is_empty():
    """Two turns held stray white space; no word of them is lost, and every turn says something."""
    assert all(turn.text == " ".join(turn.text.split()) != "" for turn in all_turns())
    texts = {d.transcript_id: d.turns for d in dialogues()}
    assert "those things. Um, so having shared" in texts[13][10].text
    assert "succeed in making the changes" in texts[114][18].text


def test_a_clock_that_can_be_read_two_ways_is_left_out():
    """“00:09:025” gives no time; every other turn has one."""
    without = [(d.transcript_id, t.number) for d in dialogues() for t in d.turns if t.start_ms is None]
    assert without == [(38, 68)]
    assert dialogues()[0].turns[1].start_ms == 24_000


def test_clocks_that_run_back_are_kept():
    """In nine places the published clock runs back; it is kept as published."""
    back = [
        dialogue.transcript_id
        for dialogue in dialogues()
        for before, after in zip(dialogue.turns, dialogue.turns[1:], strict=False)
        if before.start_ms is not None and after.start_ms is not None and after.start_ms < before.start_ms
    ]
    assert back == [64, 71, 84, 97, 97, 100, 121, 121, 131]


def test_every_code_of_the_data_is_in_the_codebook():
    """The seven codes are in the codebook, once each, and each has a colour of its own."""
    paths = [code.path for code in practice().codes]
    assert sorted(paths) == sorted([*PRACTITIONER_CODES.values(), *CLIENT_CODES.values()])
    assert len({code.colour for code in practice().codes}) == 7


def test_themes_rest_on_codes_and_passages():
    """Each theme names known codes, and the rule finds as many passages as it asks for."""
    paths = {code.path for code in practice().codes}
    for theme in practice().themes:
        assert set(theme.codes) <= paths
        for code in theme.codes:
            found = chosen(dialogues(), code, theme.passages)
            assert len(found) == theme.passages
            assert {turn.code for _, turn in found} == {code}
            assert {dialogue.quality for dialogue, _ in found} == {"high"}


def test_sections_and_ties_name_known_themes():
    """The report and the ties speak of themes that are there."""
    keys = {theme.key for theme in practice().themes}
    assert {section.theme for section in practice().report.sections} == keys
    assert {key for tie in practice().ties for key in (tie.one, tie.other)} <= keys


def share(counts, kind):
    total = sum(counts.values())
    return f"{100 * counts[kind] / total:.1f}% of the answers", f"{counts[kind]} of {total:,}"


def test_the_report_says_what_the_data_say():
    """Each number in the finding is the one the data give."""
    findings = practice().report.findings
    after = answers_after(dialogues())
    for code in ("Practitioner > Question", "Practitioner > Reflection", "Practitioner > Input"):
        percent, fraction = share(after[code], "Client talk > Change")
        assert percent.split()[0] in findings
        assert fraction in findings
    for quality, many in (("high", 105), ("low", 21)):
        of_quality = [dialogue for dialogue in dialogues() if dialogue.quality == quality]
        words = Counter()
        for dialogue in of_quality:
            for turn in dialogue.turns:
                words[turn.interlocutor] += turn.words
        assert len(of_quality) == many
        assert f"{many} dialogues" in findings or f"the {many} of low quality" in findings
        assert f"{100 * words['therapist'] / words.total():.1f}%" in findings


def test_the_source_is_stated_word_for_word():
    """The study's source gives repository, licence and citation exactly as SOURCE.txt does."""
    source = (HERE / "SOURCE.txt").read_text(encoding="utf-8").splitlines()
    assert practice().study.source.splitlines() == source[:3]


def test_a_dialogue_with_a_gap_is_refused(tmp_path: Path):
    """A file in which an utterance is missing is refused, and the sentence says which dialogue."""
    rows = [
        "high,7,A film,https://example.org,a topic,0,client,00:00:01,Hello.,3,n/a,n/a,n/a,n/a,neutral",
        "high,7,A film,https://example.org,a topic,2,client,00:00:05,Again.,3,n/a,n/a,n/a,n/a,neutral",
    ]
    (tmp_path / "annomi_126_dialogues.csv").write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    with pytest.raises(BadContent, match="Dialogue 7: utterances 0 to 1"):
        dialogues(tmp_path)
