"""A learner's own sessions: the same for everyone."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.people.own import address, on_own_page
from alongside.people.queries import Own
from alongside.training import actions, queries
from alongside.training.forms import AnswerForm, OwnAnswerForm, Pressed
from alongside.web.forms import Asking


@on_own_page
def my_sessions(request: HttpRequest, own: Own) -> HttpResponse:
    return _own_sessions(request, own)


@require_POST
@on_own_page
def my_answer(request: HttpRequest, own: Own, session: UUID) -> HttpResponse:
    found = queries.own_session_for(own.person, session)
    form = OwnAnswerForm(request.POST, session=found, person=own.person)
    form.do(actions.mark_attendance, by=own.person, session=found)
    return _answered(request, own, form, _("Thank you for telling us."))


@require_POST
@on_own_page
def my_offer(request: HttpRequest, own: Own, enrolment: UUID) -> HttpResponse:
    place = queries.own_enrolment_for(own.person, enrolment)
    form = AnswerForm(request.POST)
    form.do(actions.answer_offer, by=own.person, enrolment=place)
    return _answered(request, own, form, _("Thank you. Your answer is written down."))


@require_POST
@on_own_page
def my_agreement(request: HttpRequest, own: Own, agreement: int) -> HttpResponse:
    read = queries.own_agreement_for(own.person, agreement)
    form = Pressed(request.POST)
    form.do(actions.acknowledge_agreement, by=own.person, agreement=read, person=own.person)
    return _answered(request, own, form, _("Thank you for reading it."))


def _answered(request: HttpRequest, own: Own, form: Asking, said: str) -> HttpResponse:
    if form.errors:
        return _own_sessions(request, own, form=form)
    if _wants_part(request):
        return _own_sessions(request, own, said=said)
    messages.success(request, said)
    return redirect(address(own, "training:my-sessions"))


def _own_sessions(request: HttpRequest, own: Own, form: Asking | None = None, said: str = "") -> HttpResponse:
    """The part that the person's page asks for; without script, a page of its own."""
    groups = queries.own_groups(own.person)
    context = {
        "own": own,
        "study": own.person.study,
        "groups": groups,
        "offers": queries.own_offers(own.person),
        "leads": queries.led_by(own.person).exists() or queries.has_plans(own.person),
        "mark": uuid4(),
        "form": form,
        "said": said,
    }
    template = "training/my_sessions.html" + ("#sessions" if _wants_part(request) else "")
    with timezone.override(groups[0].cohort.zone if groups else timezone.get_current_timezone()):
        return render(request, template, context, status=form.status if form else 200)


def _wants_part(request: Any) -> bool:
    return bool(request.htmx)
