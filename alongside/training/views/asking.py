"""Places on one's own page: the groups there are, asking for one, and giving it back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.people.own import address, on_own_page
from alongside.people.queries import Own
from alongside.training import actions, queries
from alongside.training.forms import AnswerForm, OwnAskForm, Pressed
from alongside.training.models import Enrolment
from alongside.web.forms import Asking


@on_own_page
def my_courses(request: HttpRequest, own: Own) -> HttpResponse:
    return _courses(request, own)


def _courses(request: HttpRequest, own: Own, form: Asking | None = None) -> HttpResponse:
    places = queries.OwnPlaces.of(own.person)
    context = {"own": own, "study": own.person.study, "places": places, "form": form}
    return render(request, "training/my_courses.html", context, status=form.status if form else 200)


@on_own_page
def my_course(request: HttpRequest, own: Own, cohort: UUID) -> HttpResponse:
    group = queries.own_course_for(own.person, cohort)
    form = OwnAskForm(request.POST if request.method == "POST" else None, cohort=group, person=own.person)
    if form.do(actions.ask_for_place, by=own.person, cohort=group, person=own.person):
        messages.success(request, _("Thank you. You have asked for a place. You hear from us."))
        return redirect(address(own, "training:my-courses"))
    context = {
        "own": own,
        "study": own.person.study,
        "cohort": group,
        "place": queries.own_place_in(own.person, group),
        "can_ask": queries.can_be_asked_for(group),
        "form": form,
    }
    with timezone.override(group.zone):
        return render(request, "training/my_course.html", context, status=form.status)


@on_own_page
def my_leaving(request: HttpRequest, own: Own, enrolment: UUID) -> HttpResponse:
    """Asks first, since a place that is given back may go to somebody else at once."""
    place = queries.own_enrolment_for(own.person, enrolment)
    form = Pressed(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.do(actions.leave_cohort, by=own.person, enrolment=place):
        messages.success(request, _("Done. You do not have to say why. You can ask again on any day."))
        return redirect(address(own, "training:my-courses"))
    context = {
        "own": own,
        "study": own.person.study,
        "place": place,
        "is_over": place.state in (Enrolment.State.LEFT, Enrolment.State.DECLINED),
        "form": form,
    }
    return render(request, "training/my_leaving.html", context, status=form.status)


@require_POST
@on_own_page
def my_own_way(request: HttpRequest, own: Own, enrolment: UUID) -> HttpResponse:
    place = queries.own_enrolment_for(own.person, enrolment)
    form = Pressed(request.POST)
    if form.do(actions.come_alone, by=own.person, enrolment=place):
        messages.success(request, _("Thank you. You have asked for a place for yourself."))
        return redirect(address(own, "training:my-courses"))
    return _courses(request, own, form)


@require_POST
@on_own_page
def my_pair_answer(request: HttpRequest, own: Own, pair: UUID) -> HttpResponse:
    asked = queries.own_pair_for(own.person, pair)
    form = AnswerForm(request.POST)
    if form.do(actions.answer_pair, by=own.person, asked=asked):
        messages.success(request, _("Thank you. Your answer is written down."))
        return redirect(address(own, "training:my-courses"))
    return _courses(request, own, form)
