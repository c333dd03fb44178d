from typing import cast

from allauth.mfa.webauthn.views import remove_webauthn
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.accounts import actions
from alongside.accounts.adapter import SecondFactorAdapter
from alongside.accounts.forms import FirstStudy, MyName, NewMember, NewStudy
from alongside.accounts.models import Invitation
from alongside.accounts.permissions import Permission
from alongside.accounts.posting import post, write
from alongside.accounts.queries import (
    NOT_HERE,
    any_study_for,
    authenticators_of,
    coordinates_somewhere,
    device_for,
    devices_of,
    invitation_for,
    invitations,
    is_last_needed,
    membership_for,
    nobody_yet,
    passkey_for,
    studies_of,
    study_for,
    team,
)
from alongside.accounts.requests import Request
from alongside.accounts.second_factor import is_missing, without_second_factor


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
    if form.do(actions.invite_member, by=request.user, study=entered, post=invitation_posted(request)):
        messages.success(request, _("Done. Whoever isn’t in the study yet gets an invitation by e-mail."))
        return redirect("accounts:members", entered.slug)
    context = {"study": entered, "team": team(entered), "invitations": invitations(entered), "form": form}
    return render(request, "accounts/members.html", context, status=form.status)


def invitation_posted(request: Request) -> actions.Posting:
    """Writes an invitation, with its link to this site."""

    def posted(invitation: Invitation, token: str) -> None:
        link = request.build_absolute_uri(reverse("people:accept-invitation", args=[token]))
        context = {"invitation": invitation, "link": link, "inviter": request.user}
        post(write("accounts/email/invitation", invitation.email, context))

    return posted


@require_POST
def resend_invitation(request: Request, study: str, invited: int) -> HttpResponse:
    entered = study_for(request.user, study, to=Permission.MANAGE_STUDY)
    invitation = invitation_for(entered, invited)
    actions.resend_invitation(by=request.user, invitation=invitation, post=invitation_posted(request))
    messages.success(request, _("A new link is on its way to %(email)s.") % {"email": invitation.email})
    return redirect("accounts:members", entered.slug)


@require_POST
def revoke_invitation(request: Request, study: str, invited: int) -> HttpResponse:
    entered = study_for(request.user, study, to=Permission.MANAGE_STUDY)
    invitation = invitation_for(entered, invited)
    actions.revoke_invitation(by=request.user, invitation=invitation)
    messages.success(request, _("The link sent to %(email)s no longer works.") % {"email": invitation.email})
    return redirect("accounts:members", entered.slug)


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
    form = MyName(request.POST or None, thing=request.user)
    if form.do(actions.rename_user, user=request.user):
        messages.success(request, _("Saved."))
        return redirect("accounts:account")
    return render(request, "accounts/account.html", {"form": form}, status=form.status)


@without_second_factor
def signing_in(request: Request) -> HttpResponse:
    """Passkeys, authenticator app, recovery codes, and where one is signed in."""
    held = authenticators_of(request.user)
    context = {
        "passkeys": held["webauthn"],
        "app": next(iter(held["totp"]), None),
        "codes": next(iter(held["recovery_codes"]), None),
        "missing": is_missing(request),
        "devices": devices_of(request.user),
        "this_session": request.session.session_key,
    }
    return render(request, "accounts/signing_in.html", context)


def who(request: Request) -> JsonResponse:
    """Whose session this browser has now, and what its forms must carry: asked by a page that was open while
    somebody signed out or in."""
    return JsonResponse({"me": str(request.user.pk), "token": get_token(request)})


@without_second_factor
@require_POST
def end_device(request: Request, device: int) -> HttpResponse:
    ended = device_for(request.user, device)
    actions.end_device(user=request.user, device=ended)
    messages.success(request, _("Signed out: %(device)s.") % {"device": ended})
    return redirect("mfa_index")


@without_second_factor
@require_POST
def sign_out_everywhere(request: Request) -> HttpResponse:
    actions.sign_out_everywhere(user=request.user, but=str(request.session.session_key))
    update_session_auth_hash(request, request.user)
    messages.success(request, _("You are signed out everywhere but here."))
    return redirect("mfa_index")


@without_second_factor
def remove_passkey(request: Request, pk: int) -> HttpResponseBase:
    """Allauth's own page, but for the last second step of someone whose roles need one."""
    if is_last_needed(passkey_for(request.user, pk)):
        messages.error(request, SecondFactorAdapter.error_messages["cannot_delete_authenticator"])
        return redirect("mfa_index")
    return cast(HttpResponseBase, remove_webauthn(request, pk=pk))
