from typing import cast
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.accounts.models import User
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.analysis import actions, queries
from alongside.analysis.forms import MergeForm, SplitForm
from alongside.interviews.actions import note_reads
from alongside.interviews.queries import transcripts_unasked

PASSAGES_A_PAGE = 50


def merge_codes(request: HttpRequest, study: str, code: UUID) -> HttpResponse:
    """First into which code, then what that would do, then it is done."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.EDIT_CODEBOOK)
    merged = queries.code_for(its_study, user, code)
    form = MergeForm(request.POST or request.GET or None, study=its_study, user=user, code=merged)
    into = form.cleaned_data["into"] if form.is_valid() else None
    if into and request.method == "POST" and form.do(actions.merge_codes, by=user, code=merged):
        told = {"one": merged.name, "other": into.name}
        messages.success(request, _("“%(one)s” is part of “%(other)s” now. Undo turns it back.") % told)
        return redirect("analysis:code", study, into.pk)
    look = queries.merge_look(its_study, user, merged, into) if into else None
    if look:
        note_reads(by=user, study=its_study, transcripts=[each.transcript for each in look.example])
    page = {"study": its_study, "code": merged, "form": form, "into": into, "look": look}
    return render(request, "analysis/merge_codes.html", page, status=form.status)


def split_code(request: HttpRequest, study: str, code: UUID) -> HttpResponse:
    """Which of a code's passages go to another code. Only those whose words one may read can be chosen."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.EDIT_CODEBOOK)
    parted = queries.code_for(its_study, user, code)
    words = request.GET.get("words", "").strip()
    pages = Paginator(queries.passages_of(its_study, user, parted, words), PASSAGES_A_PAGE).get_page(
        request.GET.get("page")
    )
    passages = queries.placed(pages)
    coded = queries.standing_codings(its_study, user).filter(code=parted)
    note_reads(by=user, study=its_study, transcripts=[each.transcript for each in passages])
    offered = list(queries.codings_open_to(its_study, user).filter(code=parted).values_list("pk", flat=True))
    form = SplitForm(request.POST or None, study=its_study, user=user, code=parted, offered=offered)
    if form.do(actions.split_code, by=user, code=parted):
        messages.success(request, _("The passages that you chose have another code now. Undo turns it back."))
        return redirect("analysis:code", study, code)
    ticked = set(request.POST.getlist("codings"))
    page = {
        "study": its_study,
        "code": parted,
        "form": form,
        "pages": pages,
        "passages": passages,
        "words": words,
        "kept": urlencode({"words": words}) if words else "",
        "chosen": {pk for pk in offered if str(pk) in ticked},
        "unasked": transcripts_unasked(its_study, user, revisions__codings__in=coded),
    }
    return render(request, "analysis/split_code.html", page, status=form.status)
