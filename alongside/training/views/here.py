"""“I’m here”: signing in with the code of a session. Looking changes nothing; pressing does.

Nobody's name is shown before they have typed it. Whoever is signed in, or on their own page, needs no name.
Wrong codes and names are counted for one address on the net, and for one code.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from alongside.accounts.ratelimit import limited
from alongside.people.own import kept_private, on_own_page
from alongside.people.queries import Own
from alongside.training import actions, queries
from alongside.training.forms import HereCodeForm, HereNameForm, Pressed
from alongside.training.models import Session
from alongside.web.forms import Asking
from alongside.web.views import too_often

# Right ones are not counted: a whole room signs in from one address.
WRONG_CODES = ("wrong_session_code", "everybody", "20/m/ip,120/m/key")
WRONG_NAMES = "wrong_name"
NAMES_RATE = "20/m/ip,30/m/key"


@login_not_required
@kept_private
def here(request: HttpRequest) -> HttpResponse:
    """Where the code is typed, for whoever can’t use the camera."""
    form = HereCodeForm(request.POST or None)
    if request.method == "POST" and limited(request, *WRONG_CODES, only_look=True):
        return too_often(request)
    if form.is_valid():
        return redirect("training:here-at", form.cleaned_data["code"].code)
    return _ask_for_code(request, form)


@login_not_required
@kept_private
def here_at(request: HttpRequest, code: str) -> HttpResponse:
    """Signing in to the session whose code is in the address, as the QR code has it."""
    if limited(request, *WRONG_CODES, only_look=True):
        return too_often(request)
    known = HereCodeForm({"code": code})
    if not known.is_valid():
        return _ask_for_code(request, known)
    session: Session = known.cleaned_data["code"]
    me = queries.place_in(session, request.user)
    if me is not None:
        pressed = Pressed(request.POST if request.method == "POST" else None)
        done = pressed.do(actions.sign_in_with_code, by=me, session=session, person=me)
        return _told(request, session, pressed, me=me, name=me.name if done else "")
    if request.method == "POST" and limited(request, WRONG_NAMES, session.code, NAMES_RATE, only_look=True):
        return too_often(request)
    form = HereNameForm(request.POST or None, session=session)
    if form.do(actions.sign_in_with_code, by=None, session=session):
        return _told(request, session, form, name=form.made.person.name)
    if form.errors:
        limited(request, WRONG_NAMES, session.code, NAMES_RATE)
    return _told(request, session, form)


@on_own_page
def my_here(request: HttpRequest, own: Own) -> HttpResponse:
    """The same from one's own page: the code is enough, as we know who it is."""
    if request.method == "POST" and limited(request, *WRONG_CODES, only_look=True):
        return too_often(request)
    code = HereCodeForm(request.POST or None)
    form, done, session = code, False, None
    if code.is_valid():
        session = code.cleaned_data["code"]
        pressed = Pressed({})
        done = pressed.do(actions.sign_in_with_code, by=own.person, session=session, person=own.person)
        for refusal in pressed.non_field_errors():
            code.add_error("code", refusal)
    elif code.errors:
        limited(request, *WRONG_CODES)
    context = {"own": own, "study": own.person.study, "form": form, "done": done, "session": session}
    return render(request, "training/my_here.html", context, status=422 if form.errors else 200)


def _ask_for_code(request: HttpRequest, form: HereCodeForm) -> HttpResponse:
    if form.errors:
        limited(request, *WRONG_CODES)
    return render(request, "training/here.html", {"form": form}, status=422 if form.errors else 200)


def _told(
    request: HttpRequest, session: Session, form: Asking, *, me: object = None, name: str = ""
) -> HttpResponse:
    context = {"session": session, "form": form, "me": me, "name": name}
    with timezone.override(session.cohort.zone):
        return render(request, "training/here_at.html", context, status=form.status)
