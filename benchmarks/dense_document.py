"""Takes at most 35 minutes. Most of that goes to Taguette's openings in the browser, of which the last is
given the time that is left."""

import tempfile
import time
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from benchmarks.harness import Report, Timing, in_turn
from benchmarks.parts import alongside_site, taguette
from benchmarks.parts.browsing import browser_context
from benchmarks.parts.material import DOCUMENTS, LONG_CODINGS, LONG_WORDS, codings_in

TITLE = f"Opening a transcript of {LONG_WORDS:,} words with 240, 2,000 and 10,000 codings"
PEER = f"Taguette {taguette.NEWEST}"

SCALES = (1, 4, 16)
FEW, MANY, MOST = sorted(LONG_CODINGS.values())
# Seconds: of the whole, of one opening by Taguette, and of one that isn't worth beginning any more.
LONGEST, OPENING, TOO_SHORT = 34 * 60, 600, 60


def run(report: Report) -> None:
    report.say(
        "The same words and codings on both sides, in projects of 200, 800 and 3,200 documents."
        " Ours draws the codings near the screen first; Taguette draws all before it can be used."
        f" Taguette {taguette.BEFORE}, whose server is faster, is measured too; both share one script."
        f" An opening by Taguette is stopped after {OPENING} seconds."
    )
    ends = time.monotonic() + LONGEST
    with tempfile.TemporaryDirectory() as name:
        densest, *_larger = [in_project(report, Path(name), scale) for scale in SCALES]
        last_opening(report, Path(name), densest, ends)


def in_project(report: Report, folder: Path, scale: int) -> Timing:
    """How long ours takes to open the densest, beside the rows of the report."""
    documents = DOCUMENTS * scale
    report.say(f"{scale}x: filling both with {documents:,} documents, {codings_in(documents):,} codings")
    with ExitStack() as running:
        ours = running.enter_context(alongside_site.serving(folder / "alongside", documents))
        database = taguette.fill(folder, documents)
        new = running.enter_context(taguette.serving(taguette.NEWEST, database))
        old = running.enter_context(taguette.serving(taguette.BEFORE, database))
        report.say(f"{scale}x: the servers' answers, {MANY:,} codings")
        answers = in_turn(
            *(partial(site.seconds_of_requests, MANY) for site in (ours, new, old)),
            warm=scale == 1,
            runs=5 if scale == 1 else 2,
            budget=60,
        )
        report.row(f"{scale}x, {MANY:,}, server", answers[0], answers[1])
        report.row(f"{scale}x, {MANY:,}, server, Taguette {taguette.BEFORE}", answers[0], answers[2])
        if scale == 1:
            in_a_browser(report, ours, new, old)
            return opened(ours, MOST)
        for codings in (FEW, MANY, MOST):
            usable = opened(ours, codings)
            report.words(f"{scale}x, {codings:,}, usable", str(usable))
    return usable


def in_a_browser(report: Report, ours: alongside_site.Site, new: taguette.Site, old: taguette.Site) -> None:
    few = [partial(opened_once, ours, FEW)] + [partial(drawn_once, site) for site in (new, old)]
    report.say(f"1x: opening {FEW} codings in a browser")
    mine, its, before = in_turn(*few, warm=False, runs=3, budget=60)
    report.row(f"1x, {FEW}, usable", mine, its)
    report.row(f"1x, {FEW}, usable, Taguette {taguette.BEFORE}", mine, before)
    report.say(f"1x: opening {MANY:,} codings in a browser, by Taguette for up to {OPENING} seconds each")
    mine, its = opened(ours, MANY), new.until_usable(MANY, OPENING)
    report.row(f"1x, {MANY:,}, usable", mine, its, headline=True)
    before = old.until_usable(MANY, OPENING)
    report.row(f"1x, {MANY:,}, usable, Taguette {taguette.BEFORE}", mine, before)


def drawn_once(site: taguette.Site) -> float:
    return site.until_usable(FEW, OPENING).median


def opened_once(ours: alongside_site.Site, codings: int) -> float:
    """In a browser of its own, which has kept nothing from before; as Taguette's."""
    with browser_context() as browser:
        return ours.seconds_until_usable(codings, browser)


def opened(ours: alongside_site.Site, codings: int) -> Timing:
    return in_turn(partial(opened_once, ours, codings), warm=False)[0]


def last_opening(report: Report, folder: Path, mine: Timing, ends: float) -> None:
    """The densest by Taguette, for as long as time is left."""
    left = min(OPENING, ends - time.monotonic())
    label = f"1x, {MOST:,}, usable"
    if left < TOO_SHORT:
        report.words(label, str(mine), "not measured: no time was left")
        return
    report.say(f"1x: opening {MOST:,} codings by Taguette {taguette.NEWEST}, for up to {left:.0f} seconds")
    with taguette.serving(taguette.NEWEST, taguette.filled(folder, DOCUMENTS)) as new:
        report.row(label, mine, new.until_usable(MOST, left))
