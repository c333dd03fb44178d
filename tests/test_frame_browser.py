from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from alongside.accounts.models import Study, User
from tests.support.browser import set_up_an_app
from tests.support.signing_in import code_in_the_mail, code_of_the_app, has_an_app

pytestmark = pytest.mark.browser

WIDTHS = {"desktop": (1440, 900), "phone": (390, 844), "narrow": (320, 640)}
FOR_EVERYONE = ["/sign-in/", "/help/", "/accessibility/", "/privacy/", "/patterns/", "/nowhere/"]
FOR_MEMBERS = [
    "/s/six-months-on/",
    "/s/six-months-on/members/",
    "/studies/",
    "/studies/new/",
    "/account/",
    "/sign-out/",
]


def enter(page: Page, server: LiveServer, client: Client) -> None:
    """Take a signed-in client's session into the browser."""
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server.url}]
    )


def check_everywhere(page: Page, axe: Callable[[Page], None]) -> None:
    """Axe, light and dark, and nothing wider than the window, on a desk, a phone and at 400 per cent."""
    for width, height in WIDTHS.values():
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{page.url} at {width}"
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            axe(page)


@pytest.fixture
def said(page: Page) -> list[str]:
    """What the browser's console complained of; a breach of the content security policy is there."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


@pytest.mark.parametrize("address", FOR_EVERYONE)
def test_pages_for_everyone_are_accessible(
    page: Page, live_server: LiveServer, hannah: User, axe, look, said, address: str
):
    """Wide, narrow and very narrow, light and dark: axe finds nothing, and nothing is cut off."""
    page.goto(live_server.url + address)
    check_everywhere(page, axe)
    look(page, f"frame{address.replace('/', '-')}")
    assert [words for words in said if "404" not in words] == []


@pytest.mark.parametrize("address", FOR_MEMBERS)
def test_pages_for_members_are_accessible(
    page: Page, live_server: LiveServer, as_founder: Client, dot: User, axe, look, said, address: str
):
    """The same for the pages of whoever is signed in, once every part of them has come."""
    enter(page, live_server, as_founder)
    page.goto(live_server.url + address, wait_until="networkidle")
    check_everywhere(page, axe)
    look(page, f"frame{address.replace('/', '-')}")
    assert said == []


def test_the_first_page_of_an_empty_installation(page: Page, live_server: LiveServer, axe, look, said):
    """It is accessible, says what is missing, and opens the study."""
    page.goto(live_server.url)
    check_everywhere(page, axe)
    look(page, "frame-first")
    page.get_by_role("button", name="Open the study").click()
    expect(page.get_by_role("alert")).to_be_focused()
    check_everywhere(page, axe)
    look(page, "frame-first-refused")
    page.get_by_role("link", name="Give the study a name").click()
    page.keyboard.type("Six months on")
    page.get_by_label("Who coordinates it?").fill("Hannah Whitlock")
    page.get_by_label("e-mail").fill("hannah@example.org")
    page.get_by_role("button", name="Open the study").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Signing in")
    set_up_an_app(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Six months on")
    assert [words for words in said if "422" not in words] == []


def test_signing_in_by_keyboard(page: Page, live_server: LiveServer, hannah: User, study: Study, axe, look):
    """Type the address, read the mail, type the code, type the app's, and be on the study's page; no pointer
    needed."""
    has_an_app(hannah)
    page.goto(live_server.url)
    page.get_by_label("Your e-mail address").focus()
    page.keyboard.type("hannah@example.org")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Type the code")
    check_everywhere(page, axe)
    look(page, "frame-code")
    page.get_by_label("The code from the e-mail").focus()
    page.keyboard.type(code_in_the_mail())
    page.keyboard.press("Enter")
    page.get_by_label("The code from your app").focus()
    page.keyboard.type(code_of_the_app())
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Six months on")


def test_the_menus_open_accessibly(page: Page, live_server: LiveServer, as_founder: Client, axe, look):
    """The account's menu, and on a phone the rooms: opened by keyboard, closed by Escape."""
    enter(page, live_server, as_founder)
    page.goto(live_server.url + "/account/")
    mine = page.get_by_role("button", name="Nell Archer, your account")
    mine.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Your studies")).to_be_visible()
    axe(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Your studies")).to_be_hidden()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(live_server.url + "/s/six-months-on/", wait_until="networkidle")
    page.get_by_role("button", name="Menu").press("Enter")
    expect(
        page.get_by_role("navigation", name="Steps of the study").get_by_role("link").first
    ).to_be_visible()
    axe(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("navigation", name="Steps of the study")).to_be_hidden()


def test_every_part_of_the_front_page_comes(page: Page, live_server: LiveServer, as_founder: Client):
    """No part is left waiting; where nothing waits for a person, that is said."""
    enter(page, live_server, as_founder)
    page.goto(live_server.url + "/s/six-months-on/", wait_until="networkidle")
    expect(page.locator(".skeleton")).to_have_count(0)


def test_a_part_that_fails_says_so(page: Page, live_server: LiveServer, as_founder: Client):
    """A room that does not answer leaves a sentence, not an endless wait."""
    enter(page, live_server, as_founder)
    page.route("**/training/summary", lambda route: route.fulfill(status=500, body="no"))
    page.goto(live_server.url + "/s/six-months-on/", wait_until="networkidle")
    expect(page.get_by_role("navigation", name="Where the study stands")).to_contain_text(
        "Not available just now"
    )


def test_light_and_dark_change_at_once_and_stay(page: Page, live_server: LiveServer, hannah: User):
    """Pressing Dark darkens this page without leaving it, and the next page is dark too."""
    page.goto(live_server.url + "/help/")
    page.evaluate("window.still = true")
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("window.still")
    page.goto(live_server.url + "/privacy/")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.get_by_role("button", name="As this device").click()
    page.reload()
    expect(page.locator("html")).not_to_have_attribute("data-theme", "dark")


def test_everything_works_without_scripts(browser, live_server: LiveServer, as_founder: Client):
    """Without JavaScript the rooms are links, Dark is a form, and nothing seems to wait."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    enter(page, live_server, as_founder)
    page.goto(live_server.url + "/s/six-months-on/")
    expect(page.locator(".skeleton").first).to_be_hidden()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.url == live_server.url + "/s/six-months-on/"
    page.get_by_role("button", name="Nell Archer, your account").click()
    page.get_by_role("link", name="Your account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")
    context.close()


def test_the_skip_link_is_the_first_stop(page: Page, live_server: LiveServer, hannah: User):
    """One Tab and Enter lead past the frame."""
    page.goto(live_server.url + "/help/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"


def test_words_grow_and_stay_big(page: Page, live_server: LiveServer, hannah: User):
    """The two helps for reading appear where scripts run; bigger words stay on the next page."""
    page.goto(live_server.url + "/patterns/")
    bigger = page.get_by_role("button", name="Bigger words")
    before = page.evaluate("parseFloat(getComputedStyle(document.querySelector('p')).fontSize)")
    bigger.click()
    expect(bigger).to_have_attribute("aria-pressed", "true")
    page.reload()
    after = page.evaluate("parseFloat(getComputedStyle(document.querySelector('p')).fontSize)")
    assert after == pytest.approx(before * 1.3, rel=0.01)
    expect(page.get_by_role("button", name="Bigger words")).to_have_attribute("aria-pressed", "true")
