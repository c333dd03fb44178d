from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.training import actions, queries
from alongside.training.forms import ChangeCohortForm, CohortForm
from alongside.training.views.common import Request, page


def training(request: Request, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_TRAINING)
    return page(
        request,
        "training",
        study=here,
        cohorts=queries.cohorts(here),
        courses=queries.courses(here),
        coming=queries.coming_sessions(here)[:5],
    )


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
        ingredients=queries.ingredients(group, request.user),
        places=queries.Places.of(group, request.user),
        agreement=queries.current_agreement(group),
    )


def change_cohort(request: Request, study: str, cohort: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    group = queries.cohort_for(here, cohort)
    form = ChangeCohortForm(request.POST or None, thing=group, study=here)
    if form.do(actions.change_cohort, by=request.user, cohort=group):
        messages.success(request, _("%(group)s is changed.") % {"group": form.made.name})
        form.tell(request)
        return redirect("training:cohort", here.slug, group.pk)
    return page(request, "change_cohort", study=here, cohort=group, form=form)


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
    return page(
        request,
        "todo",
        study=here,
        not_ready=not_ready,
        unmarked=unmarked,
        missed=queries.missed(here, request.user).to_ask if Permission.RUN_TRAINING in here.may else [],
        ticking=queries.ticking(here) if Permission.PLAN_TRAINING in here.may else None,
        by_hand=queries.by_hand(here, request.user) if Permission.PLAN_TRAINING in here.may else [],
        asking=queries.how_many_ask(here, request.user) if Permission.PLAN_TRAINING in here.may else 0,
    )
