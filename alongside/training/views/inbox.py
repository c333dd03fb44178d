"""Who asked for a place, and what a coordinator does with it."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.accounts.models import Study
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.training import actions, queries
from alongside.training.forms import Pressed, TakeUpForm, WhyForm
from alongside.training.models import Application
from alongside.training.views.common import Request, page

ON_A_PAGE = 50


def applications(request: Request, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    inbox = queries.Inbox.of(here, request.user)
    return page(
        request,
        "applications",
        study=here,
        waiting=Paginator(inbox.waiting, ON_A_PAGE).get_page(request.GET.get("page")),
        answered=inbox.answered[:ON_A_PAGE],
        asking=queries.who_ask(here, request.user)[:ON_A_PAGE],
    )


def application(request: Request, study: str, application: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    return _page(request, here, queries.application_for(here, request.user, application))


def _page(request: Request, here: Study, found: Application, **context: object) -> HttpResponse:
    alike = queries.likely(found, request.user)
    unfilled = {
        "take_up_form": TakeUpForm(study=here, user=request.user, alike=alike),
        "why_form": WhyForm(),
        "form": Pressed(),
    }
    return page(
        request,
        "application",
        study=here,
        cohort=found.cohort,
        application=found,
        alike=alike,
        earlier=queries.earlier_ones(found, queries.applications(here, request.user)),
        letter=request.build_absolute_uri(queries.answer_address(found)),
        other_letter=found.half and request.build_absolute_uri(queries.answer_address(found.half)),
        **{**unfilled, **context},
    )


@require_POST
def take_up(request: Request, study: str, application: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    found = queries.application_for(here, request.user, application)
    alike = queries.likely(found, request.user)
    form = TakeUpForm(request.POST, study=here, user=request.user, alike=alike)
    if form.do(actions.take_up, by=request.user, application=found):
        messages.success(request, _("%(name)s has asked for a place.") % {"name": form.made.person.name})
        return redirect("training:enrol", here.slug, found.cohort_id)
    return _page(request, here, found, form=form, take_up_form=form)


@require_POST
def turn_down_application(request: Request, study: str, application: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    found = queries.application_for(here, request.user, application)
    form = WhyForm(request.POST)
    if form.do(actions.turn_down_application, by=request.user, application=found):
        messages.success(request, _("Written down. Please tell %(name)s.") % {"name": found.name})
        return redirect("training:application", here.slug, found.pk)
    return _page(request, here, found, form=form, why_form=form)


@require_POST
def pass_on(request: Request, study: str, application: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    found = queries.application_for(here, request.user, application)
    actions.pass_on(by=request.user, application=found)
    messages.success(request, _("A colleague answers it. You do not see it any more."))
    return redirect("training:applications", here.slug)


@require_POST
def ask_half(request: Request, study: str, application: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    found = queries.application_for(here, request.user, application)
    form = Pressed(request.POST)
    if form.do(actions.ask_half, by=request.user, application=found):
        messages.success(request, _("%(name)s can answer now.") % {"name": form.made.name})
        return redirect("training:application", here.slug, found.pk)
    return _page(request, here, found, form=form)


@require_POST
def put_back(request: Request, study: str, application: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    found = queries.application_for(here, request.user, application)
    form = Pressed(request.POST)
    if form.do(actions.put_back, by=request.user, application=found):
        messages.success(request, _("It waits for an answer again."))
        return redirect("training:application", here.slug, found.pk)
    return _page(request, here, found, form=form)
