import threading
from collections.abc import Callable
from time import monotonic

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
    interpreter (a language model, a disk) goes on, but counts no longer once `PATIENCE` is over."""

    AT_ONCE, PATIENCE = 3, 1.0

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.changed = threading.Condition()
        # When each request that is worked on was begun.
        self.begun: dict[HttpRequest, float] = {}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        self._wait_for_turn(request)
        try:
            return self.get_response(request)
        finally:
            with self.changed:
                del self.begun[request]
                self.changed.notify()

    def _wait_for_turn(self, request: HttpRequest) -> None:
        with self.changed:
            while (seconds := self._until_next_turn()) > 0:
                self.changed.wait(seconds)
            self.begun[request] = monotonic()

    def _until_next_turn(self) -> float:
        """How long it takes at most until another request may be worked on."""
        counting = sorted(self.begun.values())[-self.AT_ONCE :]
        return counting[0] + self.PATIENCE - monotonic() if len(counting) == self.AT_ONCE else 0
