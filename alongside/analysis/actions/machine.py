"""Machine help: switched on for a study, asked part by part, and answered by people one by one."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.accounts.models import Study, User
from alongside.analysis.actions.codings import apply_code
from alongside.analysis.asking import host_at
from alongside.analysis.models import Asking, Code, Coding, MachineHelp, Run, Suggestion
from alongside.analysis.prompts import Piece, part_from, prompt, read_answer, storable
from alongside.analysis.queries import codes_to_send, machine_help, may_be_given
from alongside.audit.actions import hold, record
from alongside.interviews.models import Revision, Transcript
from alongside.interviews.queries import current_revision, turns


@transaction.atomic
def switch_machine_help(
    *, by: User, study: Study, is_on: bool, address: str = "", model: str = ""
) -> MachineHelp:
    """Decide whether a machine may help, and which language model may be asked if any."""
    Study.objects.select_for_update(no_key=True).get(pk=study.pk)
    decided = machine_help(study)
    wanted = {"is_on": is_on, "address": address.strip(), "model": model.strip()}
    changed = [name for name, value in wanted.items() if getattr(decided, name) != value]
    for name, value in wanted.items():
        setattr(decided, name, value)
    if is_on and decided.address:
        _check_address(decided)
    decided.changed_by = by
    decided.full_clean()
    decided.save()
    record(by=by, verb="switch_machine_help", on=decided, fields=changed)
    return decided


def _check_address(decided: MachineHelp) -> None:
    try:
        host_at(decided.address)
    except ValidationError as refusal:
        raise ValidationError({"address": refusal.messages}) from refusal
    if not decided.model:
        raise ValidationError({"model": _("Say which model is asked at this address.")})


# Going through a transcript ---------------------------------------------------------------------------


@transaction.atomic
def begin_run(*, by: User, transcript: Transcript) -> Run:
    """Begin to go through a transcript with the model, or go on where it was interrupted."""
    Study.objects.select_for_update(no_key=True).get(pk=transcript.study_id)
    hold(transcript.study_id)
    _check_may(by, transcript)
    revision = current_revision(transcript)
    unfinished = Run.objects.filter(
        transcript=transcript, by=by, state__in=[Run.State.GOING, Run.State.FAILED]
    ).first()
    if unfinished and unfinished.revision_id == revision.pk:
        unfinished.state, unfinished.failed = Run.State.GOING, ""
        unfinished.save(update_fields=["state", "failed"])
        return unfinished
    if unfinished:
        Run.objects.filter(pk=unfinished.pk).update(state=Run.State.STOPPED)
    run = Run.objects.create(study=transcript.study, transcript=transcript, revision=revision, by=by)
    record(by=by, verb="begin_run", on=run)
    return run


@transaction.atomic
def stop_run(*, by: User, run: Run) -> Run:
    """Ask nothing more. What was suggested so far stays."""
    hold(run.study_id)
    run = Run.objects.select_for_update().get(pk=run.pk)
    if run.state in (Run.State.GOING, Run.State.FAILED):
        run.state = Run.State.STOPPED
        run.save(update_fields=["state"])
        record(by=by, verb="stop_run", on=run, fields=["state"])
    return run


@dataclass(frozen=True)
class Part:
    """A question that is on record and about to be sent, with what its answer is read by."""

    asking: Asking
    codes: list[Code]
    pieces: list[Piece]


@transaction.atomic
def take_part(*, by: User, run: Run) -> Part | None:
    """The next question of a run, put on record before it is sent; None where there is nothing to ask.

    Consent, the door and the switch are asked again for each.
    """
    hold(run.study_id)
    run = Run.objects.select_for_update().get(pk=run.pk)
    if run.state != Run.State.GOING:
        return None
    decided = _check_may(by, run.transcript)
    revision = Revision.objects.get(pk=run.revision_id)
    if not revision.is_current:
        raise ValidationError(_("The text has been corrected since. Begin again to ask about it as it is."))
    pieces = part_from(list(turns(revision)), revision.text, run.reached)
    codes = codes_to_send(run.study, by)
    if not codes:
        raise ValidationError(_("There is no code in the codebook to suggest."))
    if not pieces:
        run.state, run.reached = Run.State.DONE, revision.length
        run.save(update_fields=["state", "reached"])
        return None
    asking = Asking.objects.create(
        study=run.study,
        transcript=run.transcript,
        run=run,
        by=by,
        address=decided.address,
        model=decided.model,
        prompt=prompt(codes, pieces),
        start=pieces[0].start,
        end=pieces[-1].end,
    )
    run.reached = asking.end
    run.save(update_fields=["reached"])
    record(by=by, verb="ask_model", on=asking, fields=["prompt"])
    return Part(asking, [each.code for each in codes], pieces)


def _check_may(by: User, transcript: Transcript) -> MachineHelp:
    decided = machine_help(transcript.study)
    if not decided.is_on or not decided.address:
        raise ValidationError(_("Asking a language model isn’t switched on in this study."))
    if not may_be_given(transcript.study, by, transcript):
        raise ValidationError(
            _("Not everyone who speaks here agrees to machine help. Nothing more of it is sent.")
        )
    return decided


@transaction.atomic
def keep_answer(*, part: Part, answer: str) -> int:
    """Keep what the model said, and what of it is a suggestion. How many suggestions."""
    hold(part.asking.study_id)
    asking = Asking.objects.select_for_update().filter(pk=part.asking.pk).first()
    if asking is None or not may_be_given(asking.study, asking.by, asking.transcript):
        # Stopped while the model thought: nothing made of those words is kept.
        return 0
    asking.answer, asking.answered = storable(answer), timezone.now()
    try:
        suggested, asking.dropped = read_answer(answer, len(part.codes), part.pieces)
    except ValidationError as refusal:
        asking.failed = " ".join(refusal.messages)
        suggested = []
    asking.save()
    known = set(Suggestion.objects.filter(asking__run=asking.run_id).values_list("code_id", "start", "end"))
    fresh = [
        Suggestion(
            asking=asking,
            revision_id=asking.run.revision_id,
            code=part.codes[each.code - 1],
            start=each.start,
            end=each.end,
            why=each.why,
        )
        for each in suggested
        if (part.codes[each.code - 1].pk, each.start, each.end) not in known
    ]
    made = Suggestion.objects.bulk_create(fresh)
    if asking.end >= asking.run.revision.length:
        Run.objects.filter(pk=asking.run_id, state=Run.State.GOING).update(state=Run.State.DONE)
    record(by=None, verb="keep_answer", on=asking, fields=["answer"])
    return len(made)


@transaction.atomic
def keep_failure(*, run: Run, sentence: str, asking: Asking | None = None, came: str = "") -> None:
    """A run was interrupted: say why, and ask the same part again when somebody goes on."""
    hold(run.study_id)
    still = Run.objects.select_for_update().filter(pk=run.pk).first()
    if still is None:
        # Erased while the model thought, and everything that was asked with it.
        return
    run = still
    if asking is not None:
        # What came instead of an answer may hold what was sent.
        came = came if may_be_given(run.study, asking.by, run.transcript) else ""
        Asking.objects.filter(pk=asking.pk).update(
            failed=sentence[:300], answer=storable(came), answered=timezone.now()
        )
        run.reached = min(run.reached, asking.start)
    if run.state == Run.State.GOING:
        run.state, run.failed = Run.State.FAILED, sentence[:300]
    run.save(update_fields=["state", "failed", "reached"])
    record(by=None, verb="keep_failure", on=run, fields=["failed"])


# Answering a suggestion -------------------------------------------------------------------------------


@transaction.atomic
def accept_suggestion(*, by: User, suggestion: Suggestion) -> Coding:
    """Make a suggestion one's own coding."""
    coding = apply_code(
        by=by,
        revision=suggestion.revision,
        code=suggestion.code,
        start=suggestion.start,
        end=suggestion.end,
    )
    _answer(by, suggestion, Suggestion.State.ACCEPTED, coding)
    return coding


@transaction.atomic
def decline_suggestion(*, by: User, suggestion: Suggestion) -> None:
    _answer(by, suggestion, Suggestion.State.DECLINED, None)


def _answer(by: User, suggestion: Suggestion, state: str, coding: Coding | None) -> None:
    hold(suggestion.asking.study_id)
    answered = Suggestion.objects.filter(pk=suggestion.pk, state=Suggestion.State.OPEN).update(
        state=state, answered=timezone.now(), answered_by=by, coding=coding
    )
    if not answered:
        raise ValidationError(_("Somebody has answered this suggestion already."))
    study = suggestion.asking.study_id
    record(by=by, verb="answer_suggestion", on=suggestion, study=study, fields=["state"])
