from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.training import actions, queries
from alongside.training.forms import InsteadForm, MetForm
from alongside.training.models import AdjustmentMet
from alongside.training.views.common import Request, page


def checklist(request: Request, study: str, session: UUID) -> HttpResponse:
    """The list on a page of its own, to print and take along."""
    here = study_for(request.user, study, to=Permission.RUN_TRAINING)
    found = queries.session_for(here, session)
    needs = queries.checklist(found)
    return page(request, "checklist", study=here, cohort=found.cohort, session=found, checklist=needs)


@require_POST
def meet_adjustment(request: Request, study: str, session: UUID, adjustment: int) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RUN_TRAINING)
    found = queries.session_for(here, session)
    need = queries.adjustment_of(found, adjustment)
    form = MetForm(request.POST)
    if form.do(actions.meet_adjustment, by=request.user, session=found, adjustment=need):
        told = {"name": need.person.name, "state": str(form.made).lower()}
        messages.success(request, _("%(name)s: %(state)s.") % told)
        return redirect("training:checklist", here.slug, found.pk)
    needs = queries.checklist(found)
    return page(
        request, "checklist", study=here, cohort=found.cohort, session=found, checklist=needs, form=form
    )


def leave_unmet(request: Request, study: str, session: UUID, adjustment: int) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RUN_TRAINING)
    found = queries.session_for(here, session)
    need = queries.adjustment_of(found, adjustment)
    form = InsteadForm(request.POST or None)
    given = {"session": found, "adjustment": need, "state": AdjustmentMet.State.CANT}
    if form.do(actions.meet_adjustment, by=request.user, **given):
        messages.success(request, _("Noted. Tell %(name)s before the session.") % {"name": need.person.name})
        return redirect("training:checklist", here.slug, found.pk)
    return page(request, "leave_unmet", study=here, cohort=found.cohort, session=found, need=need, form=form)
