from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.accounts.models import User
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.analysis import actions, queries
from alongside.analysis.forms import ChangeCodeForm, CodeForm
from alongside.interviews.actions import note_reads
from alongside.interviews.queries import transcripts_unasked

PASSAGES_A_PAGE = 50


def codebook(request: HttpRequest, study: str) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.READ_TRANSCRIPTS)
    branches = queries.flat(queries.tree(its_study, user))
    page = {"study": its_study, "branches": branches, "codebook": queries.codebook(its_study)}
    return render(request, "analysis/codebook.html", page)


def code(request: HttpRequest, study: str, code: UUID) -> HttpResponse:
    """A code's meaning and its passages, a page at a time."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.READ_TRANSCRIPTS)
    shown = queries.code_for(its_study, code)
    pages = Paginator(queries.passages_of(its_study, user, shown), PASSAGES_A_PAGE)
    rows = pages.get_page(request.GET.get("page"))
    passages = queries.placed(rows)
    note_reads(by=user, study=its_study, transcripts=[each.transcript for each in passages])
    page = {
        "study": its_study,
        "code": shown,
        "path": queries.code_paths(its_study)[shown.pk],
        "pages": rows,
        "passages": passages,
        "themes": shown.themes.all(),
        "unasked": transcripts_unasked(its_study, user, revisions__codings__code=shown),
    }
    return render(request, "analysis/code.html", page)


def add_code(request: HttpRequest, study: str) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.EDIT_CODEBOOK)
    form = CodeForm(request.POST or None, study=its_study)
    if form.is_valid():
        try:
            made = actions.add_code(by=user, study=its_study, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("“%(name)s” is in the codebook.") % {"name": made.name})
            return redirect("analysis:codebook", study)
    page = {"study": its_study, "form": form}
    return render(request, "analysis/add_code.html", page, status=422 if form.errors else 200)


def change_code(request: HttpRequest, study: str, code: UUID) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.EDIT_CODEBOOK)
    changed = queries.code_for(its_study, code)
    form = ChangeCodeForm(request.POST or None, thing=changed, study=its_study)
    if form.do(actions.change_code, by=user, code=changed):
        messages.success(request, _("Saved. What is coded with it stays as it was."))
        form.tell(request)
        return redirect("analysis:code", study, code)
    page = {"study": its_study, "form": form, "code": changed}
    return render(request, "analysis/change_code.html", page, status=form.status)


@require_POST
def retire_code(request: HttpRequest, study: str, code: UUID) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.EDIT_CODEBOOK)
    actions.retire_code(by=user, code=queries.code_for(its_study, code))
    return redirect("analysis:code", study, code)
