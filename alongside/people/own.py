"""A person's own pages have two addresses each: one by their personal link, one by signing in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required, login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import translation

from alongside.accounts.models import User
from alongside.people.queries import LinkEnded, Own, own_page

View = Callable[..., HttpResponseBase]


class SignedIn(HttpRequest):
    """A request of someone who is signed in, as every page of a study asks for."""

    user: User


def kept_private(view: View) -> View:
    """No search engine lists what `view` answers, and no browser keeps it."""

    @wraps(view)
    def page(request: HttpRequest, **keys: Any) -> HttpResponseBase:
        answer = view(request, **keys)
        answer.headers["X-Robots-Tag"] = "noindex, nofollow"
        answer.headers["Cache-Control"] = "no-store"
        return answer

    return page


def on_own_page(view: View) -> View:
    """Let `view` receive the person whose page it is, in their language; a link that leads nowhere gets one
    plain answer."""

    @login_not_required
    @kept_private
    @wraps(view)
    def page(request: HttpRequest, *, token: str = "", study: str = "", **keys: Any) -> HttpResponseBase:
        try:
            own = own_page(request.user, token=token, study=study)
        except LinkEnded:
            return render(request, "people/link_ended.html", status=404)
        with translation.override(spoken(own.person.language)):
            answer = view(request, own, **keys)
            answer.headers["Content-Language"] = translation.get_language()
        return answer

    return page


def spoken(language: str) -> str:
    """The language of a person's pages: theirs, where the pages are translated into it."""
    return language if language in dict(settings.LANGUAGES) else translation.get_language()


def own_paths(route: str, view: View, name: str) -> list[URLPattern]:
    return [
        path(f"me/<str:token>/{route}", view, name=name),
        path(f"s/<slug:study>/me/{route}", login_required(view), name=name),
    ]


def address(own: Own, name: str, **keys: Any) -> str:
    """The address of another of the person's own pages, reached the way they came."""
    return reverse(name, kwargs={**own.where, **keys})
