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


def test_what_waits_for_something_slow_holds_the_others_up_once(pages: RequestFactory):
    """Pages that wait for a language model go on, and count no longer: the first after them waits a moment,
    those that follow don't wait at all."""
    done, both_wait = threading.Event(), threading.Barrier(3, timeout=LONG)

    def answer(request: HttpRequest) -> HttpResponse:
        if request.path == "/quick/":
            return HttpResponse()
        both_wait.wait()
        return HttpResponse(status=200 if done.wait(LONG) else 500)

    def wait_again(seconds: float) -> bool:
        raise AssertionError(f"waited for {seconds} s")

    served = site(answer, at_once=2, patience=0.01)
    with ThreadPoolExecutor(2) as threads:
        slow = [threads.submit(served, pages.get("/slow/")) for _ in range(2)]
        both_wait.wait()
        assert served(pages.get("/quick/")).status_code == 200
        served.changed.wait = wait_again
        assert [served(pages.get("/quick/")).status_code for _ in range(20)] == [200] * 20
        done.set()
        assert [each.result().status_code for each in slow] == [200, 200]


def test_a_page_that_fails_gives_its_turn_back(pages: RequestFactory):
    """However often it fails, others find a turn free."""

    def fails(request: HttpRequest) -> HttpResponse:
        raise RuntimeError

    served = site(fails, at_once=1, patience=LONG)
    for _ in range(3):
        with pytest.raises(RuntimeError):
            served(pages.get("/"))
    assert served.begun == {}
