from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from alongside.accounts.queries import NOT_HERE
from alongside.demo import queries

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@login_not_required
def cast(request: HttpRequest) -> HttpResponse:
    """Everyone in the demonstration, each a click away from being signed in."""
    _only_in_the_demonstration()
    return render(request, "demo/cast.html", {"cast": queries.cast()})


@login_not_required
def sign_in_as(request: HttpRequest, user: UUID) -> HttpResponse:
    _only_in_the_demonstration()
    login(request, queries.one_of_the_cast(user), backend=BACKEND)
    return redirect("accounts:home")


def _only_in_the_demonstration() -> None:
    if not settings.DEMONSTRATION:
        raise Http404(NOT_HERE)
