"""Takes about 15 minutes, most of which goes into filling the larger project."""

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page

from benchmarks.harness import Report
from benchmarks.parts import alongside_site
from benchmarks.parts.bare_server import bare_server
from benchmarks.parts.browsing import browser_context
from benchmarks.parts.material import DOCUMENTS, LONG_CODINGS, codings_in
from benchmarks.parts.memory import Memory, memory_of
from benchmarks.parts.pressing import AWAITED, LISTENING, choose, press

TITLE = "From a key press to a code on the page, kept by the server, and seen by another coder"
PEER = "a bare page and one INSERT"

SCALES = (1, 16)
_FEW, MANY, MOST = sorted(LONG_CODINGS.values())
TIMES, TIMES_SEEN, UNCOUNTED = 100, 30, 5
KEYS = "123456789"


@dataclass
class Waits:
    """Seconds."""

    painted: list[float] = field(default_factory=list)
    shown: list[float] = field(default_factory=list)
    acknowledged: list[float] = field(default_factory=list)

    def count(self, seen: dict[str, Any]) -> None:
        self.painted.append(seen["painted"] / 1000)
        self.shown.append(seen["shown"] / 1000)
        self.acknowledged.append(seen["acknowledged"] / 1000)


def run(report: Report) -> None:
    report.say(
        "Nobody else's software applies a code by one key, so the peer is the limit of this machine: a page"
        " that draws one element, and a Django that stores one row. “Shown” is what the browser says itself"
        " of the next picture, in steps of 8 ms; “painted” is two frames after the press, up to one too late."
    )
    with tempfile.TemporaryDirectory() as name:
        with bare_server(Path(name)) as address, browser_context() as browser:
            peer = bare_waits(browser, address)
        # The larger project is the smaller one grown: there, other words of the same turns are coded.
        for word, scale in enumerate(SCALES, start=1):
            documents = DOCUMENTS * scale
            report.say(f"Filling a project with {documents:,} documents")
            with alongside_site.serving(Path(name) / "alongside", documents, coders=2) as site:
                for codings in (MANY, MOST):
                    apply(report, site, codings, f"of {codings_in(documents):,}", word, peer)
                others(report, site, f"{MANY:,} of {codings_in(documents):,}", word)


def apply(
    report: Report, site: alongside_site.Site, codings: int, project: str, word: int, peer: Waits
) -> None:
    size = f"{codings:,} {project}"
    report.say(f"Applying codes in a transcript with {size}")
    with browser_context() as browser:
        page = opened(site, codings, browser)
        before = memory_of(page)
        waits = pressed(page, turns_of(page), word)
        after = memory_of(page)
    headline = codings == MANY and not report.headline
    report.waits(f"{size}, key press to shown", waits.shown, peer.shown)
    report.waits(f"{size}, key press to painted", waits.painted, peer.painted)
    report.waits(f"{size}, to acknowledged", waits.acknowledged, peer.acknowledged, headline=headline)
    report.words(f"{size}, memory of the tab", told(before, after))


def told(before: Memory, after: Memory) -> str:
    return f"{before} when opened, {after} after {TIMES + UNCOUNTED} codes"


def opened(site: alongside_site.Site, codings: int, browser: BrowserContext, who: int = 0) -> Page:
    browser.add_init_script(LISTENING)
    page = site.opened(codings, browser, who)
    page.emulate_media(reduced_motion="reduce")
    return page


def turns_of(page: Page) -> int:
    return page.locator(".turn").count()


def pressed(page: Page, turns: int, word: int) -> Waits:
    """Apply codes from turn to turn, each on the same word, as often as is counted and a little before."""
    waits = Waits()
    for number in range(UNCOUNTED + TIMES):
        turn = choose(page, 1 + number % turns, word)
        seen = press(page, turn, KEYS[number // turns % len(KEYS)])
        if number >= UNCOUNTED:
            waits.count(seen)
    return waits


def others(report: Report, site: alongside_site.Site, size: str, word: int) -> None:
    """One applies codes, the other looks at the same turns in a browser window of their own."""
    with browser_context() as browser:
        mine = opened(site, MANY, browser)
        assert browser.browser is not None
        beside = browser.browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
        theirs = opened(site, MANY, beside, who=1)
        waits = []
        for number in range(TIMES_SEEN):
            turn = choose(mine, turns_of(mine) - number, word)
            choose(theirs, turns_of(mine) - number, word)
            theirs.evaluate(AWAITED, turn)
            begun = press(mine, turn, KEYS[-1])["clock"]
            waits.append((float(theirs.evaluate("() => arrived")) - begun) / 1000)
    report.waits(f"{size}, key press to painted for another coder", waits)


# The limit of the machine -----------------------------------------------------------------------------


def bare_waits(browser: BrowserContext, address: str) -> Waits:
    browser.add_init_script(LISTENING)
    page = browser.new_page()
    page.goto(address)
    waits = Waits()
    for number in range(UNCOUNTED + TIMES):
        seen = press(page, "turn-1", KEYS[0])
        if number >= UNCOUNTED:
            waits.count(seen)
    return waits
