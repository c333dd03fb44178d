import tempfile
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from benchmarks.harness import Report, in_turn
from benchmarks.parts import alongside_site, taguette
from benchmarks.parts.browsing import browser_context
from benchmarks.parts.material import DENSE_CODINGS, DENSE_WORDS, DOCUMENTS

TITLE = f"Opening a transcript of {DENSE_WORDS:,} words with {DENSE_CODINGS:,} codings"
SCALES = (1, 4, 16)
PEER = f"Taguette {taguette.NEWEST}"


def run(report: Report) -> None:
    report.say(
        "The same words and codings on both sides, in projects of 200, 800 and 3,200 documents."
        " Ours draws the codings near the screen first; Taguette draws all before it can be used."
        f" Taguette {taguette.BEFORE}, whose server is faster, is measured too; both share one script."
    )
    with tempfile.TemporaryDirectory() as name, browser_context() as browser:
        for scale in SCALES:
            with ExitStack() as running:
                folder, documents = Path(name), DOCUMENTS * scale
                report.say(f"{scale}x: filling both with {documents:,} documents")
                ours = running.enter_context(alongside_site.serving(folder / "alongside", documents))
                database = taguette.fill(folder, documents)
                new = running.enter_context(taguette.serving(taguette.NEWEST, database))
                old = running.enter_context(taguette.serving(taguette.BEFORE, database))
                answers = in_turn(
                    ours.seconds_of_requests, new.seconds_of_requests, old.seconds_of_requests, budget=60
                )
                report.row(f"{scale}x, server", answers[0], answers[1])
                report.row(f"{scale}x, server, Taguette {taguette.BEFORE}", answers[0], answers[2])
                report.say(f"{scale}x: opening the document in a browser")
                opened = in_turn(
                    *(partial(site.seconds_until_usable, browser) for site in (ours, new, old)),
                    warm=False,
                    runs=3,
                    budget=60,
                )
                report.row(f"{scale}x, usable in a browser", opened[0], opened[1], headline=scale == 1)
                report.row(f"{scale}x, usable, Taguette {taguette.BEFORE}", opened[0], opened[2])
