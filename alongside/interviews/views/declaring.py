from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from alongside.accounts.models import Study
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.interviews import queries
from alongside.interviews.forms import DeclareForm
from alongside.interviews.views.common import Request
from alongside.people.actions import declare as say
from alongside.people.queries import undeclared


def declare(request: Request, study: str, transcript: UUID) -> HttpResponse:
    """Whether one knows who speaks in a transcript: asked before it opens, and open for second thoughts."""
    here = study_for(request.user, study, to=Permission.SAY_WHOM_ONE_KNOWS)
    waiting = queries.transcript_to_declare(here, request.user, transcript)
    speaking = queries.speaking_in(waiting)
    if not speaking:
        return redirect(_onward(request, here, transcript))
    form = DeclareForm(request.POST or None, speaking=speaking)
    if form.do(say, by=request.user, speaking=speaking):
        known = form.cleaned_data["known"]
        return (
            redirect("interviews:kept-apart", study)
            if known
            else redirect(_onward(request, here, transcript))
        )
    said = not undeclared(here, request.user).filter(pk__in=[each.pk for each in speaking]).exists()
    context = {"study": here, "transcript": waiting, "speaking": speaking, "form": form, "said": said}
    return render(request, "interviews/declare.html", context, status=form.status)


def _onward(request: Request, study: Study, transcript: UUID) -> str:
    """What was asked for before the question; else the transcript, for those who read transcripts."""
    asked = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}):
        return asked
    if Permission.READ_TRANSCRIPTS in study.may:
        return reverse("interviews:transcript", args=[study.slug, transcript])
    return reverse("accounts:study", args=[study.slug])


def kept_apart(request: Request, study: str) -> HttpResponse:
    """What follows from knowing someone. It tells of nobody, so it is the same for everyone who asks."""
    here = study_for(request.user, study, to=Permission.SAY_WHOM_ONE_KNOWS)
    return render(request, "interviews/kept_apart.html", {"study": here})
