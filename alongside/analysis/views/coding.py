from typing import Any, cast
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.accounts.models import User
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.analysis import actions, queries
from alongside.analysis.bench import bench
from alongside.analysis.forms import ApplyForm, CodeTurnForm, MemoForm
from alongside.analysis.models import Coding
from alongside.interviews.actions import open_transcript
from alongside.interviews.queries import current_revision, transcript_for, turn_for


def coding(request: HttpRequest, study: str, transcript: UUID) -> HttpResponse:
    """The workbench: a transcript to read and code."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.READ_TRANSCRIPTS)
    read = transcript_for(its_study, user, transcript)
    open_transcript(by=user, transcript=read)
    memo = queries.memo_of(user, read)
    page = {
        "study": its_study,
        "transcript": read,
        "bench": bench(its_study, user, read),
        "memos": queries.memos_on(read, user),
        "memo_form": MemoForm(initial={"words": memo.words, "private": memo.private} if memo else None),
        "turn_form": CodeTurnForm(study=its_study),
    }
    return render(request, "analysis/coding.html", page)


@require_POST
def apply_code(request: HttpRequest, study: str, transcript: UUID) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.CODE)
    revision = current_revision(transcript_for(its_study, user, transcript))
    form = ApplyForm(request.POST)
    if not form.is_valid():
        return _refused(form.errors.get("__all__") or list(form.errors.values())[0])
    asked = form.cleaned_data
    try:
        if asked["revision"] != revision.number:
            raise ValidationError(
                _("This text has been corrected since you opened it. Please open it again.")
            )
        if asked["code"]:
            code = queries.code_for(its_study, asked["code"])
        else:
            study_for(user, study, to=Permission.EDIT_CODEBOOK)
            code = actions.add_code(by=user, study=its_study, name=asked["name"])
        made = actions.apply_code(
            by=user, revision=revision, code=code, start=asked["start"], end=asked["end"]
        )
    except ValidationError as error:
        return _refused(error.messages)
    return JsonResponse(_told(made), status=201)


@require_POST
def code_turn(request: HttpRequest, study: str, transcript: UUID, turn: int) -> HttpResponse:
    """The way to code without script: a whole turn at a time."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.CODE)
    read = transcript_for(its_study, user, transcript)
    revision = current_revision(read)
    here = turn_for(revision, turn)
    form = CodeTurnForm(request.POST, study=its_study)
    if form.is_valid():
        code = form.cleaned_data["code"]
        actions.apply_code(by=user, revision=revision, code=code, start=here.start, end=here.end)
    return redirect(reverse("analysis:coding", args=[study, transcript]) + f"#turn-{turn}")


@require_POST
def remove_coding(request: HttpRequest, study: str, coding: int) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.CODE)
    try:
        taken = actions.remove_coding(by=user, coding=queries.coding_for(its_study, user, coding))
    except ValidationError as error:
        return _refused(error.messages)
    return _answer(request, taken)


@require_POST
def restore_coding(request: HttpRequest, study: str, coding: int) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.CODE)
    try:
        back = actions.restore_coding(by=user, coding=queries.coding_for(its_study, user, coding))
    except ValidationError as error:
        return _refused(error.messages)
    return _answer(request, back)


@require_POST
def write_memo(request: HttpRequest, study: str, transcript: UUID) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.CODE)
    read = transcript_for(its_study, user, transcript)
    form = MemoForm(request.POST)
    if not form.is_valid():
        return _refused([str(error) for errors in form.errors.values() for error in errors])
    actions.write_memo(by=user, study=its_study, transcript=read, **form.cleaned_data)
    if request.accepts("text/html") and not request.headers.get("X-Workbench"):
        return redirect("analysis:coding", study, transcript)
    return JsonResponse({"saved": True})


def _told(coding: Coding) -> dict[str, Any]:
    code = coding.code
    return {
        "coding": [coding.pk, str(coding.code_id), str(coding.coder_id), coding.start, coding.end],
        "code": {"id": str(code.pk), "name": code.name, "colour": code.colour},
        "removed": coding.removed is not None,
    }


def _refused(sentences: Any) -> JsonResponse:
    return JsonResponse({"error": " ".join(str(sentence) for sentence in sentences)}, status=422)


def _answer(request: HttpRequest, coding: Coding) -> HttpResponse:
    if request.headers.get("X-Workbench"):
        return JsonResponse(_told(coding))
    return redirect("analysis:coding", coding.revision.transcript.study.slug, coding.revision.transcript_id)
