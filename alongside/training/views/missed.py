"""Asking after learners who were missed: by people, one at a time."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.accounts.models import Study
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.training import actions, queries
from alongside.training.forms import CallForm, Pressed
from alongside.training.models import Cohort, MissedCall
from alongside.training.views.common import Request, page


def missed(request: Request, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RUN_TRAINING)
    return page(request, "missed", study=here, missed=queries.missed(here, request.user))


def missed_in_group(request: Request, study: str, cohort: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RUN_TRAINING)
    group = queries.cohort_for(here, cohort)
    found = queries.missed(here, request.user, group)
    return page(request, "missed", study=here, cohort=group, missed=found)


def record_call(request: Request, study: str, cohort: UUID, person: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RUN_TRAINING)
    group = queries.cohort_for(here, cohort)
    line = queries.missed_for(group, request.user, person)
    form = CallForm(request.POST or None)
    if form.do(actions.record_call, by=request.user, cohort=group, person=line.person):
        messages.success(request, _("Written down for %(name)s.") % {"name": line.person.name})
        return redirect("training:missed-in-group", here.slug, group.pk)
    return _asking_after(request, here, group, line, form=form)


@require_POST
def see_how_to_reach(request: Request, study: str, cohort: UUID, person: UUID) -> HttpResponse:
    """Shows the one way a person prefers, and writes down who looked."""
    here = study_for(request.user, study, to=Permission.RUN_TRAINING)
    group = queries.cohort_for(here, cohort)
    line = queries.missed_for(group, request.user, person)
    form = Pressed(request.POST)
    form.do(actions.see_how_to_reach, by=request.user, cohort=group, person=line.person)
    return _asking_after(request, here, group, line, form=CallForm(), reach=form.made, has_looked=True)


@require_POST
def ask_again(request: Request, study: str, cohort: UUID, person: UUID) -> HttpResponse:
    """They said that they would like to be asked after, after all."""
    here = study_for(request.user, study, to=Permission.RUN_TRAINING)
    group = queries.cohort_for(here, cohort)
    line = queries.missed_for(group, request.user, person)
    again = MissedCall.Outcome.CALLS_AGAIN
    Pressed(request.POST).do(
        actions.record_call, by=request.user, cohort=group, person=line.person, outcome=again
    )
    return redirect("training:missed-in-group", here.slug, group.pk)


def _asking_after(
    request: Request, here: Study, group: Cohort, line: queries.Missed, **context: Any
) -> HttpResponse:
    return page(request, "record_call", study=here, cohort=group, line=line, **context)
