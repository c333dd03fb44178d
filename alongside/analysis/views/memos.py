from typing import cast
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.accounts.models import Study, User
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.analysis import actions, queries
from alongside.analysis.forms import ChangeMemoForm, EntryForm, FindMemosForm, NewMemoForm, SummaryForm
from alongside.analysis.models import MEMO_ABOUT, Coding, Memo
from alongside.interviews.actions import note_reads
from alongside.interviews.guards import asked_first
from alongside.interviews.models import Transcript
from alongside.interviews.queries import transcript_for
from alongside.web.forms import taken

MEMOS_A_PAGE = 40
ENTRIES_A_PAGE = 20


def memos(request: HttpRequest, study: str) -> HttpResponse:
    """Every memo that one may read, and looking among them."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.READ_TRANSCRIPTS)
    form = FindMemosForm(request.GET, study=its_study, user=user)
    asked = form.asked
    rows = Paginator(queries.memos(its_study, user, **asked), MEMOS_A_PAGE).get_page(request.GET.get("page"))
    shown = queries.noted(its_study, rows)
    heard = [each.transcript for each in shown if each.transcript and each.passage]
    note_reads(by=user, study=its_study, transcripts=heard)
    page = {
        "study": its_study,
        "form": form,
        "asked": asked,
        "kept": urlencode(asked),
        "pages": rows,
        "memos": shown,
        "unasked": queries.memos_unasked(its_study, user),
    }
    return render(request, "analysis/memos.html", page)


def journal(request: HttpRequest, study: str) -> HttpResponse:
    """One's own dated entries, and a new one."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.CODE)
    form = EntryForm(request.POST or None)
    if form.do(actions.keep_memo, by=user, study=its_study):
        taken(request)
        messages.success(request, _("Your entry is kept."))
        return redirect("analysis:journal", study)
    rows = Paginator(queries.journal(its_study, user), ENTRIES_A_PAGE).get_page(request.GET.get("page"))
    page = {"study": its_study, "form": form, "pages": rows}
    return render(request, "analysis/journal.html", page, status=form.status)


def add_memo(request: HttpRequest, study: str) -> HttpResponse:
    """A memo on what the address names, as `?code=…`; on nothing named, about the study."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.CODE)
    kind = next((name for name in MEMO_ABOUT if name in request.GET), "")
    thing = queries.thing_for(its_study, user, kind, request.GET[kind]) if kind else None
    if isinstance(thing, Transcript) and (known := queries.memo_of(user, thing)):
        return redirect("analysis:change-memo", study, known.pk)
    form = NewMemoForm(request.POST or None)
    if form.do(actions.keep_memo, by=user, study=its_study, **({kind: thing} if kind else {})):
        taken(request)
        messages.success(request, _("Your memo is kept."))
        return redirect(_among(its_study, kind, thing))
    page = {"study": its_study, "form": form, "kind": kind, "thing": thing}
    if isinstance(thing, Coding):
        note_reads(by=user, study=its_study, transcripts=[thing.revision.transcript])
        page |= {"passage": queries.words_of(thing), "back": _in_text(its_study, thing)}
    return render(request, "analysis/add_memo.html", page, status=form.status)


def change_memo(request: HttpRequest, study: str, memo: UUID) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.CODE)
    changed = queries.own_memo_for(its_study, user, memo)
    [shown] = queries.noted(its_study, [changed])
    form = ChangeMemoForm(request.POST or None, thing=changed)
    if form.do(actions.change_memo, by=user, memo=changed):
        taken(request)
        messages.success(request, _("Your memo is saved."))
        form.tell(request)
        return redirect(_list_of(changed), study)
    page = {"study": its_study, "form": form, "noted": shown}
    return render(request, "analysis/change_memo.html", page, status=form.status)


def delete_memo(request: HttpRequest, study: str, memo: UUID) -> HttpResponse:
    """Ask first, with what goes on the page; then it goes for good."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.CODE)
    gone = queries.own_memo_for(its_study, user, memo)
    if request.method == "POST":
        actions.delete_memo(by=user, memo=gone)
        messages.success(request, _("The memo is deleted."))
        return redirect(_list_of(gone), study)
    [shown] = queries.noted(its_study, [gone])
    return render(request, "analysis/delete_memo.html", {"study": its_study, "noted": shown})


@asked_first
def write_summary(request: HttpRequest, study: str, transcript: UUID) -> HttpResponse:
    """What an interview was about: read by whoever may read it, written by whoever codes."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.READ_TRANSCRIPTS)
    if request.method == "POST":
        its_study = study_for(user, study, to=Permission.CODE)
    read = transcript_for(its_study, user, transcript)
    form = SummaryForm(request.POST or None, thing=read)
    if form.do(actions.write_summary, by=user, transcript=read):
        taken(request)
        messages.success(request, _("The summary is saved."))
        form.tell(request)
        return redirect("analysis:coding", study, transcript)
    page = {
        "study": its_study,
        "transcript": read,
        "form": form,
        "summary": queries.summary_of(read),
        "apart": queries.is_read_apart(read),
    }
    return render(request, "analysis/interview_summary.html", page, status=form.status)


def _among(study: Study, kind: str, thing: Model | None) -> str:
    """The page of all memos, as far as they are about the same thing; of a passage, its place in the text."""
    if isinstance(thing, Coding):
        return _in_text(study, thing)
    page = reverse("analysis:memos", args=[study.slug])
    return f"{page}?{urlencode({'about': f'{kind}.{thing.pk}'})}" if thing else page


def _in_text(study: Study, coding: Coding) -> str:
    page = reverse("analysis:coding", args=[study.slug, coding.revision.transcript_id])
    turn = queries.turns_at([(coding.revision_id, coding.start)]).get((coding.revision_id, coding.start))
    return f"{page}#turn-{turn.number}" if turn else page


def _list_of(memo: Memo) -> str:
    return "analysis:journal" if memo.about == Memo.About.STUDY else "analysis:memos"
