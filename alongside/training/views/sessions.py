from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from alongside.accounts.models import Study
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.training import actions, queries
from alongside.training.forms import ChangeSessionForm, OutlineForm, Pressed, SessionForm
from alongside.training.models import Session
from alongside.training.views.common import Request, page


def plan_session(request: Request, study: str, cohort: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    group = queries.cohort_for(here, cohort)
    form = SessionForm(request.POST or None, cohort=group)
    if form.do(actions.plan_session, by=request.user, cohort=group):
        messages.success(request, _("Session %(number)s is planned.") % {"number": form.made.number})
        _say_if_twice(request, form.made)
        return redirect("training:session", here.slug, form.made.pk)
    left = queries.unplanned_parts(group)
    return page(request, "plan_session", study=here, cohort=group, form=form, left=left)


def plan_outline(request: Request, study: str, cohort: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    group = queries.cohort_for(here, cohort)
    form = OutlineForm(request.POST or None)
    if form.do(actions.plan_outline, by=request.user, cohort=group):
        count = len(form.made)
        told = ngettext("%(count)s session is planned.", "%(count)s sessions are planned.", count)
        messages.success(request, told % {"count": count})
        return redirect("training:cohort", here.slug, group.pk)
    left = queries.unplanned_parts(group)
    return page(request, "plan_outline", study=here, cohort=group, form=form, left=left)


def change_session(request: Request, study: str, session: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    found = queries.session_for(here, session)
    form = ChangeSessionForm(request.POST or None, thing=found, cohort=found.cohort)
    if form.do(actions.change_session, by=request.user, session=found):
        messages.success(request, _("The session is changed."))
        form.tell(request)
        _say_if_twice(request, form.made)
        return redirect("training:session", here.slug, found.pk)
    return page(request, "change_session", study=here, cohort=found.cohort, session=found, form=form)


def _say_if_twice(request: Request, session: Session) -> None:
    if session.starts_or_ends_twice:
        told = _("The clocks go back that day, so this time comes twice. The first of the two is meant.")
        messages.info(request, told)


def session(request: Request, study: str, session: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_TRAINING)
    return _session_page(request, here, queries.session_for(here, session))


def _session_page(request: Request, here: Study, found: Session, **context: Any) -> HttpResponse:
    return page(
        request,
        "session",
        study=here,
        cohort=found.cohort,
        session=found,
        readiness=queries.readiness(found),
        checklist=queries.checklist(found) if Permission.RUN_TRAINING in here.may else None,
        me=queries.person_behind(here, request.user),
        materials=queries.materials_for(found),
        telling=queries.turns_of(found),
        **context,
    )


@require_POST
def cancel_session(request: Request, study: str, session: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    found = queries.session_for(here, session)
    form = Pressed(request.POST)
    if form.do(actions.cancel_session, by=request.user, session=found):
        messages.success(request, _("The session is cancelled. It stays on the list, marked so."))
        return redirect("training:session", here.slug, found.pk)
    return _session_page(request, here, found, form=form)


@require_POST
def publish_session(request: Request, study: str, session: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    found = queries.session_for(here, session)
    form = Pressed(request.POST)
    if form.do(actions.publish_session, by=request.user, session=found):
        messages.success(request, _("The session is ready."))
        return redirect("training:session", here.slug, found.pk)
    return _session_page(request, here, found, form=form)
