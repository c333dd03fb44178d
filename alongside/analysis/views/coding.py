import re
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.accounts.models import Study, User
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.analysis import actions, queries
from alongside.analysis.bench import bench
from alongside.analysis.forms import ApplyForm, CodeTurnForm, MemoForm
from alongside.analysis.models import Coding
from alongside.interviews.actions import open_transcript
from alongside.interviews.guards import asked_first
from alongside.interviews.models import Revision
from alongside.interviews.queries import current_revision, speaking_in, transcript_for, turn_for

TURN = re.compile("[0-9]{1,9}")


@asked_first
def coding(request: HttpRequest, study: str, transcript: UUID) -> HttpResponse:
    """The workbench: a transcript to read and code."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.READ_TRANSCRIPTS)
    read = transcript_for(its_study, user, transcript)
    revision = open_transcript(by=user, transcript=read)
    memo = queries.memo_of(user, read)
    asked = request.GET.get("turn", "")
    opened = bench(its_study, user, revision, open_turn=int(asked) if TURN.fullmatch(asked) else None)
    page = {
        "study": its_study,
        "transcript": read,
        "bench": opened,
        "others": queries.memos_on(read, user).exclude(author=user),
        "memo_form": MemoForm(initial={"words": memo.words, "private": memo.private} if memo else None),
        "tied": bool(speaking_in(read)),
        "turn_form": CodeTurnForm(study=its_study) if opened.open_turn else None,
    }
    return render(request, "analysis/coding.html", page)


@require_POST
def apply_code(request: HttpRequest, study: str, transcript: UUID) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.CODE)
    revision = current_revision(transcript_for(its_study, user, transcript))
    form = ApplyForm(request.POST)
    if not form.is_valid():
        return _refused([error for errors in form.errors.values() for error in errors])
    try:
        made = _apply(user, its_study, revision, **form.cleaned_data)
    except ValidationError as error:
        return _refused(error.messages)
    return JsonResponse(_told(made), status=201)


def _apply(user: User, study: Study, current: Revision, *, revision: int, **asked: Any) -> Coding:
    if revision != current.number:
        raise ValidationError(_("This text has been corrected since you opened it. Please open it again."))
    span = {"start": asked["start"], "end": asked["end"]}
    if asked["code"]:
        code = queries.code_for(study, asked["code"])
        return actions.apply_code(by=user, revision=current, code=code, **span)
    study_for(user, study.slug, to=Permission.EDIT_CODEBOOK)
    return actions.apply_new_code(by=user, revision=current, name=asked["name"], **span)


@require_POST
def code_turn(request: HttpRequest, study: str, transcript: UUID, turn: int) -> HttpResponse:
    """The way to code without script: a whole turn at a time."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.CODE)
    read = transcript_for(its_study, user, transcript)
    revision = current_revision(read)
    here = turn_for(revision, turn)
    form = CodeTurnForm(request.POST, study=its_study)
    try:
        if not form.is_valid():
            raise ValidationError(form.errors["code"].as_data())
        code = form.cleaned_data["code"]
        actions.apply_code(by=user, revision=revision, code=code, start=here.start, end=here.end)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(_at_turn(its_study, read.pk, turn))


@require_POST
def remove_coding(request: HttpRequest, study: str, coding: int) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.CODE)
    asked = queries.coding_for(its_study, user, coding)
    try:
        actions.remove_coding(by=user, coding=asked)
    except ValidationError as error:
        return _answer(request, its_study, asked, error)
    return _answer(request, its_study, asked)


@require_POST
def restore_coding(request: HttpRequest, study: str, coding: int) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.CODE)
    asked = queries.coding_for(its_study, user, coding)
    try:
        back = actions.restore_coding(by=user, coding=asked)
    except ValidationError as error:
        return _answer(request, its_study, asked, error)
    return _answer(request, its_study, back)


@require_POST
def write_memo(request: HttpRequest, study: str, transcript: UUID) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.CODE)
    read = transcript_for(its_study, user, transcript)
    form = MemoForm(request.POST)
    if not form.is_valid():
        return _refused([error for errors in form.errors.values() for error in errors])
    actions.write_memo(by=user, study=its_study, transcript=read, **form.cleaned_data)
    if request.headers.get("X-Workbench"):
        return JsonResponse({"saved": time_format(timezone.localtime())})
    messages.success(request, _("Your memo is saved."))
    return redirect("analysis:coding", study, transcript)


def _told(coding: Coding) -> dict[str, Any]:
    code = coding.code
    return {
        "coding": [coding.pk, str(coding.code_id), str(coding.coder_id), coding.start, coding.end],
        "code": {"id": str(code.pk), "name": code.name, "colour": code.colour},
        "removed": coding.removed is not None,
    }


def _refused(sentences: list[Any]) -> JsonResponse:
    return JsonResponse({"error": " ".join(str(sentence) for sentence in sentences)}, status=422)


def _answer(
    request: HttpRequest, study: Study, coding: Coding, refusal: ValidationError | None = None
) -> HttpResponse:
    """For the script, JSON; for a form, the turn again, with a sentence where it was refused."""
    if request.headers.get("X-Workbench"):
        return _refused(refusal.messages) if refusal else JsonResponse(_told(coding))
    if refusal:
        messages.error(request, " ".join(refusal.messages))
    place = (coding.revision_id, coding.start)
    turn = queries.turns_at([place])[place]
    return redirect(_at_turn(study, coding.revision.transcript_id, turn.number))


def _at_turn(study: Study, transcript: UUID, turn: int) -> str:
    page = reverse("analysis:coding", args=[study.slug, transcript])
    return f"{page}?turn={turn}#turn-{turn}"
