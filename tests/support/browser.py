"""Fixtures for tests that drive a real browser: `page` as pytest-playwright gives it, `axe` and `look`."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.support.chromium import launch_options
from tests.support.signing_in import code_in_the_mail, code_of_the_app

# Playwright keeps an event loop in the thread that the tests' own database calls are made from.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
# A slow machine is no defect of a page; only a test that fails waits as long.
expect.set_options(timeout=15_000)

AXE_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
WIDTHS = {"desktop": (1440, 900), "phone": (390, 844)}


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """Launches the browser that is installed; without one, the test fails and says so."""
    return {**browser_type_launch_args, **launch_options()}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    """A British visitor, so that dates and times on pages are the same everywhere."""
    return {**browser_context_args, "locale": "en-GB", "timezone_id": "Europe/London"}


def described(violation: dict) -> str:
    lines = [f"{violation['id']} ({violation['impact']}): {violation['help']}"]
    for node in violation["nodes"]:
        messages = [check["message"] for kind in ("any", "all", "none") for check in node[kind]]
        lines.append(f"    {' '.join(map(str, node['target']))}   {node['html'][:200]}")
        lines.extend(f"        {message}" for message in messages)
    return "\n".join(lines)


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Called with a page, fails on whatever axe finds against WCAG 2.2 AA or its best practices."""

    def check(page: Page) -> None:
        options = {"runOnly": {"type": "tag", "values": list(AXE_TAGS)}, "resultTypes": ["violations"]}
        violations = Axe().run(page, options=options).response["violations"]
        assert not violations, f"axe on {page.url}:\n" + "\n".join(map(described, violations))

    return check


@pytest.fixture
def look() -> Callable[[Page, str], None]:
    """Called with a page and a name, keeps its picture in the folder ALONGSIDE_SCREENSHOTS names, if any.

    Four pictures: desktop and phone, light and dark. The page is given back as it was.
    """

    def take(page: Page, name: str) -> None:
        folder = os.environ.get("ALONGSIDE_SCREENSHOTS")
        if not folder:
            return
        Path(folder).mkdir(parents=True, exist_ok=True)
        before = page.viewport_size
        for device, (width, height) in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                page.screenshot(path=Path(folder) / f"{name}-{device}-{scheme}.png")
        page.emulate_media(color_scheme="null")
        if before:
            page.set_viewport_size(before)

    return take


def sign_in_by_mail(page: Page, base: str, email: str | None) -> None:
    """Ask for a code, read the mail, type it."""
    page.goto(f"{base}/sign-in/")
    page.locator("main [name=email]").fill(str(email))
    page.get_by_role("button", name="Send me a code").click()
    page.wait_for_url("**/sign-in/code/**")
    page.locator("main [name=code]").fill(code_in_the_mail())
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda address: "/sign-in/code/" not in address)


def set_up_an_app(page: Page) -> None:
    """On the page to which whoever needs a second step is led: an authenticator app, to the end."""
    page.get_by_role("link", name="Set up an app").click()
    page.locator("main [name=code]").fill(code_of_the_app(page.locator(".qr code").inner_text()))
    page.get_by_role("button", name="Set it up").click()
    page.get_by_role("link", name="I have kept them").click()
