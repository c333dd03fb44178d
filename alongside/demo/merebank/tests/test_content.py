import re
from collections import Counter
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from alongside.demo.merebank.content import HERE, load
from alongside.demo.merebank.fieldwork import MISSING_CODES
from alongside.demo.merebank.setting import Relationship
from alongside.demo.merebank.tables import BadContent, build
from alongside.people.models import Purpose

AVOIDED = re.compile(
    r"\b(patients?|clients?|subjects?|drop-?outs?|emerged?|emerges|saturation|non-compliant|cured?)\b",
    re.IGNORECASE,
)
PEOPLE = {person.key: person for person in load().people}
COHORTS = {cohort.key: cohort for cohort in load().cohorts}


def worked_with(person: str) -> set[str]:
    pairs = [{pair.first, pair.second} for pair in load().relationships]
    return {other for pair in pairs if person in pair for other in pair - {person}}


def test_everyone_is_known_once():
    """Keys, names, codes and pseudonyms are unique, and every address is at example.org."""
    people = load().people
    assert len(PEOPLE) == len(people)
    for values in (
        [p.name for p in people],
        [p.code for p in people if p.code],
        [p.pseudonym for p in people if p.pseudonym],
    ):
        assert len(set(values)) == len(values)
    assert all(person.email.endswith("@example.org") for person in people)
    assert all(member.email.endswith("@example.org") for member in load().team)


def test_every_team_member_is_a_person():
    """Standpoints and the firewall reach everyone who signs in."""
    assert {member.key for member in load().team} == {p.user for p in load().people if p.user}
    assert all(person.user in {"", person.key} for person in load().people)


def test_relationships_are_between_known_people_and_confirmed_by_both():
    """Each half confirms for themselves, after the relationship began; one has ended."""
    for pair in load().relationships:
        assert {pair.first, pair.second} <= PEOPLE.keys()
        assert pair.started < min(pair.first_confirmed, pair.second_confirmed)
        assert pair.ended is None or pair.ended > pair.started
    assert [(pair.first, pair.second) for pair in load().relationships if pair.ended] == [("priya", "wren")]


@pytest.mark.parametrize("cohort", load().cohorts, ids=lambda cohort: cohort.key)
def test_sessions_are_six_thursdays(cohort):
    """Six Thursdays in a row, ten to half past twelve, each citing an agreement the group had by then."""
    written = {agreement.version: agreement.written for agreement in cohort.agreements}
    assert [session.number for session in cohort.sessions] == [1, 2, 3, 4, 5, 6]
    for session in cohort.sessions:
        assert session.starts.strftime("%A %H:%M") == "Thursday 10:00"
        assert session.ends - session.starts == timedelta(hours=2, minutes=30)
        assert written[session.agreement] <= session.starts.date()
    assert {(b.starts - a.starts).days for a, b in pairwise(cohort.sessions)} == {7}


def test_cohort_dates_are_those_of_the_story():
    """Group 4 ended on 14 May 2026; Group 5 has had two sessions by the study's today."""
    assert COHORTS["group-4"].sessions[-1].starts.date() == date(2026, 5, 14)
    held = [s for s in COHORTS["group-5"].sessions if s.starts.date() <= load().study.today]
    assert len(held) == 2
    assert {len(words.split()) for words in COHORTS["group-5"].attendance.values()} == {2}
    assert len(COHORTS["group-5"].learners) == 13


@pytest.mark.parametrize("cohort", load().cohorts, ids=lambda cohort: cohort.key)
def test_register_holds_learners_and_known_words(cohort):
    """Every learner is marked, nobody else is, and no cohort is over its capacity."""
    assert len(cohort.learners) <= cohort.capacity
    assert cohort.attendance.keys() == set(cohort.learners) <= PEOPLE.keys()
    assert {status for _, _, status in cohort.marks()} <= {"here", "word", "missed"}
    assert {leaving.person for leaving in cohort.left} <= set(cohort.learners)
    assert {row.person for row in cohort.preparation} <= set(cohort.learners)


