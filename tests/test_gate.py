"""The gate: `permits()` and its kin are the only way to what someone gives under a purpose.

Two ways of finding a path round it: by reading the code, and by asking for everything of someone who
agreed to nothing.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client

import alongside
from alongside.accounts.models import Study, User
from alongside.people.models import Declared, Participant, Person, StandingConsent, WorkingRelationship
from alongside.reporting.models import Report
from tests.support.walking import IN_A_STUDY, METHODS, Visitor
from tests.support.world import one_of_everything

ROOMS = Path(alongside.__file__).parent
GATE = {"permits", "participant_permits", "permitting", "may_be_asked", "transcripts_permitting"}
# What is asked of someone, given by them, or made of what they gave.
GIVEN = {
    "AccessGrant", "Answer", "Asking", "Coding", "FrameMember", "Interview", "Message", "Pair", "PairNote",
    "Passage", "Quote", "Recording", "Response", "Revision", "Run", "SampleMember", "Score", "SortedCard",
    "Suggestion", "TimepointInstance", "Transcript", "Turn",
}  # fmt: skip
# Whole rooms, or files of one.
ELSEWHERE = {
    "stewardship": "erases what was given, and shows it to the one who gave it",
    "demo": "loads studies through the actions of the other rooms",
}
HANDED = "is handed a transcript, a response or a row of one by what asked the gate"
ARRANGES = "tells who was asked and when, to whoever arranges it; what was said is not in it"
MOVES = "gives codings another code, unseen; whose they are and what they point at stays"
OWN_LINK = "is the person's link to their own page, which stopping leaves them"
ENDS = "ends or erases"
# What the right to a page hangs on isn't given under a purpose.
NOT_GIVEN = {"AccessGrant"}
PAIRED = "a pair stands only while both agree, and goes with the yes of either"
# What is called as `queries.transcript_for(...)`, unlike `rows.filter(...)`.
MODULES = ("queries", "actions")
# Functions that touch such rows without asking, each with the reason why that is right.
WITHOUT = {
    "analysis/actions/acts.py:_save": HANDED,
    "analysis/actions/acts.py:_used_beside": "looks whether a code is used, so that it stays in use",
    "analysis/actions/acts.py:refuse_twins": HANDED,
    "analysis/actions/codings.py:_change_own": HANDED,
    "analysis/actions/codings.py:_make": HANDED,
    "analysis/actions/codings.py:_standing": HANDED,
    "analysis/actions/codings.py:adopt_codings": HANDED,
    "analysis/actions/codings.py:link_codings": HANDED,
    "analysis/actions/finding.py:_in_one_text": HANDED,
    "analysis/actions/following.py:_follow_suggestions": HANDED,
    "analysis/actions/following.py:_refuse_used_since": HANDED,
    "analysis/actions/following.py:_turn_codes": HANDED,
    "analysis/actions/following.py:_turn_notes": HANDED,
    "analysis/actions/following.py:turn_suggestions": HANDED,
    "analysis/actions/machine.py:_answer": HANDED,
    "analysis/actions/machine.py:stop_run": ENDS,
    "analysis/actions/merging.py:_move": MOVES,
    "analysis/actions/merging.py:_standing": MOVES,
    "analysis/actions/merging.py:merge_codes": MOVES,
    "analysis/actions/merging.py:split_code": MOVES,
    "analysis/actions/themes.py:choose_passage": HANDED,
    "analysis/actions/taking_in.py:take_codings": HANDED,
    "analysis/queries/codings.py:codings_in": HANDED,
    "analysis/queries/coined.py:_shown": "looks whether a code is used in the open, so that its name may be",
    "analysis/queries/examples.py:may_be_given_words": HANDED,
    "analysis/queries/feed.py:_rows_changed": HANDED,
    "analysis/queries/examples.py:_stand_in": "looks for words in what is closed, so that they stay closed",
    "analysis/queries/likeness.py:_read": HANDED,
    "analysis/queries/machine.py:askings_on": HANDED,
    "analysis/queries/machine.py:last_run": HANDED,
    "analysis/queries/machine.py:run_for": HANDED,
    "analysis/queries/machine.py:suggestions_on": HANDED,
    "analysis/queries/passages.py:turns_at": HANDED,
    "analysis/queries/search.py:_turns": HANDED,
    "analysis/queries/search.py:lines": HANDED,
    "analysis/queries/reading.py:with_turns": HANDED,
    "analysis/queries/themes.py:chosen": HANDED,
    "exchange/importing.py:_turn": HANDED,
    "followup/actions/protocols.py:_instance": HANDED,
    "followup/actions/responses.py:_answer": HANDED,
    "followup/actions/responses.py:score_response": HANDED,
    "followup/actions/samples.py:record_refusal": ENDS,
    "followup/queries/doors.py:instance_for": ARRANGES,
    "followup/queries/doors.py:member_for": ARRANGES,
    "followup/queries/responses.py:latest_revision": HANDED,
    "followup/queries/samples.py:frame_members": ARRANGES,
    "followup/queries/samples.py:samples": ARRANGES,
    "followup/queries/timeline.py:instances": ARRANGES,
    "interviews/actions/stored.py:_erase_unless_named": ENDS,
    "interviews/actions/transcripts.py:check_transcript": HANDED,
    "interviews/actions/transcripts.py:_free_name": "looks at names, so that no two are the same",
    "interviews/actions/transcripts.py:_keep": HANDED,
    "interviews/actions/transcripts.py:_placed": HANDED,
    "interviews/actions/transcripts.py:revise_transcript": HANDED,
    "interviews/listening.py:kept_recording": ARRANGES,
    "interviews/queries/interviews.py:interviews": ARRANGES,
    "interviews/queries/opening.py:is_unclaimed": HANDED,
    "interviews/queries/opening.py:_without": HANDED,
    "interviews/queries/transcripts.py:recording_of": HANDED,
    "interviews/queries/interviews.py:overlapping": "looks at times, so that nobody is in two places",
    "people/actions/consent.py:stand": ENDS,
    "people/actions/links.py:make_link": OWN_LINK,
    "people/actions/links.py:revoke_links": ENDS,
    "people/queries/people.py:grant_for": OWN_LINK,
    "people/queries/people.py:grant_typed": OWN_LINK,
    "people/queries/research.py:links_for": OWN_LINK,
    "people/queries/research.py:pairs": PAIRED,
    "training/actions/reminders.py:_links": OWN_LINK,
    "training/reaching.py:_last_linked": OWN_LINK,
    "reporting/actions.py:note_quotes_read": HANDED,
    "reporting/queries.py:_counted_pairs": PAIRED,
    "reporting/queries.py:speaker_at": HANDED,
}


@dataclass(frozen=True)
class Deed:
    """A function: where it stands, what it calls, and which of the given rows it touches."""

    place: str
    name: str
    calls: frozenset[str]
    touches: frozenset[str]

    @property
    def called(self) -> str:
        return f"{self.place}:{self.name}"


def deeds() -> Iterator[Deed]:
    for path in sorted(ROOMS.rglob("*.py")):
        inside = path.relative_to(ROOMS)
        if {"tests", "migrations"} & set(inside.parts) or inside.parts[0] in ELSEWHERE:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        models = set(imported_from_models(tree))
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef):
                touches = frozenset(touched(function)) & GIVEN & models
                yield Deed(str(inside), function.name, frozenset(called(function)), touches)


def imported_from_models(tree: ast.Module) -> Iterator[str]:
    for line in tree.body:
        if isinstance(line, ast.ImportFrom) and "models" in (line.module or "").split("."):
            yield from (name.name for name in line.names)


def called(function: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.func.id
            elif isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) in MODULES:
                yield node.func.attr


def touched(function: ast.FunctionDef) -> Iterator[str]:
    """Models whose rows the function asks for, or makes."""
    for node in ast.walk(function):
        if isinstance(node, ast.Attribute) and node.attr == "objects" and isinstance(node.value, ast.Name):
            yield node.value.id
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id


def asking() -> set[str]:
    """Names of functions that ask the gate, themselves or through others."""
    known, found = list(deeds()), set(GATE)
    while more := {deed.name for deed in known if deed.name not in found and deed.calls & found}:
        found |= more
    return found


def test_every_function_that_touches_what_was_given_asks_the_gate():
    """Or it stands in the table above with its reason; a reason for a function that has gone fails, too."""
    ask = asking()
    round_it = {deed.called for deed in deeds() if deed.touches and not deed.calls & ask}
    assert round_it - WITHOUT.keys() == set()
    assert WITHOUT.keys() - round_it == set()


def storing() -> Iterator[tuple[str, bool, bool, frozenset[str]]]:
    """Of each function in a room's actions: its name, whether it makes given rows or asks the gate, whether
    it holds what a stop holds, and what it calls. What an entry holds at an action's end comes too late."""
    for path in sorted(ROOMS.rglob("*.py")):
        inside = path.relative_to(ROOMS)
        if "actions" not in (*inside.parts, inside.stem) or inside.parts[0] in ("audit", "stewardship"):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        given = (GIVEN - NOT_GIVEN) & set(imported_from_models(tree))
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef):
                calls = frozenset(called(function)) - {"record", "record_all"}
                makes = bool(
                    calls & (given | {"permits", "participant_permits"}) | set(made(function)) & given
                )
                holds = bool(calls & {"hold", "hold_gate"}) or "Study.objects.select_for" in ast.unparse(
                    function
                )
                # What begins with a line may be called the same in another file.
                name, *there = (
                    f"{inside}:{each}" if each.startswith("_") else each for each in (function.name, *calls)
                )
                yield name, makes, holds, frozenset(there)


