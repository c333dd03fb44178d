"""The ledger of involvement: who shaped what."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.training import actions, queries
from alongside.training.forms import ChangeDecisionForm, DecisionForm
from alongside.training.views.common import Request, page


def decisions(request: Request, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_TRAINING)
    course = request.GET.get("course", "")
    return page(
        request,
        "decisions",
        study=here,
        decisions=queries.decisions(here, course),
        involvement=queries.involvement(here, course),
        courses=queries.courses_decided_on(here),
        course=course,
    )


def log_decision(request: Request, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RUN_TRAINING)
    form = DecisionForm(request.POST or None, study=here, initial={"on": timezone.localdate()})
    if form.do(actions.log_decision, by=request.user, study=here):
        messages.success(request, _("The decision is in the log."))
        return redirect("training:decisions", here.slug)
    return page(request, "log_decision", study=here, form=form)


def change_decision(request: Request, study: str, decision: int) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RUN_TRAINING)
    found = queries.decision_for(here, decision)
    form = ChangeDecisionForm(request.POST or None, thing=found, study=here)
    if form.do(actions.change_decision, by=request.user, decision=found):
        messages.success(request, _("The entry is changed."))
        form.tell(request)
        return redirect("training:decisions", here.slug)
    return page(request, "change_decision", study=here, decision=found, form=form)
