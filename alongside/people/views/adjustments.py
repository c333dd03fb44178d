from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.people import actions, queries
from alongside.people.forms import AdjustmentForm, DifferentForm, ReviewForm, ShareForm
from alongside.people.own import SignedIn, address, on_own_page
from alongside.people.queries import Own
from alongside.web.forms import Asking


def record_adjustment(request: HttpRequest, study: str, person: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.KEEP_PEOPLE)
    them = queries.person_for(here, person)
    form = AdjustmentForm(request.POST or None)
    if form.do(actions.record_adjustment, by=request.user, person=them):
        messages.success(request, _("The adjustment is recorded."))
        return redirect("people:person", here.slug, them.pk)
    context = {"study": here, "person": them, "form": form}
    return render(request, "people/record_adjustment.html", context, status=form.status)


def share_adjustment(request: HttpRequest, study: str, adjustment: int) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.KEEP_PEOPLE)
    found = queries.adjustment_for(here, request.user, adjustment)
    form = ShareForm(request.POST or None, initial={"share_with": found.share_with})
    if form.do(actions.share_adjustment, by=request.user, adjustment=found):
        messages.success(request, _("Noted who may know of it."))
        return redirect("people:person", here.slug, found.person_id)
    context = {"study": here, "person": found.person, "adjustment": found, "form": form}
    return render(request, "people/share_adjustment.html", context, status=form.status)


@require_POST
def end_adjustment(request: SignedIn, study: str, adjustment: int) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.KEEP_PEOPLE)
    found = queries.adjustment_for(here, request.user, adjustment)
    actions.end_adjustment(by=request.user, adjustment=found)
    messages.success(request, _("“%(need)s” is not needed any more.") % {"need": found.need})
    return redirect("people:person", here.slug, found.person_id)


def review_adjustments(request: HttpRequest, study: str, person: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.KEEP_PEOPLE)
    them = queries.person_for(here, person)
    form = ReviewForm(request.POST or None)
    if form.do(actions.review_adjustments, by=request.user, person=them):
        messages.success(request, _("Noted that they were asked."))
        return redirect("people:person", here.slug, them.pk)
    context = {"study": here, "person": them, "form": form}
    return render(request, "people/review_adjustments.html", context, status=form.status)


@on_own_page
def my_different(request: HttpRequest, own: Own) -> HttpResponse:
    form = DifferentForm(request.POST or None)
    if form.do(actions.record_adjustment, by=own.person, person=own.person):
        messages.success(request, _("Thank you. It is written down as you said it."))
        return redirect(address(own, "people:my-different"))
    return _my_different(request, own, form)


@require_POST
@on_own_page
def my_adjustment_ends(request: HttpRequest, own: Own, adjustment: int) -> HttpResponse:
    found = queries.own_adjustment_for(own.person, adjustment)
    form = Asking({})
    if form.do(actions.end_adjustment, by=own.person, adjustment=found):
        messages.success(request, _("“%(need)s” is taken off.") % {"need": found.need})
        return redirect(address(own, "people:my-different"))
    return _my_different(request, own, form)


def _my_different(request: HttpRequest, own: Own, form: Asking) -> HttpResponse:
    context = {
        "own": own,
        "study": own.person.study,
        "form": form,
        "adjustments": queries.own_adjustments(own.person),
    }
    return render(request, "people/my_different.html", context, status=form.status)
