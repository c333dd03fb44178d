import threading
from collections.abc import Callable
from time import monotonic

from django.http import Http404, HttpRequest, HttpResponseBase


class PrivatePages:
    """Pages hold what people said: no cache but the reader's own may keep them, and that not either."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response


class PlainAddresses:
    """No text in a database holds NUL, and PostgreSQL refuses even to look for it: an address with it leads
    nowhere, whatever view it would have come to. In what forms send, their fields refuse it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404
        return self.get_response(request)


class FewAtOnce:
    """Of the requests that came, a few are worked on at a time, so that one that changes something doesn't
    hold its locks while all the others take their turns at the interpreter: with all eight threads at work,
    twenty coders waited ten times as long for an answer. Whoever waits for something slow beside the
    interpreter (a language model, a disk) goes on, but counts no longer once `PATIENCE` is over."""

    AT_ONCE, PATIENCE = 3, 1.0

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.changed = threading.Condition()
        # In the order in which they came; and when each that is worked on was begun.
        self.waiting: list[HttpRequest] = []
        self.begun: dict[HttpRequest, float] = {}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with self.changed:
            self._wait_for_turn(request)
        try:
            return self.get_response(request)
        finally:
            with self.changed:
                del self.begun[request]
                self.changed.notify_all()

    def _wait_for_turn(self, request: HttpRequest) -> None:
        """As long as those who came before and those who are worked on let it wait, and never very long."""
        self.waiting.append(request)
        at_most = monotonic() + self.PATIENCE
        while (left := at_most - monotonic()) > 0:
            if self.waiting[0] is request:
                left = min(left, self._until_next_turn())
                if left <= 0:
                    break
            self.changed.wait(left)
        self.waiting.remove(request)
        self.begun[request] = monotonic()
        # There may be room for the next one as well.
        self.changed.notify_all()

    def _until_next_turn(self) -> float:
        """How long it takes at most until another request may be worked on."""
        counting = sorted(self.begun.values())[-self.AT_ONCE :]
        return counting[0] + self.PATIENCE - monotonic() if len(counting) == self.AT_ONCE else 0
