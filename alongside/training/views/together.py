"""What a group and its trainers write together: the agreement, preparation, decisions."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.training import actions, queries
from alongside.training.forms import AgreementForm, DecisionForm, PreparationForm
from alongside.training.views.common import Request, page


def agreement(request: Request, study: str, cohort: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_TRAINING)
    group = queries.cohort_for(here, cohort)
    return page(request, "agreement", study=here, cohort=group, versions=queries.versions(group))


def write_agreement(request: Request, study: str, cohort: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RUN_TRAINING)
    group = queries.cohort_for(here, cohort)
    latest = queries.current_agreement(group)
    form = AgreementForm(request.POST or None, thing=group)
    if form.do(actions.write_agreement, by=request.user, cohort=group):
        messages.success(request, _("Version %(version)s is written.") % {"version": form.made.version})
        form.tell(request)
        return redirect("training:agreement", here.slug, group.pk)
    return page(request, "write_agreement", study=here, cohort=group, latest=latest, form=form)


def preparations(request: Request, study: str, cohort: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RUN_TRAINING)
    group = queries.cohort_for(here, cohort)
    rows = queries.preparations(group, request.user)
    return page(request, "preparations", study=here, cohort=group, rows=rows)


def prepare_person(request: Request, study: str, cohort: UUID, person: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RUN_TRAINING)
    group = queries.cohort_for(here, cohort)
    learner = queries.preparable_for(group, request.user, person)
    form = PreparationForm(request.POST or None, thing=group, learner=learner)
    if form.do(actions.prepare_person, by=request.user, person=learner, cohort=group):
        messages.success(request, _("Saved for %(name)s.") % {"name": learner.name})
        form.tell(request)
        return redirect("training:preparations", here.slug, group.pk)
    return page(request, "prepare_person", study=here, cohort=group, learner=learner, form=form)


def decisions(request: Request, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_TRAINING)
    return page(request, "decisions", study=here, decisions=queries.decisions(here))


def log_decision(request: Request, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RUN_TRAINING)
    form = DecisionForm(request.POST or None, initial={"on": timezone.localdate()})
    if form.do(actions.log_decision, by=request.user, study=here):
        messages.success(request, _("The decision is in the log."))
        return redirect("training:decisions", here.slug)
    return page(request, "log_decision", study=here, form=form)
