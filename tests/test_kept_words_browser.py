"""Long words in a form: typed and not sent, they outlive a reload and a lost session."""

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from alongside.accounts.models import Study, User
from alongside.analysis.actions import change_code
from alongside.analysis.models import Code, Memo

pytestmark = pytest.mark.browser

ROOM = "/s/six-months-on/analysis/"
BACK = "What you typed here before was not sent."


@pytest.fixture
def enter(page: Page, live_server: LiveServer, study: Study, hilary: User, sign_in: Callable[[User], Client]):
    """Hilary's browser at an address, signed in anew."""

    def enters(address: str) -> Page:
        session = sign_in(hilary).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page.goto(live_server.url + ROOM + address)
        return page

    yield enters
    page.goto("about:blank")


def test_the_journal_outlives_a_reload(enter: Callable[[str], Page], axe: Callable[[Page], None]):
    """The words stand in the box again, with a sentence; kept, they are gone from it, and stay gone."""
    page = enter("memos/journal/")
    box = page.get_by_label("A new entry")
    box.fill("Half an hour’s words")
    page.get_by_label("Only I can see this").uncheck()
    page.reload()
    expect(box).to_have_value("Half an hour’s words")
    expect(page.get_by_label("Only I can see this")).not_to_be_checked()
    expect(page.locator(".put-back")).to_contain_text(BACK)
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        axe(page)
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("Your entry is kept.")).to_be_visible()
    expect(box).to_have_value("")
    page.reload()
    expect(box).to_have_value("")
    expect(page.locator(".put-back")).to_have_count(0)
    assert Memo.objects.get().words == "Half an hour’s words"
    kept = page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    assert [name for name in kept if name.startswith("words:")] == []


def test_a_lost_session_loses_no_words(enter: Callable[[str], Page], waiting: Code):
    """Sent after the session had ended: signed in again, they are in the boxes, and can be cleared away."""
    page = enter(f"memos/write/?code={waiting.pk}")
    box = page.get_by_label("What do you want to keep?")
    box.fill("On gaps")
    Session.objects.all().delete()
    page.get_by_role("button", name="Keep it").click()
    expect(box).to_have_count(0)
    enter(f"memos/write/?code={waiting.pk}")
    expect(box).to_have_value("On gaps")
    expect(page.locator(".put-back")).to_contain_text(BACK)
    page.get_by_role("button", name="Clear it away").click()
    expect(box).to_have_value("")
    page.reload()
    expect(box).to_have_value("")
    assert not Memo.objects.exists()


def test_a_refused_form_keeps_its_words(enter: Callable[[str], Page], waiting: Code):
    """A name that is taken: what the code means stays in the box and outlives leaving the page; once it was
    taken, it is kept no longer."""
    page = enter("codebook/add/")
    page.get_by_label("Name", exact=True).fill(waiting.name)
    page.get_by_label("What it means").fill("Somebody asks, and leaves a gap.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("What it means")).to_have_value("Somebody asks, and leaves a gap.")
    enter("codebook/add/")
    expect(page.get_by_label("What it means")).to_have_value("Somebody asks, and leaves a gap.")
    page.get_by_label("Name", exact=True).fill("Gaps")
    page.get_by_role("button", name="Save").click()
    assert Code.objects.get(name="Gaps").definition == "Somebody asks, and leaves a gap."
    enter("codebook/add/")
    expect(page.get_by_label("What it means")).to_have_value("")


def on_post(page: Page, does: Callable[[Route], None]) -> None:
    """What comes of sending the journal."""
    page.context.route(
        "**/journal/", lambda route: does(route) if route.request.method == "POST" else route.continue_()
    )


def test_what_was_sent_and_lost_outlives_its_tab(enter: Callable[[str], Page]):
    """The line is down, the tab is closed on the browser's own error page: the next tabs have it, at the
    latest once nothing can be on its way any more."""
    page = enter("memos/journal/")
    page.get_by_label("A new entry").fill("Half an hour’s words")
    address = page.url
    on_post(page, lambda route: route.abort())
    page.get_by_role("button", name="Keep it").click()
    page.wait_for_url("chrome-error://**")
    second = page.context.new_page()
    page.goto("about:blank")
    second.goto(address)
    expect(second.get_by_label("A new entry")).to_have_value("")
    second.evaluate(
        """() => {
          const name = Object.keys(localStorage).find((each) => each.startsWith("words:"));
          const left = JSON.parse(localStorage.getItem(name));
          localStorage.setItem(name, JSON.stringify({ ...left, sent: left.sent - 60_001 }));
        }"""
    )
    second.reload()
    expect(second.get_by_label("A new entry")).to_have_value("Half an hour’s words")
    second.goto("about:blank")
    assert not Memo.objects.exists()


def test_what_is_typed_after_sending_is_kept(enter: Callable[[str], Page]):
    """The server took the first words, the page was stopped before it heard, and more was typed."""
    page = enter("memos/journal/")
    box = page.get_by_label("A new entry")
    box.fill("First.")

    def taken_unheard(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.fulfill(status=204)

    on_post(page, taken_unheard)
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_role("button", name="Keep it").click()
    box.press_sequentially(" Second.")
    page.reload()
    expect(box).to_have_value("First. Second.")
    assert Memo.objects.get().words == "First."


def test_cleared_away_a_form_is_sealed_as_it_came(enter: Callable[[str], Page], waiting: Code, dot: User):
    """Begun, left, changed by somebody meanwhile, cleared away: what is then written is saved at once."""
    page = enter(f"codes/{waiting.pk}/change/")
    page.get_by_label("What it means").fill("Begun")
    change_code(by=dot, code=waiting, definition="Dot’s")
    enter(f"codes/{waiting.pk}/change/")
    expect(page.get_by_label("What it means")).to_have_value("Begun")
    page.get_by_role("button", name="Clear it away").click()
    expect(page.get_by_label("What it means")).to_have_value("Dot’s")
    page.get_by_label("What it means").fill("Dot’s, and mine")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("What it means")).to_have_count(0)
    waiting.refresh_from_db()
    assert waiting.definition == "Dot’s, and mine"
