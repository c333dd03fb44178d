"""Going through a transcript with a language model: what is sent, and whose words never are."""

import json
from collections.abc import Callable

from django.test import Client

from alongside.accounts.models import Study, User
from alongside.analysis.actions import (
    add_code,
    apply_code,
    apply_new_code,
    keep_answer,
    keep_failure,
    retire_code,
    switch_machine_help,
    take_part,
)
from alongside.analysis.models import Asking, Code, Coding, MachineHelp, Reading, Run, Suggestion
from alongside.analysis.suggesting import ask_next_part
from alongside.analysis.tests.model_server import Heard, saying
from alongside.analysis.tests.running import ROWAN, at, run_all, suggests
from alongside.audit.models import Entry
from alongside.interviews.models import Transcript
from alongside.people.models import Declared, Person
from conftest import words_at

WREN = ("Carys told her own story", "sitting by the door", "people leaving")


def test_a_transcript_is_gone_through(
    as_hilary: Client,
    hilary: User,
    machine: MachineHelp,
    model: Heard,
    rowan_transcript: Transcript,
    waiting: Code,
):
    """What the model suggests waits in its own list; prompt and answer are kept; the act is on record."""
    model.answering = lambda _prompt: saying(suggests(7, ROWAN))
    run = run_all(as_hilary, rowan_transcript)
    assert run.state == Run.State.DONE
    suggestion, asking = Suggestion.objects.get(), Asking.objects.get()
    revision = suggestion.revision
    assert revision.text[suggestion.start : suggestion.end] == ROWAN
    assert (suggestion.code, suggestion.state, suggestion.why) == (waiting, "open", "Said so.")
    assert asking.prompt == model.prompts[0]
    assert (asking.answer.startswith('{"suggestions"'), asking.by, asking.model) == (True, hilary, "small")
    assert Entry.objects.filter(verb="ask_model", object=str(asking.pk)).count() == 1
    page = as_hilary.get(at(rowan_transcript, "suggestions")).content.decode()
    assert ROWAN in page
    assert "A machine’s suggestion" in page
    assert "It says: Said so." in page


def test_what_is_sent(
    as_hilary: Client,
    hilary: User,
    machine: MachineHelp,
    model: Heard,
    study: Study,
    rowan_transcript: Transcript,
    visitor: Coding,
):
    """The text and the codebook; no name of a speaker, nobody's coding, no code out of use."""
    retire_code(by=hilary, code=add_code(by=hilary, study=study, name="Gone"))
    run_all(as_hilary, rowan_transcript)
    assert len(model.prompts) == 1
    prompt = model.prompts[0]
    assert "1. Asking, then waiting: A gap is left." in prompt
    assert f"Turn 7, answer: {ROWAN} any more." in prompt
    assert "Turn 1, question: Tell me how" in prompt
    assert [name for name in ("Rowan", "Josef", "Hilary", "P01", "Gone") if name in model.all] == []


def test_long_transcripts_go_in_parts(
    small_parts: None,
    as_hilary: Client,
    machine: MachineHelp,
    model: Heard,
    rowan_transcript: Transcript,
    waiting: Code,
):
    """Each word once; the page says how far it has come, and asks by itself."""
    as_hilary.post(at(rowan_transcript, "suggestions", "begin"))
    run = Run.objects.get()
    part = as_hilary.post(at(rowan_transcript, "runs", run.pk, "next"), headers={"HX-Request": "true"})
    run.refresh_from_db()
    assert f"{run.reached} of {run.revision.length} characters sent" in part.content.decode()
    assert 'hx-trigger="load' in part.content.decode()
    run_all(as_hilary, rowan_transcript)
    assert len(model.prompts) > 2
    for words in ("the chair with the arms", "Not so bad.", ROWAN):
        assert sum(words in prompt for prompt in model.prompts) == 1


# Whose words are never sent ---------------------------------------------------------------------------


def test_words_of_people_who_did_not_agree_are_never_sent(
    as_hilary: Client,
    hilary: User,
    machine: MachineHelp,
    model: Heard,
    rowan_transcript: Transcript,
    wren_transcript: Transcript,
    waiting: Code,
    wren: Person,
    stops_machine_help: Callable[[Person], None],
):
    """Asked for through the page, or of a run that is there somehow: the server gets nothing of Wren's."""
    stops_machine_help(wren)
    page = as_hilary.get(at(wren_transcript, "suggestions")).content.decode()
    assert "Not everyone who speaks here agrees to machine help." in page
    as_hilary.post(at(wren_transcript, "suggestions", "begin"))
    assert not Run.objects.exists()
    forced = Run.objects.create(
        study=rowan_transcript.study,
        transcript=wren_transcript,
        revision=wren_transcript.revisions.get(),
        by=hilary,
    )
    as_hilary.post(at(wren_transcript, "runs", forced.pk, "next"))
    assert model.bodies == []
    forced.refresh_from_db()
    assert (forced.state, forced.reached) == (Run.State.FAILED, 0)
    assert "agrees to machine help" in forced.failed
    forced.delete()
    run_all(as_hilary, rowan_transcript)
    assert len(model.bodies) == 1
    assert [words for words in WREN if words in model.all] == []


