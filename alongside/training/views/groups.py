from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.training import actions, queries
from alongside.training.forms import CohortForm, ProgrammeForm
from alongside.training.views.common import Request, page


def training(request: Request, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_TRAINING)
    return page(
        request,
        "training",
        study=here,
        cohorts=queries.cohorts(here),
        programmes=queries.programmes(here),
        coming=queries.coming_sessions(here)[:5],
    )


def create_programme(request: Request, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    form = ProgrammeForm(request.POST or None)
    if form.do(actions.create_programme, by=request.user, study=here):
        messages.success(
            request, _("“%(title)s” is there now. Next, open a group.") % {"title": form.made.title}
        )
        return redirect("training:open-cohort", here.slug)
    return page(request, "create_programme", study=here, form=form)


def open_cohort(request: Request, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    form = CohortForm(request.POST or None, study=here)
    if form.do(actions.open_cohort, by=request.user, study=here):
        messages.success(
            request, _("%(group)s is open. Next, plan its sessions.") % {"group": form.made.name}
        )
        return redirect("training:cohort", here.slug, form.made.pk)
    return page(request, "open_cohort", study=here, form=form, programmes=queries.programmes(here))


def cohort(request: Request, study: str, cohort: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_TRAINING)
    group = queries.cohort_for(here, cohort)
    return page(
        request,
        "cohort",
        study=here,
        cohort=group,
        sessions=queries.Timetable.of(group),
        register=queries.register(group),
        ingredients=queries.ingredients(group),
        places=queries.Places.of(group),
        agreement=queries.current_agreement(group),
    )


def register(request: Request, study: str, cohort: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_TRAINING)
    group = queries.cohort_for(here, cohort)
    return page(request, "register", study=here, cohort=group, register=queries.register(group))


def summary(request: Request, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_TRAINING)
    return render(request, "training/summary.html", {"standing": queries.Standing.of_study(here)})


def todo(request: Request, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_TRAINING)
    not_ready, unmarked = queries.not_ready(here)[:3], queries.unmarked_sessions(here)[:3]
    return page(request, "todo", study=here, not_ready=not_ready, unmarked=unmarked)
