import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from alongside.exchange.people.actions import forget_old_people_files

EVERY = 60 * 60


class OldTables:
    """Throws away tables of people whose day is over, with the first request of each hour.

    Whoever left one behind may never come back, and nothing runs here by the clock. Those that are there when
    the site starts go then, in `alongside.exchange.starting`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.due = time.monotonic() + EVERY

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if time.monotonic() >= self.due:
            self.due = time.monotonic() + EVERY
            forget_old_people_files()
        return self.get_response(request)
