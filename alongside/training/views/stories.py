"""Whoever signs in finds their own stories and plans here, too."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.training import actions, queries
from alongside.training.forms import DisclosureForm
from alongside.training.views.common import Request, page


def stories(request: Request, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_TRAINING)
    me = queries.person_behind(here, request.user)
    mine = queries.own_stories(me) if me else []
    return page(request, "stories", study=here, me=me, stories=mine)


def plan_disclosure(request: Request, study: str, facilitation: int) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_TRAINING)
    leading = queries.own_facilitation_for(here, request.user, facilitation)
    form = DisclosureForm(request.POST or None, thing=leading.session, person=leading.person)
    me, session = leading.person, leading.session
    if form.do(actions.plan_disclosure, by=request.user, person=me, session=session):
        messages.success(request, _("Saved. Nobody but you can see this."))
        form.tell(request)
        return redirect("training:session", here.slug, leading.session_id)
    group = leading.session.cohort
    return page(request, "plan_disclosure", study=here, cohort=group, leading=leading, form=form)


@require_POST
def drop_disclosure(request: Request, study: str, facilitation: int) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_TRAINING)
    leading = queries.own_facilitation_for(here, request.user, facilitation)
    actions.drop_disclosure(by=request.user, person=leading.person, session=leading.session)
    messages.success(request, _("Your plan is gone. Nothing of it is kept."))
    return redirect("training:session", here.slug, leading.session_id)
