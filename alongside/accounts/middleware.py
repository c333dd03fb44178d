from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from alongside.accounts.devices import keep_note
from alongside.accounts.second_factor import is_missing, to_second_step


class SecondFactor:
    """Closes every page to whoever needs a second step and hasn't given one, but for those that say they
    do without: public pages, people's own pages, and the pages on which the step is set up or given.

    Whether it is asked for depends on the roles of whoever asks, never on the address, so the answer tells
    nothing of what is there.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], *_given: Any
    ) -> HttpResponseBase | None:
        public = not getattr(view, "login_required", True)
        if public or not getattr(view, "second_factor_required", True) or request.user.is_anonymous:
            return None
        return to_second_step(request) if is_missing(request) else None


class Devices:
    """Keeps a note of where people are signed in, so that they can look, and sign a device out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_given: Any) -> None:
        if getattr(view, "login_required", True) and request.user.is_authenticated:
            keep_note(request)
