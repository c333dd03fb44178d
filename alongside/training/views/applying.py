"""To ask for a place without an account, and to answer the letter that comes of it."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.accounts.ratelimit import limited
from alongside.people.own import kept_private
from alongside.people.queries import LinkEnded
from alongside.training import actions, queries
from alongside.training.forms import ApplyForm, AskerForm, Pressed
from alongside.training.models import Application, Cohort
from alongside.web.views import too_often

# A room full of people may ask from one address on the net; one sender need not ask this often.
ASKED = ("apply", "60/h/ip,10/h/key")
State = Application.State


@login_not_required
@kept_private
def apply(request: HttpRequest, study: str, cohort: UUID) -> HttpResponse:
    group = queries.listed_cohort_for(study, cohort)
    form = ApplyForm(request.POST or None, cohort=group, initial={"id": uuid4()})
    # What is sent with something missing is not counted: whoever mends it may need several goes.
    if form.is_valid() and limited(request, ASKED[0], f"{group.pk} {form.key}", ASKED[1]):
        return too_often(request)
    # A machine that fills in what nobody sees is thanked like anyone, and nothing is kept.
    if form.is_bait or form.do(actions.apply_for_place, cohort=group):
        return redirect("training:applied", study, group.pk)
    return _apply_page(request, group, form)


def _apply_page(request: HttpRequest, group: Cohort, form: ApplyForm) -> HttpResponse:
    context = {"cohort": group, "form": form, "is_past": queries.is_past(group) or queries.is_over(group)}
    return _page(request, "apply", group, form.status, **context)


@login_not_required
@kept_private
def applied(request: HttpRequest, study: str, cohort: UUID) -> HttpResponse:
    """The same for everyone, whatever came of it."""
    group = queries.listed_cohort_for(study, cohort)
    return _page(request, "applied", group, cohort=group)


@login_not_required
@kept_private
def answer_application(request: HttpRequest, letter: str) -> HttpResponse:
    try:
        application = queries.application_behind(letter)
    except LinkEnded:
        return render(request, "people/link_ended.html", status=404)
    group = application.cohort
    says_yes = request.POST.get("says") == "yes"
    named = {name: getattr(application, name) for name in ("name", "email", "phone")}
    form = AskerForm(request.POST if says_yes else None, cohort=group, initial=named)
    pressed = Pressed(request.POST)
    if request.method == "POST" and _answer(request, application, form, pressed):
        return redirect("training:answer-application", letter)
    shown = form if says_yes else pressed
    context = {"application": application, "cohort": group, "form": form, "shown": shown}
    status = shown.status if request.method == "POST" else 200
    return _page(request, "answer_application", group, status, **context)


def _answer(request: HttpRequest, application: Application, form: AskerForm, pressed: Pressed) -> bool:
    says = request.POST.get("says")
    if says == "yes":
        done = form.do(actions.answer_for_half, application=application)
        told = _("Thank you. You have asked for a place.")
    elif says == "alone":
        done = pressed.do(actions.come_alone_after_all, application=application)
        told = _("Thank you. You have asked for a place for yourself.")
    elif says == "no" and application.state == State.ASKED:
        done = pressed.do(actions.decline_as_half, application=application)
        told = _("Thank you. Your answer is written down.")
    else:
        done = pressed.do(actions.take_back_application, application=application)
        told = _("Thank you. Your answer is written down.")
    if done:
        messages.success(request, told)
    return done


def _page(
    request: HttpRequest, template: str, group: Cohort, status: int = 200, **context: object
) -> HttpResponse:
    with timezone.override(group.zone):
        return render(request, f"training/{template}.html", {"study": group.study, **context}, status=status)
