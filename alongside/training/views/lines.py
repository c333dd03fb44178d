"""The waiting list: onto it, off it, to its next; another group; and by what rules."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.training import actions, queries
from alongside.training.forms import MoveForm, Pressed, QuestionForm, RulesForm, WhyForm
from alongside.training.views.common import Request, page
from alongside.training.views.places import places_page


@require_POST
def offer_next(request: Request, study: str, cohort: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    group = queries.cohort_for(here, cohort)
    form = Pressed(request.POST)
    if form.do(actions.offer_next, by=request.user, cohort=group):
        messages.success(request, _("What is free is offered to the next on the list."))
        return redirect("training:enrol", here.slug, group.pk)
    return places_page(request, here, group, form=form)


@require_POST
def put_on_list(request: Request, study: str, enrolment: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    place = queries.enrolment_for(here, request.user, enrolment)
    form = Pressed(request.POST)
    if form.do(actions.put_on_list, by=request.user, enrolment=place):
        messages.success(request, _("%(name)s is on the waiting list.") % {"name": place.person.name})
        return redirect("training:enrol", here.slug, place.cohort_id)
    return places_page(request, here, place.cohort, form=form)


def turn_down(request: Request, study: str, enrolment: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    place = queries.enrolment_for(here, request.user, enrolment)
    form = WhyForm(request.POST or None)
    if form.do(actions.turn_down, by=request.user, enrolment=place):
        messages.success(request, _("Written down. Please tell %(name)s.") % {"name": place.person.name})
        return redirect("training:enrol", here.slug, place.cohort_id)
    return page(request, "turn_down", study=here, cohort=place.cohort, place=place, form=form)


def move_enrolment(request: Request, study: str, enrolment: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    place = queries.enrolment_for(here, request.user, enrolment)
    form = MoveForm(request.POST or None, cohort=place.cohort)
    if form.do(actions.move_enrolment, by=request.user, enrolment=place):
        told = {"name": place.person.name, "group": form.made.cohort.name}
        messages.success(request, _("%(name)s is in %(group)s now.") % told)
        return redirect("training:enrol", here.slug, form.made.cohort_id)
    return page(request, "move_enrolment", study=here, cohort=place.cohort, place=place, form=form)


def rules(request: Request, study: str, cohort: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    group = queries.cohort_for(here, cohort)
    form = RulesForm(request.POST or None, thing=group)
    if form.do(actions.set_rules, by=request.user, cohort=group):
        messages.success(request, _("Saved."))
        form.tell(request)
        return redirect("training:rules", here.slug, group.pk)
    asked = {"questions": queries.questions(group), "question_form": QuestionForm()}
    return page(request, "rules", study=here, cohort=group, form=form, rules_form=form, **asked)


@require_POST
def add_question(request: Request, study: str, cohort: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    group = queries.cohort_for(here, cohort)
    form = QuestionForm(request.POST)
    if form.do(actions.add_question, by=request.user, cohort=group):
        messages.success(request, _("Whoever asks for a place is asked this, too."))
        return redirect("training:rules", here.slug, group.pk)
    asked = {"questions": queries.questions(group), "rules_form": RulesForm(thing=group)}
    return page(request, "rules", study=here, cohort=group, form=form, question_form=form, **asked)


@require_POST
def drop_question(request: Request, study: str, question: int) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    found = queries.question_for(here, question)
    actions.drop_question(by=request.user, question=found)
    messages.success(request, _("It is asked no more. Answers that were given are kept."))
    return redirect("training:rules", here.slug, found.cohort_id)
