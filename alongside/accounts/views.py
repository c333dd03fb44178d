from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.accounts import actions
from alongside.accounts.forms import FirstStudy, MyName, NewMember, NewStudy
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import (
    NOT_HERE,
    any_study_for,
    coordinates_somewhere,
    membership_for,
    nobody_yet,
    studies_of,
    study_for,
    team,
)
from alongside.accounts.requests import Request


@login_not_required
def sign_in(request: HttpRequest) -> HttpResponse:
    """Where allauth sends whoever has to begin signing in again."""
    return redirect("account_request_login_code")


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        mine = list(studies_of(request.user)[:2])
        return redirect("accounts:study", mine[0].slug) if len(mine) == 1 else redirect("accounts:studies")
    return open_first_study(request) if nobody_yet() else redirect("account_request_login_code")


def open_first_study(request: HttpRequest) -> HttpResponse:
    form = FirstStudy(request.POST or None)
    if form.is_valid():
        try:
            study, user = actions.open_first_study(**form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
            return redirect("accounts:study", study.slug)
    return render(
        request,
        "accounts/first_study.html",
        {"form": form, "nobody_yet": True},
        status=422 if form.is_bound else 200,
    )


def studies(request: Request) -> HttpResponse:
    context = {"studies": studies_of(request.user), "may_open": coordinates_somewhere(request.user)}
    return render(request, "accounts/studies.html", context)


def found_study(request: Request) -> HttpResponse:
    if not coordinates_somewhere(request.user):
        raise Http404(NOT_HERE)
    form = NewStudy(request.POST or None, initial={"method": "reflexive"})
    if form.is_valid():
        study = actions.found_study(by=request.user, **form.cleaned_data)
        messages.success(request, _("The study is open. You hold every role that it needs to begin."))
        return redirect("accounts:study", study.slug)
    return render(request, "accounts/found_study.html", {"form": form}, status=422 if form.is_bound else 200)


def study(request: Request, study: str) -> HttpResponse:
    entered = any_study_for(request.user, study)
    return render(request, "accounts/study.html", {"study": entered, "team": team(entered)})


def members(request: Request, study: str) -> HttpResponse:
    entered = study_for(request.user, study, to=Permission.MANAGE_STUDY)
    form = NewMember(request.POST or None)
    if form.is_valid():
        added = actions.add_member(by=request.user, study=entered, **form.cleaned_data)
        messages.success(
            request,
            _("%(name)s is in the study. Ask them to open this site and sign in with %(email)s.")
            % {"name": added.name, "email": added.email},
        )
        return redirect("accounts:members", entered.slug)
    context = {"study": entered, "team": team(entered), "form": form}
    return render(request, "accounts/members.html", context, status=422 if form.is_bound else 200)


@require_POST
def take_role(request: Request, study: str, membership: int) -> HttpResponse:
    entered = study_for(request.user, study, to=Permission.MANAGE_STUDY)
    held = membership_for(entered, membership)
    try:
        actions.take_role(by=request.user, membership=held)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        told = {"name": held.user.name, "role": held.get_role_display()}
        messages.success(request, _("%(name)s no longer has the role %(role)s.") % told)
    # Whoever gave up a role of their own may no longer see the list of members.
    mine = held.user == request.user
    return redirect("accounts:home") if mine else redirect("accounts:members", entered.slug)


def account(request: Request) -> HttpResponse:
    form = MyName(request.POST or None, initial={"name": request.user.name})
    if form.is_valid():
        actions.rename_user(user=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("accounts:account")
    return render(request, "accounts/account.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
def sign_out_everywhere(request: Request) -> HttpResponse:
    actions.sign_out_everywhere(user=request.user)
    update_session_auth_hash(request, request.user)
    messages.success(request, _("You are signed out everywhere but here."))
    return redirect("accounts:account")
