"""Who tells of their own life in which session."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.accounts.models import Study
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.people.own import address, on_own_page
from alongside.people.queries import Own
from alongside.training import actions, queries
from alongside.training.forms import Pressed
from alongside.training.models import Cohort, Facilitation
from alongside.training.views.common import Request, page


def rota(request: Request, study: str, cohort: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_TRAINING)
    return _rota(request, here, queries.cohort_for(here, cohort))


def _rota(request: Request, here: Study, group: Cohort, form: Pressed | None = None) -> HttpResponse:
    me = queries.person_behind(here, request.user)
    rota = queries.rota(group)
    return page(request, "rota", study=here, cohort=group, rota=rota, me=me, form=form)


@require_POST
def tell_in_session(request: Request, study: str, facilitation: int) -> HttpResponse:
    """By the trainer themselves."""
    here = study_for(request.user, study, to=Permission.SEE_TRAINING)
    return _tell(request, here, queries.own_facilitation_for(here, request.user, facilitation))


@require_POST
def step_back_from_telling(request: Request, study: str, facilitation: int) -> HttpResponse:
    """By the trainer themselves, on any day; nothing is asked."""
    here = study_for(request.user, study, to=Permission.SEE_TRAINING)
    leading = queries.own_facilitation_for(here, request.user, facilitation)
    actions.step_back_from_telling(by=request.user, facilitation=leading)
    return redirect("training:rota", here.slug, leading.session.cohort_id)


@require_POST
def put_down_for_telling(request: Request, study: str, facilitation: int) -> HttpResponse:
    """By whoever appoints, for a trainer who said so."""
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    return _tell(request, here, queries.facilitation_for(here, facilitation))


@require_POST
def take_off_telling(request: Request, study: str, facilitation: int) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    leading = queries.facilitation_for(here, facilitation)
    actions.step_back_from_telling(by=request.user, facilitation=leading)
    return redirect("training:rota", here.slug, leading.session.cohort_id)


def _tell(request: Request, here: Study, leading: Facilitation) -> HttpResponse:
    group = leading.session.cohort
    form = Pressed(request.POST)
    if form.do(actions.tell_in_session, by=request.user, facilitation=leading):
        told = {"name": leading.person.name, "title": leading.session.title}
        messages.success(request, _("%(name)s tells in “%(title)s”.") % told)
        return redirect("training:rota", here.slug, group.pk)
    return _rota(request, here, group, form)


@require_POST
@on_own_page
def my_telling(request: HttpRequest, own: Own, facilitation: int) -> HttpResponse:
    """The trainer's own word from their own page: that they tell, or that they don't after all."""
    leading = queries.own_telling_for(own.person, facilitation)
    if leading.tells:
        actions.step_back_from_telling(by=own.person, facilitation=leading)
    else:
        form = Pressed(request.POST)
        form.do(actions.tell_in_session, by=own.person, facilitation=leading)
        for refusal in form.non_field_errors():
            messages.error(request, str(refusal))
    return redirect(address(own, "training:my-leading"))
