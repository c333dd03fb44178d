"""Figures for those outside, who pay for the courses: released once for a period that is over."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.training import actions, queries
from alongside.training.forms import ReleaseForm
from alongside.training.views.common import Request, page


def figures(request: Request, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_REPORTS)
    may_release = Permission.PLAN_TRAINING in here.may
    waiting = queries.releasable(here) if may_release else []
    return page(request, "figures", study=here, releases=queries.releases(here), waiting=waiting)


def figures_now(request: Request, study: str) -> HttpResponse:
    """True numbers, for the team alone."""
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    return page(request, "figures_now", study=here, now=queries.figures_now(here, request.user))


def release_figures(request: Request, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    form = ReleaseForm(request.POST or None)
    if form.do(actions.release_figures, by=request.user, study=here):
        messages.success(request, _("The figures of %(period)s are released.") % {"period": form.made})
        return redirect("training:release", here.slug, form.made.pk)
    return page(request, "release_figures", study=here, form=form, waiting=queries.releasable(here))


def release(request: Request, study: str, release: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_REPORTS)
    found = queries.release_for(here, release)
    return page(request, "release", study=here, release=found, sections=queries.sections(found.told))
