"""A person's own pages have two addresses each: one by their personal link, one by signing in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required, login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse

from alongside.accounts.models import User
from alongside.people.queries import LinkEnded, Own, own_page


class SignedIn(HttpRequest):
    """A request of someone who is signed in, as every page of a study asks for."""

    user: User


def on_own_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let `view` receive the person whose page it is; a link that leads nowhere gets one plain answer."""

    @login_not_required
    @wraps(view)
    def page(request: HttpRequest, *, token: str = "", study: str = "", **keys: Any) -> HttpResponse:
        try:
            own = own_page(request.user, token=token, study=study)
        except LinkEnded:
            return render(request, "people/link_ended.html", status=404)
        return view(request, own, **keys)

    return page


def own_paths(route: str, view: Callable[..., HttpResponse], name: str) -> list[URLPattern]:
    return [
        path(f"me/<str:token>/{route}", view, name=name),
        path(f"s/<slug:study>/me/{route}", login_required(view), name=name),
    ]


def address(own: Own, name: str, **keys: Any) -> str:
    """The address of another of the person's own pages, reached the way they came."""
    return reverse(name, kwargs={**own.where, **keys})
