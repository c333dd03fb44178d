from typing import Any
from uuid import UUID

from django.contrib import messages as told
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.accounts.models import Study
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import NOT_HERE, study_for
from alongside.people.queries import working_with
from alongside.training import actions, queries
from alongside.training.forms import RemindingForm, ToldForm
from alongside.training.queries.messages import SHOWN
from alongside.training.views.common import Request, page


def messages(request: Request, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    return _messages_page(request, here)


def _messages_page(request: Request, here: Study, **context: Any) -> HttpResponse:
    return page(
        request,
        "messages",
        study=here,
        sent=queries.messages(here, request.user)[:SHOWN],
        unsure=queries.may_not_have_gone(here, request.user),
        by_hand=queries.by_hand(here, request.user),
        ticking=queries.ticking(here),
        partial=bool(working_with(request.user, here)),
        cohorts=queries.cohorts(here),
        **context,
    )


@require_POST
def tell_by_hand(request: Request, study: str, cohort: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    group = queries.cohort_for(here, cohort)
    form = ToldForm(request.POST)
    if not form.is_valid():
        return _messages_page(request, here, form=form)
    person = queries.person_to_tell(here, request.user, form.cleaned_data.pop("person"))
    if person is None:
        raise Http404(NOT_HERE)
    if form.do(actions.tell_by_hand, by=request.user, cohort=group, person=person):
        told.success(request, _("Noted: %(name)s was told.") % {"name": person.name})
        return redirect("training:messages", here.slug)
    return _messages_page(request, here, form=form)


def decide_reminding(request: Request, study: str, cohort: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    group = queries.cohort_for(here, cohort)
    form = RemindingForm(request.POST or None, thing=group)
    if form.do(actions.decide_reminding, by=request.user, cohort=group):
        told.success(request, _("Saved. It holds for what is still to be sent."))
        form.tell(request)
        return redirect("training:messages", here.slug)
    return page(request, "decide_reminding", study=here, cohort=group, form=form)