@pytest.mark.parametrize("cohort", load().cohorts, ids=lambda cohort: cohort.key)
def test_every_led_session_has_both_kinds_of_knowing(cohort):
    """Two trainers a session: lived experience and practice both declared, neither a learner there."""
    for number in {row.session for row in cohort.facilitation}:
        rows = [row for row in cohort.facilitation if row.session == number]
        assert len({row.person for row in rows}) == 2
        assert any(row.lived for row in rows)
        assert any(row.practice for row in rows)
        assert not {row.person for row in rows} & set(cohort.learners)


def test_the_session_to_come_has_no_debrief():
    """Session 3 of Group 5 shows an absence: no debrief for either trainer."""
    rows = [row for row in COHORTS["group-5"].facilitation if row.session == 3]
    assert [row.debrief for row in rows] == [None, None]


def test_consent_texts_cover_every_purpose_and_say_what_stopping_does():
    """One text a purpose, each saying in plain words what happens when someone stops."""
    texts = load().consent_texts
    assert sorted(text.purpose for text in texts) == sorted(Purpose.values)
    for text in texts:
        assert text.on_stop in {"erase", "anonymise", "keep"}
        assert "If you stop" in text.wording or "Up to the day" in text.wording
    published = [text.purpose for text in texts if "beyond recall" in text.wording]
    assert sorted(published) == ["archive", "interview", "quotation_public", "quotation_report"]


def test_consent_is_decided_once_by_known_people_after_its_text():
    """Nobody decides twice before the later changes, or about a text that did not yet exist."""
    since = {text.purpose: text.published for text in load().consent_texts}
    assert max(Counter((event.person, event.purpose) for event in load().consents).values()) == 1
    for event in (*load().consents, *load().changes):
        assert event.person in PEOPLE
        assert event.at.date() >= since[event.purpose]
        assert event.decision in {"granted", "declined", "reduced", "stopped"}


def allowed(purpose: str, at: datetime, *, with_changes: bool = False) -> set[str]:
    events = [*load().consents, *(load().changes if with_changes else ())]
    state = {e.person: e.decision for e in events if e.purpose == purpose and e.at <= at}
    return {person for person, decision in state.items() if decision == "granted"}


def test_interviews_were_agreed_to_before_they_were_held():
    """Each booked person had agreed to be asked and to the interview; each typed one to its recording."""
    for booking in load().bookings:
        for purpose in ("interview_contact", "interview"):
            assert booking.person in allowed(purpose, booking.starts)
        if booking.transcript:
            assert booking.person in allowed("recording", booking.starts)


def test_interviews_keep_to_the_firewall():
    """No interviewer led the group, works with the person, sees both halves, or is in two places at once."""
    leaders = {row.person for row in COHORTS["group-4"].facilitation}
    asked_by = {booking.person: booking.interviewer for booking in load().bookings}
    for booking in load().bookings:
        assert booking.interviewer not in leaders | worked_with(booking.person)
        others = [asked_by[other] for other in worked_with(booking.person) if other in asked_by]
        assert booking.interviewer not in others
    for one, other in pairwise(sorted(load().bookings, key=lambda b: (b.interviewer, b.starts))):
        assert one.interviewer != other.interviewer or one.ends <= other.starts


def test_interviews_are_inside_the_six_month_window():
    """Six months after 14 May is 14 November; the window is 31 October to 12 December."""
    point = next(p for p in load().protocol.timepoints if p.key == "six-months")
    assert (point.anchor, point.months, point.days) == ("last_session", 6, 0)
    due = date(2026, 11, 14)
    for booking in load().bookings:
        assert timedelta(point.opens_days) <= booking.starts.date() - due <= timedelta(point.closes_days)
        assert (booking.state == "held") == (booking.starts.date() < load().study.today)


def test_the_frame_holds_only_people_who_could_be_asked():
    """Everyone in the frame took the training with their other half and agreed to be asked."""
    framed = {person for group in load().frame.members for person in group.people}
    assert framed <= set(COHORTS["group-4"].learners) & allowed("interview_contact", load().frame.taken)
    assert all(worked_with(person) & framed for person in framed)