def test_stopping_holds_between_two_parts(
    small_parts: None,
    as_hilary: Client,
    machine: MachineHelp,
    model: Heard,
    rowan: Person,
    rowan_transcript: Transcript,
    waiting: Code,
    stops_machine_help: Callable[[Person], None],
):
    """After the first part Rowan stops it: not another word is sent, and the page says so."""
    as_hilary.post(at(rowan_transcript, "suggestions", "begin"))
    run = Run.objects.get()
    as_hilary.post(at(rowan_transcript, "runs", run.pk, "next"))
    assert len(model.bodies) == 1
    stops_machine_help(rowan)
    for _more in range(3):
        as_hilary.post(at(rowan_transcript, "runs", run.pk, "next"))
        as_hilary.post(at(rowan_transcript, "suggestions", "begin"))
    assert len(model.bodies) == 1
    assert ROWAN not in model.all
    page = as_hilary.get(at(rowan_transcript, "suggestions")).content.decode()
    assert "nothing of this transcript is given to a machine" in page
    assert "Ask the model" not in page


def test_what_comes_after_the_stop_is_not_kept(
    as_hilary: Client,
    machine: MachineHelp,
    model: Heard,
    rowan: Person,
    rowan_transcript: Transcript,
    waiting: Code,
    stops_machine_help: Callable[[Person], None],
):
    """Stopped while the model thinks: its answer makes no suggestion and isn't kept."""
    as_hilary.post(at(rowan_transcript, "suggestions", "begin"))
    run = Run.objects.get()
    part = take_part(by=run.by, run=run)
    assert part is not None
    stops_machine_help(rowan)
    assert keep_answer(part=part, answer=json.dumps(suggests(7, ROWAN))) == 0
    keep_failure(run=run, asking=part.asking, sentence="It broke off.", came=ROWAN)
    assert not Suggestion.objects.exists()
    assert ROWAN not in "".join(Asking.objects.values_list("answer", flat=True))


def test_a_code_made_of_what_someone_said_stays_here(
    as_hilary: Client,
    hilary: User,
    machine: MachineHelp,
    model: Heard,
    rowan_transcript: Transcript,
    wren_transcript: Transcript,
    waiting: Code,
    wren: Person,
    study: Study,
    stops_machine_help: Callable[[Person], None],
):
    """The name of such a code is that person's words. Those below it go by its name, so they stay, too."""
    revision, start, end = words_at(wren_transcript, "sitting by the door")
    said = apply_new_code(by=hilary, revision=revision, name="Sitting by the door", start=start, end=end).code
    add_code(by=hilary, study=study, name="Near", parent=said)
    own, start, end = words_at(rowan_transcript, "Nobody decided that")
    apply_new_code(by=hilary, revision=own, name="Nobody decided that", start=start, end=end)
    stops_machine_help(wren)
    run_all(as_hilary, rowan_transcript)
    assert "Nobody decided that" in model.all
    assert "by the door" not in model.all.lower()
    assert "Near" not in model.all


def test_a_short_name_made_of_what_someone_said_stays_here(
    as_hilary: Client,
    hilary: User,
    machine: MachineHelp,
    model: Heard,
    rowan_transcript: Transcript,
    wren_transcript: Transcript,
    waiting: Code,
    wren: Person,
    stops_machine_help: Callable[[Person], None],
):
    """Two words can be a name. That they were made a code in that very text is known, few as they are."""
    revision, start, end = words_at(wren_transcript, "people leaving")
    apply_new_code(by=hilary, revision=revision, name="People  leaving", start=start, end=end)
    apply_new_code(by=hilary, revision=revision, name="Our own word", start=start, end=end)
    stops_machine_help(wren)
    run_all(as_hilary, rowan_transcript)
    assert "Our own word" in model.all
    assert "leaving" not in model.all.lower()


def test_an_answer_of_broken_characters_is_kept_without_them(
    as_hilary: Client, machine: MachineHelp, model: Heard, rowan_transcript: Transcript, waiting: Code
):
    """Null characters and halves of characters, which JSON can tell of and no database keeps."""
    broken = json.dumps(suggests(7, ROWAN, why="Because \x00\ud800."))
    model.answering = lambda _prompt: saying(broken + "\ud800")
    run_all(as_hilary, rowan_transcript)
    assert "\x00" not in "".join(Asking.objects.values_list("answer", flat=True))
    model.answering = lambda _prompt: saying(broken)
    Run.objects.all().delete()
    run_all(as_hilary, rowan_transcript)
    assert Suggestion.objects.get().why == "Because ?."


