from collections.abc import Callable
from typing import cast
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from alongside.accounts.models import Study, User
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.analysis import actions, queries
from alongside.analysis.forms import ChangeCodeForm, CodeForm, MoveForm, PutForm
from alongside.analysis.models import Act
from alongside.interviews.actions import note_reads
from alongside.interviews.queries import transcripts_unasked
from alongside.web.forms import taken

PASSAGES_A_PAGE = 50


def codebook(request: HttpRequest, study: str) -> HttpResponse:
    """Every code under its parent, with what can be done to it."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.READ_TRANSCRIPTS)
    return _book(request, its_study, user)


def _book(
    request: HttpRequest, its_study: Study, user: User, refused: str = "", told: str = ""
) -> HttpResponse:
    order = request.GET.get("order", "own")
    order = order if order in queries.ORDERS else "own"
    shown = queries.book(its_study, user, order, request.GET.get("name", ""))
    coders, uses = queries.uses(its_study, user, shown.all)
    page = {
        "study": its_study,
        "book": shown,
        "order": order,
        "name": request.GET.get("name", ""),
        "coders": coders,
        "uses": uses,
        "turns": queries.turns_of_book(its_study, user),
        "refused": refused,
        "told": told,
    }
    part = "#book" if request.headers.get("X-Codebook") else ""
    return render(request, f"analysis/codebook.html{part}", page, status=422 if refused else 200)


def code(request: HttpRequest, study: str, code: UUID) -> HttpResponse:
    """A code's meaning and its passages, a page at a time."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.READ_TRANSCRIPTS)
    shown = queries.code_for(its_study, user, code)
    passages = queries.with_memos(queries.passages_of(its_study, user, shown), user)
    pages = Paginator(passages, PASSAGES_A_PAGE)
    rows = pages.get_page(request.GET.get("page"))
    placed = queries.placed(rows)
    note_reads(by=user, study=its_study, transcripts=[each.transcript for each in placed])
    coded = queries.standing_codings(its_study, user).filter(code=shown)
    page = {
        "study": its_study,
        "code": shown,
        "path": queries.code_paths(its_study)[shown.pk],
        "pages": rows,
        "passages": placed,
        "themes": shown.themes.all(),
        "machine": queries.machine_help(its_study),
        "merged_in": queries.merged_in(its_study, user, shown),
        "example": queries.open_words(its_study, user, shown.example),
        "memos": queries.memos_about(its_study, user, shown),
        "unasked": transcripts_unasked(its_study, user, revisions__codings__in=coded),
    }
    return render(request, "analysis/code.html", page)


def add_code(request: HttpRequest, study: str) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.EDIT_CODEBOOK)
    first = {"parent": request.GET.get("under")}
    form = CodeForm(request.POST or None, study=its_study, user=user, initial=first)
    if form.do(actions.add_code, by=user, study=its_study):
        taken(request)
        messages.success(request, _("“%(name)s” is in the codebook.") % form.cleaned_data)
        return redirect("analysis:codebook", study)
    page = {"study": its_study, "form": form}
    return render(request, "analysis/add_code.html", page, status=form.status)


def change_code(request: HttpRequest, study: str, code: UUID) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.EDIT_CODEBOOK)
    changed = queries.code_for(its_study, user, code)
    form = ChangeCodeForm(request.POST or None, thing=changed, study=its_study, user=user)
    if form.do(actions.change_code, by=user, code=changed):
        taken(request)
        messages.success(request, _("Saved. What is coded with it stays as it was."))
        form.tell(request)
        return redirect("analysis:code", study, code)
    page = {"study": its_study, "form": form, "code": changed}
    return render(request, "analysis/change_code.html", page, status=form.status)


@require_POST
def move_code(request: HttpRequest, study: str, code: UUID) -> HttpResponse:
    """One step, or wherever it was dropped. A page that asks by script gets the new tree."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.EDIT_CODEBOOK)
    moved = queries.code_for(its_study, user, code)
    form = MoveForm(request.POST, study=its_study, user=user, code=moved)
    form.do(actions.move_code, by=user, code=moved)
    refused = " ".join(str(error) for errors in form.errors.values() for error in errors)
    return _turned(request, its_study, user, refused, at=moved.pk)


def put_code(request: HttpRequest, study: str, code: UUID) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.EDIT_CODEBOOK)
    moved = queries.code_for(its_study, user, code)
    form = PutForm(request.POST or None, study=its_study, user=user, code=moved)
    if form.do(actions.move_code, by=user, code=moved):
        messages.success(request, _("“%(name)s” stands in its new place.") % {"name": moved.name})
        return redirect(_at(its_study, moved.pk))
    page = {"study": its_study, "form": form, "code": moved}
    return render(request, "analysis/put_code.html", page, status=form.status)


@require_POST
def retire_code(request: HttpRequest, study: str, code: UUID) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.EDIT_CODEBOOK)
    actions.retire_code(by=user, code=queries.code_for(its_study, user, code))
    return redirect("analysis:code", study, code)


@require_POST
def bring_back_code(request: HttpRequest, study: str, code: UUID) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.EDIT_CODEBOOK)
    actions.bring_back_code(by=user, code=queries.code_for(its_study, user, code))
    return redirect("analysis:code", study, code)


@require_POST
def undo_in_codebook(request: HttpRequest, study: str) -> HttpResponse:
    """Turn back what one did last to the codebook."""
    return _turn(request, study, actions.undo)


@require_POST
def redo_in_codebook(request: HttpRequest, study: str) -> HttpResponse:
    """Do again what one undid last in the codebook."""
    return _turn(request, study, actions.redo)


def _turn(request: HttpRequest, study: str, turns: Callable[..., Act]) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.EDIT_CODEBOOK)
    try:
        act = turns(by=user, study=its_study, transcript=None)
    except ValidationError as refusal:
        return _turned(request, its_study, user, refused=" ".join(refusal.messages))
    left = queries.codings_left(its_study, user, act)
    told = ngettext(
        "%(count)s passage stays as it is: its coder has changed it since.",
        "%(count)s passages stay as they are: their coders have changed them since.",
        left,
    )
    return _turned(request, its_study, user, told=told % {"count": left} if left else "")


def _turned(
    request: HttpRequest,
    its_study: Study,
    user: User,
    refused: str = "",
    told: str = "",
    at: UUID | None = None,
) -> HttpResponse:
    if request.headers.get("X-Codebook"):
        return _book(request, its_study, user, refused, told)
    if refused or told:
        messages.add_message(request, messages.ERROR if refused else messages.INFO, refused or told)
    return redirect(_at(its_study, at, order=request.GET.get("order", ""), name=request.GET.get("name", "")))


def _at(its_study: Study, code: UUID | None, **asked: str) -> str:
    """The codebook where a code stands in it, in the order and with the filter that were asked for."""
    query = urlencode({key: value for key, value in asked.items() if value})
    page = reverse("analysis:codebook", args=[its_study.slug])
    return f"{page}{'?' if query else ''}{query}{f'#code-{code}' if code else ''}"
