"""Pages as a person's browser meets them, on this machine alone."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import BrowserContext, Page, sync_playwright

from tests.support.chromium import launch_options

# Two frames on: what was last put on the page has been painted.
PAINTED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
SINCE_START = "() => performance.now() / 1000"
NOWHERE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"


@contextmanager
def browser_context() -> Iterator[BrowserContext]:
    """A browser that reaches this machine only, with a desktop window."""
    options = launch_options()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**{**options, "args": [*options["args"], NOWHERE]})
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
        context.set_default_timeout(600_000)
        yield context
        browser.close()


def seconds_until_painted(page: Page) -> float:
    """From the start of the navigation to now, once what is on the page has been painted."""
    page.evaluate(PAINTED)
    return float(page.evaluate(SINCE_START))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
