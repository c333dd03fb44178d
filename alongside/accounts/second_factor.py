"""The second step of signing in: what of it a session remembers, and which pages do without it."""

from collections.abc import Callable
from typing import Any, TypeVar

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from alongside.accounts.models import User
from alongside.accounts.queries import SECOND_FACTORS, has_second_factor, needs_second_factor
from alongside.audit.actions import record

View = TypeVar("View", bound=Callable[..., Any])


def without_second_factor(view: View) -> View:
    """Open `view` to whoever is signed in: the pages on which one sets up or gives the second step."""
    view.second_factor_required = False  # type: ignore[attr-defined]
    return view


def confirmed_at(request: HttpRequest) -> float:
    """When this session was last confirmed by a second step, in seconds; 0 if it never was."""
    return max(
        (each["at"] for each in get_authentication_records(request, request.user) if _counts(each)), default=0
    )


def _counts(authentication: dict[str, Any]) -> bool:
    counting = {"mfa", "socialaccount"} if settings.SSO_SECOND_FACTOR else {"mfa"}
    return authentication["method"] in counting


def is_missing(request: HttpRequest) -> bool:
    """Whether whoever asks holds a role that needs a second step, and hasn't given one in this session."""
    if settings.DEMONSTRATION or confirmed_at(request):
        return False
    return needs_second_factor(request.user)


def to_second_step(request: HttpRequest) -> HttpResponse:
    """Where to go instead: to give the second step, or to set one up."""
    if not has_second_factor(request.user):
        return to_set_one_up(request)
    back = request.get_full_path() if request.method == "GET" and not _is_htmx(request) else "/"
    return _sent(request, f"{reverse('mfa_reauthenticate')}?{urlencode({'next': back})}")


def to_set_one_up(request: HttpRequest) -> HttpResponse:
    return _sent(request, reverse("mfa_index"))


def _sent(request: HttpRequest, address: str) -> HttpResponse:
    return HttpResponseClientRedirect(address) if _is_htmx(request) else redirect(address)


def _is_htmx(request: HttpRequest) -> bool:
    return "HX-Request" in request.headers


@receiver(signals.authenticator_added)
def note_added(request: HttpRequest, user: User, authenticator: Authenticator, **_given: Any) -> None:
    """On the record; and whoever has just set a second step up has given it."""
    record(by=user, verb="add_second_factor", on=authenticator, fields=[authenticator.type])
    if authenticator.type in SECOND_FACTORS:
        kind = {"id": authenticator.pk, "type": str(authenticator.type)}
        record_authentication(request, user, "mfa", reauthenticated=True, **kind)


@receiver(signals.authenticator_removed)
def note_removed(user: User, authenticator: Authenticator, **_given: Any) -> None:
    record(by=user, verb="remove_second_factor", fields=[authenticator.type])


@receiver(signals.authenticator_reset)
def note_reset(user: User, authenticator: Authenticator, **_given: Any) -> None:
    record(by=user, verb="renew_recovery_codes", on=authenticator, fields=[authenticator.type])
