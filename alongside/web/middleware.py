import threading
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase


class PrivatePages:
    """Pages hold what people said: no cache but the reader's own may keep them, and that not either."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response


class FewAtOnce:
    """Of the requests that came, a few are worked on at a time, so that one that changes something doesn't
    hold its locks while all the others take their turns at the interpreter: with all eight threads at work,
    twenty coders waited ten times as long for an answer. Whoever waits for something slow beside the
    interpreter (mail, a language model) holds the others up no longer than `PATIENCE`."""

    AT_ONCE, PATIENCE = 3, 1.0

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.free = threading.BoundedSemaphore(self.AT_ONCE)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        has_turn = self.free.acquire(timeout=self.PATIENCE)
        try:
            return self.get_response(request)
        finally:
            if has_turn:
                self.free.release()
