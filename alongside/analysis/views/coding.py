import re
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.accounts.models import User
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.analysis import actions, queries
from alongside.analysis.bench import bench
from alongside.analysis.forms import CodeTurnForm, MemoForm
from alongside.analysis.looks import looks
from alongside.analysis.views.acts import at_turn
from alongside.interviews.actions import open_transcript
from alongside.interviews.guards import asked_first
from alongside.interviews.queries import current_revision, speaking_in, transcript_for, turn_for
from alongside.web.forms import taken

TURN = re.compile("[0-9]{1,9}")


@asked_first
def coding(request: HttpRequest, study: str, transcript: UUID) -> HttpResponse:
    """The workbench: a transcript to read and code."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.READ_TRANSCRIPTS)
    read = transcript_for(its_study, user, transcript)
    revision = open_transcript(by=user, transcript=read)
    asked = request.GET.get("turn", "")
    opened = bench(its_study, user, revision, open_turn=int(asked) if TURN.fullmatch(asked) else None)
    page = {
        "study": its_study,
        "transcript": read,
        "bench": opened,
        "my_reading": queries.reading_of(read, user),
        "summary": queries.summary_of(read),
        "others": queries.memos_on(read, user).exclude(author=user),
        "memo_form": MemoForm(thing=read, author=user),
        "tied": bool(speaking_in(read)),
        "machine": queries.machine_help(its_study),
        "turn_form": CodeTurnForm(study=its_study, user=user) if opened.open_turn else None,
        **looks(request.GET, its_study, user, revision),
    }
    return render(request, "analysis/coding.html", page)


@require_POST
def code_turn(request: HttpRequest, study: str, transcript: UUID, turn: int) -> HttpResponse:
    """The way to code without script: a whole turn at a time."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.CODE)
    read = transcript_for(its_study, user, transcript)
    revision = current_revision(read)
    here = turn_for(revision, turn)
    form = CodeTurnForm(request.POST, study=its_study, user=user)
    try:
        if not form.is_valid():
            raise ValidationError(form.errors["code"].as_data())
        code = form.cleaned_data["code"]
        actions.apply_code(by=user, revision=revision, code=code, start=here.start, end=here.end)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(at_turn(its_study, read.pk, turn))


@asked_first
def write_memo(request: HttpRequest, study: str, transcript: UUID) -> HttpResponse:
    """One's memo on a transcript: written beside the text, or on a page of its own without script."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.CODE)
    read = transcript_for(its_study, user, transcript)
    form = MemoForm(request.POST or None, thing=read, author=user)
    done = form.do(actions.write_memo, by=user, study=its_study, transcript=read)
    if request.method == "POST" and request.headers.get("X-Workbench"):
        return _memo_told(form, done)
    if done:
        taken(request)
        messages.success(request, _("Your memo is saved."))
        form.tell(request)
        return redirect("analysis:coding", study, transcript)
    page = {"study": its_study, "transcript": read, "form": form}
    return render(request, "analysis/write_memo.html", page, status=form.status)


def _memo_told(form: MemoForm, done: bool) -> JsonResponse:
    if done:
        return JsonResponse({"saved": time_format(timezone.localtime()), **form.told()})
    if form.clashes:
        return JsonResponse(form.told(), status=form.status)
    refused = " ".join(str(error) for errors in form.errors.values() for error in errors)
    return JsonResponse({"error": refused}, status=form.status)