def test_a_meaning_that_quotes_someone_stays_here(
    as_hilary: Client,
    hilary: User,
    machine: MachineHelp,
    model: Heard,
    rowan_transcript: Transcript,
    wren_transcript: Transcript,
    wren: Person,
    study: Study,
    stops_machine_help: Callable[[Person], None],
):
    """The code goes by its name alone; examples never go, whoever said them."""
    quoted = "As in: “I stopped sitting by the door 🚪 after that.”"
    add_code(by=hilary, study=study, name="Doors", definition=quoted, example="And people leaving")
    add_code(by=hilary, study=study, name="Gaps", definition="A gap is left open.", plain="A gap.\nLeft.")
    stops_machine_help(wren)
    run_all(as_hilary, rowan_transcript)
    assert "1. Doors\n2. Gaps: A gap. Left.\n" in model.prompts[0]
    assert [words for words in ("stopped sitting", "people leaving") if words in model.all] == []


def test_nothing_closed_to_the_reader_is_sent(
    as_priya: Client, machine: MachineHelp, model: Heard, wren_transcript: Transcript, waiting: Code
):
    """Priya works with Wren: to her there is no transcript to ask about."""
    assert as_priya.get(at(wren_transcript, "suggestions")).status_code == 404
    assert as_priya.post(at(wren_transcript, "suggestions", "begin")).status_code == 404
    forced = Run.objects.create(
        study=wren_transcript.study,
        transcript=wren_transcript,
        revision=wren_transcript.revisions.get(),
        by=User.objects.get(email="priya@example.org"),
    )
    assert as_priya.post(at(wren_transcript, "runs", forced.pk, "next")).status_code == 404
    ask_next_part(forced.by, forced)
    assert model.bodies == []


def test_nothing_is_sent_before_one_said_whom_one_knows(
    as_hilary: Client,
    hilary: User,
    machine: MachineHelp,
    model: Heard,
    rowan_transcript: Transcript,
    waiting: Code,
):
    """The question comes first, here as on the workbench."""
    Declared.objects.filter(user=hilary).delete()
    answer = as_hilary.get(at(rowan_transcript, "suggestions"))
    assert (answer.status_code, "declare" in answer["Location"] or "know" in answer["Location"]) == (
        302,
        True,
    )
    assert as_hilary.post(at(rowan_transcript, "suggestions", "begin")).status_code == 404
    assert model.bodies == []


def test_read_apart_nothing_of_others_is_sent_or_shown(
    as_hilary: Client,
    as_dot: Client,
    hilary: User,
    dot: User,
    machine: MachineHelp,
    model: Heard,
    rowan_transcript: Transcript,
    waiting: Code,
):
    """What Dot coded isn't in the question, and what was suggested to her isn't on Hilary's page."""
    revision, start, end = words_at(rowan_transcript, "not so bad 🙂")
    apply_code(by=dot, revision=revision, code=waiting, start=start, end=end)
    for reader in (hilary, dot):
        Reading.objects.create(transcript=rowan_transcript, reader=reader, mode=Reading.Mode.APART)
    model.answering = lambda _prompt: saying(suggests(7, ROWAN, why="As Dot was told"))
    run = run_all(as_dot, rowan_transcript)
    assert "Dot" not in model.all
    for page in ("suggestions", "askings"):
        assert "As Dot was told" in as_dot.get(at(rowan_transcript, page)).content.decode()
        assert "As Dot was told" not in as_hilary.get(at(rowan_transcript, page)).content.decode()
    theirs = Suggestion.objects.get()
    assert as_hilary.post(at(rowan_transcript, "suggestions", theirs.pk, "accept")).status_code == 404
    assert as_hilary.post(at(rowan_transcript, "runs", run.pk, "stop")).status_code == 404
    Reading.objects.update(finished="2026-11-23T12:00Z")
    assert "As Dot was told" in as_hilary.get(at(rowan_transcript, "suggestions")).content.decode()


def test_switched_off_in_between(
    small_parts: None,
    as_hilary: Client,
    hannah: User,
    study: Study,
    machine: MachineHelp,
    model: Heard,
    rowan_transcript: Transcript,
    waiting: Code,
):
    """From that moment there is nothing here, and nothing is sent."""
    as_hilary.post(at(rowan_transcript, "suggestions", "begin"))
    run = Run.objects.get()
    as_hilary.post(at(rowan_transcript, "runs", run.pk, "next"))
    switch_machine_help(by=hannah, study=study, is_on=False, address=model.address, model="small")
    assert as_hilary.post(at(rowan_transcript, "runs", run.pk, "next")).status_code == 404
    ask_next_part(run.by, run)
    assert len(model.bodies) == 1
