"""A room round one screen, in a real browser: who is there, what it decides, and that it ends."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from alongside.accounts.models import Study, User
from alongside.analysis.models import Code, Coding
from alongside.interviews.models import Transcript

pytestmark = pytest.mark.browser

WIDTHS = ((1440, 900), (390, 844))


@pytest.fixture
def screen(
    page: Page,
    live_server: LiveServer,
    study: Study,
    hilary: User,
    dot: User,
    waiting: Code,
    rowan_transcript: Transcript,
    sign_in: Callable[[User], Client],
) -> Iterator[Page]:
    """The page where a workshop on Rowan's interview begins, at Hilary's keyboard."""
    session = sign_in(hilary).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(f"{live_server.url}/s/six-months-on/analysis/transcripts/{rowan_transcript.pk}/workshops/")
    yield page
    page.goto("about:blank")


def looked_at(page: Page, axe: Callable[[Page], None]) -> None:
    """Axe, and nothing wider than the window, on a large screen and on a phone."""
    for width, height in WIDTHS:
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
        axe(page)
    page.set_viewport_size({"width": 1440, "height": 900})


def test_a_room_decides_by_keyboard(screen: Page, axe: Callable[[Page], None]):
    """Who is there is ticked; each in turn speaks first; what is coded is the team's and is listed, after a
    reload, too; undoing takes it from the list."""
    looked_at(screen, axe)
    screen.get_by_label("Dot Ellison").check()
    screen.get_by_role("button", name="Begin the workshop").click()
    screen.wait_for_selector("html[data-bench=ready]", state="attached")
    looked_at(screen, axe)
    first = screen.locator("#first-to-say b")
    expect(first).to_have_text("Dot Ellison")
    screen.get_by_role("button", name="Next person").click()
    expect(first).to_have_text("Hilary Banks")
    screen.locator(".turn").nth(1).focus()
    for key in ("ArrowRight", "c"):
        screen.keyboard.press(key)
    screen.keyboard.type("waiting")
    screen.keyboard.press("Enter")
    decided = screen.get_by_role("region", name="Decided here").get_by_role("listitem")
    expect(decided).to_have_count(1)
    expect(screen.locator("#in-turn")).to_contain_text("Asking, then waiting")
    expect(screen.locator(".stripe.waiting")).to_have_count(0)
    coding = Coding.objects.get()
    assert coding.adopted is not None
    assert coding.workshop is not None
    screen.reload()
    expect(decided).to_have_count(1)
    screen.locator(".turn").nth(1).focus()
    screen.keyboard.press("u")
    expect(decided).to_have_count(0)
    screen.get_by_role("button", name="End the workshop").click()
    expect(screen.get_by_role("status").filter(has_text="The workshop has ended")).to_be_visible()
    expect(screen.get_by_role("row").filter(has_text="Dot Ellison, Hilary Banks")).to_be_visible()
