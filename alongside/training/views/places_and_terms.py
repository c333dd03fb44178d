from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.training import actions, queries
from alongside.training.forms import ChangePlaceForm, ChangeTermForm, PlaceForm, TermForm
from alongside.training.views.common import Request, page


def terms(request: Request, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_TRAINING)
    places = queries.meeting_places(here)
    return page(request, "terms", study=here, terms=queries.terms(here), places=places)


def add_term(request: Request, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    form = TermForm(request.POST or None)
    if form.do(actions.add_term, by=request.user, study=here):
        messages.success(request, _("“%(name)s” is there now.") % {"name": form.made.name})
        return redirect("training:terms", here.slug)
    return page(request, "add_term", study=here, form=form)


def change_term(request: Request, study: str, term: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    found = queries.term_for(here, term)
    form = ChangeTermForm(request.POST or None, thing=found)
    if form.do(actions.change_term, by=request.user, term=found):
        messages.success(request, _("The term is changed."))
        form.tell(request)
        return redirect("training:terms", here.slug)
    return page(request, "change_term", study=here, term=found, form=form)


def add_place(request: Request, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    form = PlaceForm(request.POST or None)
    if form.do(actions.add_place, by=request.user, study=here):
        messages.success(request, _("“%(name)s” is there now.") % {"name": form.made.name})
        return redirect("training:terms", here.slug)
    return page(request, "add_place", study=here, form=form)


def change_place(request: Request, study: str, place: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    found = queries.place_for(here, place)
    form = ChangePlaceForm(request.POST or None, thing=found)
    if form.do(actions.change_place, by=request.user, place=found):
        messages.success(request, _("The place is changed."))
        form.tell(request)
        return redirect("training:terms", here.slug)
    return page(request, "change_place", study=here, place=found, form=form)
