"""What the workbench does. To its script the answer is what changed since the script last heard; a form is
led back to its turn."""

from collections.abc import Callable
from functools import partial
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from alongside.accounts.models import Study, User
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.analysis import actions, queries
from alongside.analysis.forms import (
    ActForm,
    ApplyForm,
    CopyForm,
    LinkForm,
    RecodeForm,
    SpanForm,
    TurnForm,
    UnlinkForm,
    WeighForm,
)
from alongside.analysis.models import Act, Coding, Link
from alongside.analysis.telling import told
from alongside.interviews.models import Revision
from alongside.interviews.queries import current_revision, transcript_for

Does = Callable[..., Coding | Link | Act]


@require_GET
def changes(request: HttpRequest, study: str, transcript: UUID) -> JsonResponse:
    """What changed since the page last asked, and who else is here."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.READ_TRANSCRIPTS)
    read = transcript_for(its_study, user, transcript)
    heard = told(its_study, user, current_revision(read), ActForm(request.GET).heard)
    return JsonResponse({**heard, "me": str(user.pk)})


@require_POST
def apply_code(request: HttpRequest, study: str, transcript: UUID) -> HttpResponse:
    user, its_study, revision = _text(request, study, transcript)
    form = ApplyForm(request.POST, current=revision, by=user)
    if form.names_code:
        study_for(user, study, to=Permission.EDIT_CODEBOOK)
    action = actions.apply_new_code if form.names_code else actions.apply_code
    return _answer(request, its_study, revision, form, partial(action, by=user, revision=revision))


@require_POST
def remove_coding(request: HttpRequest, study: str, coding: int) -> HttpResponse:
    user, its_study, asked = _coding(request, study, coding)
    action = partial(actions.remove_coding, by=user, coding=asked)
    return _answer(request, its_study, asked.revision, ActForm(request.POST), action, at=asked.start)


@require_POST
def resize_coding(request: HttpRequest, study: str, coding: int) -> HttpResponse:
    user, its_study, asked = _coding(request, study, coding)
    form = SpanForm(request.POST, current=asked.revision)
    action = partial(actions.resize_coding, by=user, coding=asked)
    return _answer(request, its_study, asked.revision, form, action, at=asked.start)


@require_POST
def recode(request: HttpRequest, study: str, coding: int) -> HttpResponse:
    """Move a coding to another code."""
    user, its_study, asked = _coding(request, study, coding)
    form = RecodeForm(request.POST, study=its_study)
    action = partial(actions.recode, by=user, coding=asked)
    return _answer(request, its_study, asked.revision, form, action, at=asked.start)


@require_POST
def copy_coding(request: HttpRequest, study: str, coding: int) -> HttpResponse:
    """Put another code on the same words."""
    user, its_study, asked = _coding(request, study, coding)
    transcript = asked.revision.transcript
    form = CopyForm(request.POST, study=its_study, by=user, transcript=transcript)
    action = partial(actions.copy_coding, by=user, coding=asked)
    return _answer(request, its_study, asked.revision, form, action, at=asked.start)


@require_POST
def weigh_coding(request: HttpRequest, study: str, coding: int) -> HttpResponse:
    user, its_study, asked = _coding(request, study, coding)
    action = partial(actions.weigh_coding, by=user, coding=asked)
    return _answer(request, its_study, asked.revision, WeighForm(request.POST), action, at=asked.start)


@require_POST
def link_codings(request: HttpRequest, study: str, coding: int) -> HttpResponse:
    user, its_study, asked = _coding(request, study, coding)
    form = LinkForm(request.POST, codings=queries.codings_open_to(its_study, user))
    action = partial(actions.link_codings, by=user, one=asked)
    return _answer(request, its_study, asked.revision, form, action, at=asked.start)


@require_POST
def unlink_codings(request: HttpRequest, study: str, link: int) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.CODE)
    asked = queries.link_for(its_study, user, link)
    form = UnlinkForm(request.POST)
    end = form.end_of(asked)
    action = partial(actions.unlink_codings, by=user, link=asked, end=end)
    return _answer(request, its_study, end.revision, form, action, at=end.start)


@require_POST
def undo(request: HttpRequest, study: str, transcript: UUID) -> HttpResponse:
    user, its_study, revision = _text(request, study, transcript)
    action = partial(actions.undo, by=user, study=its_study, transcript=revision.transcript)
    return _answer(request, its_study, revision, TurnForm(request.POST), action)


@require_POST
def redo(request: HttpRequest, study: str, transcript: UUID) -> HttpResponse:
    user, its_study, revision = _text(request, study, transcript)
    action = partial(actions.redo, by=user, study=its_study, transcript=revision.transcript)
    return _answer(request, its_study, revision, TurnForm(request.POST), action)


# What they share --------------------------------------------------------------------------------------


def _text(request: HttpRequest, study: str, transcript: UUID) -> tuple[User, Study, Revision]:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.CODE)
    return user, its_study, current_revision(transcript_for(its_study, user, transcript))


def _coding(request: HttpRequest, study: str, coding: int) -> tuple[User, Study, Coding]:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.CODE)
    return user, its_study, queries.coding_for(its_study, user, coding)


def _answer(
    request: HttpRequest, study: Study, revision: Revision, form: ActForm, does: Does, at: int | None = None
) -> HttpResponse:
    """Do it, and tell: the script what changed, a form by leading it back to the turn at `at`."""
    asked_again: list[int] = []
    try:
        if not form.is_valid():
            raise ValidationError([error for errors in form.errors.values() for error in errors])
        did = does(**form.asked)
    except actions.DoneBefore as before:
        did, asked_again = before.act, queries.codings_of(before.act)
    except ValidationError as refusal:
        if request.headers.get("X-Workbench"):
            return JsonResponse({"error": " ".join(refusal.messages)}, status=422)
        messages.error(request, " ".join(refusal.messages))
        return redirect(_page(study, revision, at))
    if not request.headers.get("X-Workbench"):
        return redirect(_page(study, revision, at))
    user = cast(User, request.user)
    made = queries.codings_of(did) if isinstance(did, Act) else [did.pk]
    changed = told(study, user, revision, form.heard, also=asked_again)
    is_act = queries.is_act(user, form.cleaned_data["key"])
    return JsonResponse({**changed, "made": made, "isAct": is_act})


def _page(study: Study, revision: Revision, at: int | None) -> str:
    page = reverse("analysis:coding", args=[study.slug, revision.transcript_id])
    turn = queries.turns_at([(revision.pk, at)]).get((revision.pk, at)) if at is not None else None
    return at_turn(study, revision.transcript_id, turn.number) if turn else page


def at_turn(study: Study, transcript: UUID, turn: int) -> str:
    """The workbench at one turn, with its form open for whoever has no script."""
    page = reverse("analysis:coding", args=[study.slug, transcript])
    return f"{page}?turn={turn}#turn-{turn}"
