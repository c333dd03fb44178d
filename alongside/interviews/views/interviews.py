from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.accounts.models import Study
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.interviews import actions, queries
from alongside.interviews.forms import ArrangeForm, BookForm
from alongside.interviews.models import Interview
from alongside.interviews.views.common import Request
from alongside.interviews.window import window
from alongside.web.forms import Asking

ROWS_A_PAGE = 50
WORDINGS = ("own", "mirror", "both")


def interviews(request: Request, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_INTERVIEWS)
    held = Paginator(queries.interviews(here, request.user), ROWS_A_PAGE)
    written = Paginator(queries.transcripts(here, request.user), ROWS_A_PAGE)
    context = {
        "study": here,
        "interviews": held.get_page(request.GET.get("interviews")),
        "transcripts": written.get_page(request.GET.get("transcripts")),
        "to_arrange": queries.to_arrange(here, request.user)[:ROWS_A_PAGE],
        "guides": queries.newest_guides(here),
    }
    return render(request, "interviews/interviews.html", context)


def summary(request: Request, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_INTERVIEWS)
    return render(request, "interviews/summary.html", {"counts": queries.counts(here, request.user)})


def todo(request: Request, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_INTERVIEWS)
    context = {
        "study": here,
        "coming": queries.coming(here, request.user),
        "to_arrange": queries.to_arrange(here, request.user).count(),
        "untyped": queries.held_without_transcript(here, request.user),
    }
    return render(request, "interviews/todo.html", context)


def interview(request: Request, study: str, interview: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_INTERVIEWS)
    return _interview_page(request, here, queries.interview_for(here, request.user, interview), Asking())


def _interview_page(request: Request, here: Study, shown: Interview, form: Asking) -> HttpResponse:
    wording = request.GET.get("wording", "")
    context: dict[str, Any] = {
        "study": here,
        "interview": shown,
        "form": form,
        "wording": wording if wording in WORDINGS else WORDINGS[0],
        "window": window(shown),
        "mirror": queries.mirror_of(shown, here, request.user),
        "needs": queries.shared_needs(shown),
        "agreed": queries.agreed(shown.participant) if shown.participant else [],
        "transcript": queries.readable_transcripts(here, request.user).filter(interview=shown).first(),
        "may_keep": queries.may_keep(here, request.user, shown),
    }
    return render(request, "interviews/interview.html", context, status=form.status)


def book_interview(request: Request, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.ARRANGE_INTERVIEWS)
    asked = queries.instance_named(here, request.user, request.GET.get("for", ""))
    initial = {"instance": asked, "participant": asked.participant} if asked else {}
    form = BookForm(request.POST or None, study=here, user=request.user, initial=initial)
    if form.do(actions.book_interview, by=request.user, study=here):
        messages.success(request, _("%(interview)s is booked.") % {"interview": form.made})
        return redirect("interviews:interview", here.slug, form.made.pk)
    context = {"study": here, "form": form}
    return render(request, "interviews/book_interview.html", context, status=form.status)


def arrange_interview(request: Request, study: str, interview: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_INTERVIEWS)
    shown = queries.interview_to_keep(here, request.user, interview)
    form = ArrangeForm(request.POST or None, thing=shown)
    if form.do(actions.arrange_interview, by=request.user, interview=shown):
        messages.success(request, _("The arrangements are kept."))
        form.tell(request)
        return redirect("interviews:interview", here.slug, interview)
    context = {"study": here, "interview": shown, "form": form}
    return render(request, "interviews/arrange_interview.html", context, status=form.status)


@require_POST
def hold_interview(request: Request, study: str, interview: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_INTERVIEWS)
    shown = queries.interview_to_keep(here, request.user, interview)
    form = Asking({})
    if form.do(actions.hold_interview, by=request.user, interview=shown):
        messages.success(request, _("%(interview)s has been held.") % {"interview": shown})
        return redirect("interviews:interview", here.slug, interview)
    return _interview_page(request, here, shown, form)


@require_POST
def cancel_interview(request: Request, study: str, interview: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_INTERVIEWS)
    shown = queries.interview_to_keep(here, request.user, interview)
    form = Asking({})
    if form.do(actions.cancel_interview, by=request.user, interview=shown):
        messages.success(
            request, _("%(interview)s is cancelled. Its time is free again.") % {"interview": shown}
        )
        return redirect("interviews:interview", here.slug, interview)
    return _interview_page(request, here, shown, form)
