from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.accounts.models import Study
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.accounts.stepup import recently_confirmed
from alongside.people.own import SignedIn
from alongside.people.queries import is_anonymised
from alongside.stewardship import actions, queries
from alongside.stewardship.forms import AskToDestroyForm, DestroyKeyForm
from alongside.stewardship.views.identity import address_of
from alongside.web.forms import Asking


def identity_key(request: SignedIn, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.ANSWER_IDENTITY)
    return _key(request, here)


def _key(request: SignedIn, here: Study, form: Asking | None = None) -> HttpResponse:
    asked = queries.key_request(here)
    context = {
        "study": here,
        "asked": asked,
        "anonymised": is_anonymised(here),
        "form": form or (DestroyKeyForm() if asked else AskToDestroyForm()),
    }
    return render(request, "stewardship/identity_key.html", context, status=form.status if form else 200)


@require_POST
@recently_confirmed
def ask_to_destroy(request: SignedIn, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.KEEP_DATA)
    form = AskToDestroyForm(request.POST)
    page = address_of(request, "stewardship:identity-key", here)
    if not form.do(actions.ask_to_destroy, by=request.user, study=here, page=page):
        return _key(request, here, form)
    messages.success(request, _("It is asked. Nothing happens until another member confirms it."))
    return redirect("stewardship:identity-key", here.slug)


@require_POST
@recently_confirmed
def confirm_destroying(request: SignedIn, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.ANSWER_IDENTITY)
    form = DestroyKeyForm(request.POST)
    asked = queries.key_request(here)
    if asked is None:
        messages.info(request, _("There is no request to confirm. Nothing changed."))
        return redirect("stewardship:identity-key", here.slug)
    if not form.do(actions.confirm_destroying, by=request.user, request=asked):
        return _key(request, here, form)
    messages.success(request, _("The key is destroyed. Nobody can be joined to their code any more."))
    return redirect("stewardship:identity-key", here.slug)


@require_POST
def take_back_destroying(request: SignedIn, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.ANSWER_IDENTITY)
    asked = queries.key_request(here)
    if asked is None:
        messages.info(request, _("There is no request to take back. Nothing changed."))
        return redirect("stewardship:identity-key", here.slug)
    try:
        actions.take_back_destroying(by=request.user, request=asked)
        messages.success(request, _("Taken back. Nothing was destroyed."))
    except ValidationError as refusal:
        messages.info(request, " ".join(refusal.messages))
    return redirect("stewardship:identity-key", here.slug)
