import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from alongside.web.middleware import FewAtOnce

LONG = 30


@pytest.fixture
def pages() -> RequestFactory:
    return RequestFactory()


def site(answer: Callable[[HttpRequest], HttpResponse], *, at_once: int, patience: float) -> FewAtOnce:
    served = type("Few", (FewAtOnce,), {"AT_ONCE": at_once, "PATIENCE": patience})
    return served(answer)


def test_no_more_than_a_few_are_worked_on_at_once(pages: RequestFactory):
    """Those two go on only when both are there; a third, were it let in, would break their barrier."""
    together, within, most = threading.Barrier(2, timeout=LONG), [], []

    def answer(request: HttpRequest) -> HttpResponse:
        within.append(request)
        most.append(len(within))
        together.wait()
        within.remove(request)
        together.wait()
        return HttpResponse()

    served = site(answer, at_once=2, patience=LONG)
    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(served, [pages.get("/") for _ in range(6)]))
    assert [each.status_code for each in answers] == [200] * 6
    assert max(most) == 2


def test_what_waits_for_something_slow_holds_nobody_up_for_long(pages: RequestFactory):
    """A page that waits for mail or a language model keeps its turn, and the next goes on without one."""
    slow, others = threading.Event(), pages.get("/others")

    def answer(request: HttpRequest) -> HttpResponse:
        return HttpResponse() if request is others or slow.wait(LONG) else HttpResponse(status=500)

    served = site(answer, at_once=1, patience=0.01)
    with ThreadPoolExecutor(2) as threads:
        waiting = threads.submit(served, pages.get("/slow"))
        assert served(others).status_code == 200
        slow.set()
        assert waiting.result().status_code == 200


def test_a_page_that_fails_gives_its_turn_back(pages: RequestFactory):
    """However often it fails, others find a turn free."""

    def fails(request: HttpRequest) -> HttpResponse:
        raise RuntimeError

    served = site(fails, at_once=1, patience=LONG)
    for _ in range(3):
        with pytest.raises(RuntimeError):
            served(pages.get("/"))
    assert served.free.acquire(blocking=False)
