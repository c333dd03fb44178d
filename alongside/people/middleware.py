import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from alongside.people.models import BridgeLost

log = logging.getLogger(__name__)


class LostKey:
    """Says in one plain page that a study's identity key is missing; the log says which file."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, BridgeLost):
            return None
        log.error("%s", exception)
        return render(request, "people/key_lost.html", status=503)
