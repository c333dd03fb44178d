from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.people.own import SignedIn
from alongside.stewardship import erasure as erasing
from alongside.stewardship import queries
from alongside.stewardship.forms import AnswerForm
from alongside.stewardship.policies import what_stays


def erasure_requests(request: HttpRequest, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RECORD_CONSENT)
    context = {"study": here, "requests": queries.erasure_requests(here, request.user)}
    return render(request, "stewardship/erasure_requests.html", context)


def answer_erasure(request: SignedIn, study: str, erasure: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RECORD_CONSENT)
    asked = queries.erasure_request_for(here, request.user, erasure)
    form = AnswerForm(request.POST or None)
    if form.do(erasing.answer_erasure, by=request.user, request=asked):
        if form.cleaned_data["state"] == asked.State.DONE:
            messages.success(request, _("It is erased. The receipt says what was done."))
        else:
            messages.success(request, _("Answered. They read it on their page."))
        return redirect("stewardship:erasure-requests", here.slug)
    context = {
        "study": here,
        "asked": asked,
        "form": form,
        "goes": erasing.WHAT_GOES,
        "stays": what_stays(),
    }
    return render(request, "stewardship/answer_erasure.html", context, status=form.status)
