from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.accounts.models import Study
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.accounts.stepup import recently_confirmed
from alongside.people.own import SignedIn
from alongside.stewardship import actions, queries
from alongside.stewardship.forms import AnswerIdentityForm, AskIdentityForm, WhichRequestForm
from alongside.web.forms import Asking


def address_of(request: HttpRequest, name: str, study: Study) -> str:
    return request.build_absolute_uri(reverse(name, args=[study.slug]))


def ask_identity(request: SignedIn, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.ASK_IDENTITY)
    form = AskIdentityForm(request.POST or None)
    page = address_of(request, "stewardship:identity-requests", here)
    if form.do(actions.ask_identity, by=request.user, study=here, page=page):
        messages.success(request, _("It is asked. You will hear by e-mail when someone has answered."))
        return redirect("stewardship:ask-identity", here.slug)
    return _asked(request, here, form)


def _asked(request: SignedIn, here: Study, form: Asking, *, refused: bool = False) -> HttpResponse:
    mine = queries.my_identity_requests(here, request.user)
    shown = AskIdentityForm() if refused else form
    context = {"study": here, "form": shown, "mine": mine, "refused": form.errors if refused else None}
    return render(request, "stewardship/ask_identity.html", context, status=form.status)


@require_POST
@recently_confirmed
def look_up_identity(request: SignedIn, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.ASK_IDENTITY)
    form = WhichRequestForm(request.POST)
    if not form.is_valid():
        return _asked(request, here, form, refused=True)
    asked = queries.own_identity_request(here, request.user, form.cleaned_data["request"])
    try:
        person = actions.look_up_identity(by=request.user, request=asked)
    except ValidationError as refusal:
        form.refuse(refusal)
        return _asked(request, here, form, refused=True)
    return render(request, "stewardship/identity.html", {"study": here, "asked": asked, "person": person})


def identity_requests(request: SignedIn, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.ANSWER_IDENTITY)
    return _answering(request, here, AnswerIdentityForm())


def _answering(request: SignedIn, here: Study, form: Asking) -> HttpResponse:
    context = {"study": here, "form": form, "asked": queries.identity_requests(here, request.user)}
    return render(request, "stewardship/identity_requests.html", context, status=form.status)


@require_POST
@recently_confirmed
def answer_identity(request: SignedIn, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.ANSWER_IDENTITY)
    form = AnswerIdentityForm(request.POST)
    if not form.is_valid():
        return _answering(request, here, form)
    asked = queries.identity_request_for(here, request.user, form.cleaned_data.pop("request"))
    if not form.do(actions.answer_identity, by=request.user, request=asked):
        return _answering(request, here, form)
    messages.success(request, _("Answered. The one who asked and the others who can answer are told."))
    return redirect("stewardship:identity-requests", here.slug)