def test_picks_are_from_the_frame_and_have_reasons():
    """Each pick has its reason; who was chosen is who is booked; a replacement names whom it replaces."""
    framed = {person for group in load().frame.members for person in group.people}
    picks = {pick.person: pick for pick in load().picks}
    assert picks.keys() == framed
    assert all(0 < len(pick.reason) <= 300 for pick in picks.values())
    chosen = {person for person, pick in picks.items() if pick.state == "chosen"}
    assert chosen == {booking.person for booking in load().bookings}
    replaced = {pick.replaces for pick in picks.values()} - {""}
    assert replaced == {person for person, pick in picks.items() if pick.state != "chosen"}


def test_guide_is_mirrored():
    """Six questions, each with its mirror."""
    assert [question.number for question in load().guide.questions] == [1, 2, 3, 4, 5, 6]
    assert all(question.wording and question.mirror for question in load().guide.questions)


def test_responses_fit_their_instrument_and_window():
    """One answer an item, or a code for none; inside the window, and agreed to."""
    instruments = {instrument.key: instrument for instrument in load().instruments}
    dues = {
        ("group-4", "baseline"): date(2026, 4, 9),
        ("group-4", "six-months"): date(2026, 11, 14),
        ("group-5", "baseline"): date(2026, 11, 12),
    }
    points = {point.key: point for point in load().protocol.timepoints}
    for response in load().responses:
        items = instruments[response.instrument].items
        assert len(response.answers) == len(items)
        for item, answer in zip(items, response.answers, strict=True):
            assert answer in MISSING_CODES or (
                isinstance(answer, str) if item.kind == "words" else answer in range(5)
            )
        cohort = next(c.key for c in load().cohorts if response.person in c.learners)
        point = points[response.timepoint]
        after = response.submitted - dues[cohort, response.timepoint]
        assert timedelta(point.opens_days) <= after <= timedelta(point.closes_days)
        at = datetime.combine(response.submitted, datetime.min.time())
        assert response.person in allowed("questionnaires", at, with_changes=True)


def test_nobody_answers_the_same_questions_twice():
    """One response a person, instrument and timepoint; some are missing, some answers too."""
    keys = [(r.person, r.instrument, r.timepoint) for r in load().responses]
    assert len(set(keys)) == len(keys)
    assert any(answer in MISSING_CODES for r in load().responses for answer in r.answers)
    late = {r.person for r in load().responses if r.timepoint == "six-months"}
    assert late < set(COHORTS["group-4"].learners)


def test_no_file_uses_a_word_the_glossary_avoids():
    """Neither the texts nor the people in them use the words the glossary avoids."""
    files = [*HERE.glob("*.toml"), HERE / "codings.csv", *load().transcripts]
    used = {path.name: AVOIDED.findall(path.read_text(encoding="utf-8")) for path in files}
    assert {name: words for name, words in used.items() if words} == {}


def test_a_table_with_an_unknown_field_is_refused():
    """A misspelt field is refused in one sentence that names it."""
    with pytest.raises(
        BadContent, match=r"study\.toml: .*Relationship.*missing .*second.*unknown \['seconds'\]"
    ):
        build(Relationship, {"first": "a", "seconds": "b"}, "study.toml")


def test_a_value_of_another_kind_is_refused():
    """A word where a date is expected is refused, with what came."""
    row = {
        "first": "a",
        "second": "b",
        "started": "in spring",
        "first_confirmed": date(2026, 1, 1),
        "second_confirmed": date(2026, 1, 1),
    }
    with pytest.raises(BadContent, match=r"started: .*date.* was expected, 'in spring' came"):
        build(Relationship, row, "study.toml")


def test_content_reads_from_another_folder(tmp_path: Path):
    """A folder without the files is an error, not an empty study."""
    with pytest.raises(FileNotFoundError):
        load(tmp_path)
