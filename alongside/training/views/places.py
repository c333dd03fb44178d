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
from alongside.training.forms import AnswerForm, EnrolForm, OfferForm, OfferPlaceForm, Pressed
from alongside.training.models import Cohort
from alongside.training.views.common import Request, page


def enrol(request: Request, study: str, cohort: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    group = queries.cohort_for(here, cohort)
    form = EnrolForm(request.POST or None, cohort=group, user=request.user)
    if form.do(actions.enrol_person, by=request.user, cohort=group):
        told = {"name": form.made.person.name, "state": str(form.made.get_state_display()).lower()}
        messages.success(request, _("%(name)s: %(state)s.") % told)
        return redirect("training:enrol", here.slug, group.pk)
    return places_page(request, here, group, form=form, enrol_form=form)


def places_page(request: Request, here: Study, group: Cohort, **context: Any) -> HttpResponse:
    unfilled = {
        "enrol_form": EnrolForm(cohort=group, user=request.user),
        "offer_form": OfferForm(cohort=group, user=request.user),
        "lines": queries.Lines.of(group, request.user),
        "places": queries.Places.of(group, request.user),
    }
    return page(request, "enrol", study=here, cohort=group, **{**unfilled, **context})


@require_POST
def offer_place(request: Request, study: str, cohort: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    group = queries.cohort_for(here, cohort)
    form = OfferPlaceForm(request.POST, cohort=group, user=request.user)
    if form.do(actions.offer_place, by=request.user, cohort=group):
        messages.success(request, _("A place is kept for them until they answer, or their time is over."))
        return redirect("training:enrol", here.slug, group.pk)
    return places_page(request, here, group, form=form)


@require_POST
def offer_pair(request: Request, study: str, cohort: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    group = queries.cohort_for(here, cohort)
    form = OfferForm(request.POST, cohort=group, user=request.user)
    if form.do(actions.offer_pair, by=request.user, cohort=group):
        messages.success(request, _("Two places are held for them. Each answers for themselves."))
        return redirect("training:enrol", here.slug, group.pk)
    return places_page(request, here, group, form=form, offer_form=form)


@require_POST
def answer_offer(request: Request, study: str, enrolment: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    place = queries.enrolment_for(here, request.user, enrolment)
    form = AnswerForm(request.POST)
    if form.do(actions.answer_offer, by=request.user, enrolment=place):
        messages.success(request, _("The answer is written down."))
        return redirect("training:enrol", here.slug, place.cohort_id)
    return places_page(request, here, place.cohort, form=form)


@require_POST
def leave_cohort(request: Request, study: str, enrolment: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    place = queries.enrolment_for(here, request.user, enrolment)
    form = Pressed(request.POST)
    if form.do(actions.leave_cohort, by=request.user, enrolment=place):
        messages.success(request, _("%(name)s has left the group.") % {"name": place.person.name})
        return redirect("training:enrol", here.slug, place.cohort_id)
    return places_page(request, here, place.cohort, form=form)