def made(function: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            whose, _dot, how = ast.unparse(node.func).partition(".objects.")
            if how in ("create", "bulk_create", "get_or_create", "update_or_create"):
                yield whose


def grown(names: set[str], calls: list[tuple[str, frozenset[str]]]) -> set[str]:
    while more := {name for name, called_there in calls if name not in names and called_there & names}:
        names = names | more
    return names


def test_whatever_stores_something_takes_turns_with_a_stop():
    """An action that makes given rows, or asks the gate before it writes, holds the study or its chain first:
    otherwise a stop that runs meanwhile could be outlived by what it ended."""
    known = list(storing())
    calls = [(name, called_there) for name, _makes, _holds, called_there in known]
    stores = grown({name for name, makes, _holds, _calls in known if makes}, calls)
    holds = grown({name for name, _makes, holds, _calls in known if holds}, calls)
    actions = {name for name, _makes, _holds, _calls in known if ":_" not in name}
    assert {"record_response", "book_interview", "attach_recording", "add_quote"} <= stores
    # A score is computed by what stores its response.
    assert (actions & stores) - holds == {"score_response"}


# Asking for everything --------------------------------------------------------------------------------

SAID = ("How did you two work before", "She had the chair with the arms", "Ring my sister", "Spoke of chairs")


@pytest.fixture
def of_someone_who_agreed_to_nothing(
    study: Study,
    hilary: User,
    wren: Person,
    wren_as_participant: Participant,
    alison_as_participant: Participant,
    rowan_and_alison: WorkingRelationship,
) -> dict[str, object]:
    """One of everything about Wren, as rows that came there somehow, and not one yes."""
    things = one_of_everything(study, wren, wren_as_participant, by=hilary, other=alison_as_participant)
    Report.objects.update(audience="study", published=None)
    StandingConsent.objects.filter(participant=wren_as_participant).delete()
    mine = {"user": hilary, "membership": study.memberships.get(user=hilary)}
    return {**things, **mine, "relationship": rowan_and_alison}


def test_nothing_said_is_shown_without_a_yes(
    of_someone_who_agreed_to_nothing: dict[str, object], founder: User, sign_in: Callable[[User], Client]
):
    """Whoever holds every role and asks at every address, in every way, reads not a word of it."""
    visitor = Visitor(sign_in(founder), founder)
    told = [
        f"{method} {address.name}: {words}"
        for address in IN_A_STUDY
        for method in METHODS
        for words in SAID[:2]
        if words in visitor.ask(method, address.of(of_someone_who_agreed_to_nothing))[1]
    ]
    assert told == []


@pytest.mark.again
@pytest.mark.parametrize("asked", [True, False], ids=["asked", "not asked"])
def test_the_same_is_shown_with_a_yes_to_whoever_was_asked_whom_they_know(
    asked: bool,
    of_someone_who_agreed_to_nothing: dict[str, object],
    wren_as_participant: Participant,
    founder: User,
    sign_in: Callable[[User], Client],
):
    """So the walk does look where the words would be; and before someone has said whether they know who
    speaks, it finds not a word of the transcript in any page, file or answer to a script."""
    for purpose in ("interview", "quotation_report"):
        StandingConsent.objects.create(
            participant=wren_as_participant, purpose=purpose, since="2026-04-02T12:00Z"
        )
    if not asked:
        Declared.objects.all().delete()
    visitor = Visitor(sign_in(founder), founder)
    told = {
        address.name
        for address in IN_A_STUDY
        for method in METHODS
        for words in SAID[:2]
        if words in visitor.ask(method, address.of(of_someone_who_agreed_to_nothing))[1]
    }
    if asked:
        assert {"interviews:transcript", "analysis:coding", "analysis:theme", "exchange:export"} <= told
    else:
        assert told == set()
