"""Who leads a session, and how they are looked after."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.training import actions, queries
from alongside.training.forms import (
    BookingForm,
    FacilitatorForm,
)
from alongside.training.views.common import Request, page


def appoint_facilitator(request: Request, study: str, session: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    found = queries.session_for(here, session)
    form = FacilitatorForm(request.POST or None, study=here)
    if form.do(actions.appoint_facilitator, by=request.user, session=found):
        messages.success(request, _("%(name)s leads this session.") % {"name": form.made.person.name})
        return redirect("training:session", here.slug, found.pk)
    return page(request, "appoint_facilitator", study=here, cohort=found.cohort, session=found, form=form)


@require_POST
def stand_down(request: Request, study: str, facilitation: int) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    leading = queries.facilitation_for(here, facilitation)
    actions.stand_down(by=request.user, facilitation=leading)
    messages.success(request, _("%(name)s no longer leads this session.") % {"name": leading.person.name})
    return redirect("training:session", here.slug, leading.session_id)


def book_preparation_and_debrief(request: Request, study: str, facilitation: int) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RUN_TRAINING)
    leading = queries.facilitation_for(here, facilitation)
    group = leading.session.cohort
    with timezone.override(group.zone):
        form = BookingForm(request.POST or None, thing=leading)
        if form.do(actions.book_preparation_and_debrief, by=request.user, facilitation=leading):
            messages.success(request, _("Booked for %(name)s.") % {"name": leading.person.name})
            form.tell(request)
            return redirect("training:session", here.slug, leading.session_id)
    return page(request, "book_preparation_and_debrief", study=here, cohort=group, leading=leading, form=form)
