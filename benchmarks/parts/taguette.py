"""Taguette, from the package index, in an environment of its own, on the project of `material`."""

import os
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.request import HTTPCookieProcessor, build_opener

from playwright.sync_api import TimeoutError as TooLong

from benchmarks.harness import Timing, seconds_of
from benchmarks.parts.browsing import browser_context, free_port, seconds_until_painted
from benchmarks.parts.material import LONG_CODINGS

NEWEST, BEFORE = "1.5.2", "1.5.1"
ROOT = Path(__file__).resolve().parents[2]
PAGES = {codings: f"/project/1/document/{number + 1}" for number, codings in LONG_CODINGS.items()}


def programs(version: str) -> Path:
    """The folder of its programs, installed the first time."""
    place = ROOT / ".venv-peers" / f"taguette-{version}"
    folder = place / ("Scripts" if os.name == "nt" else "bin")
    if not any(folder.glob("taguette*")):
        print(f"Installing Taguette {version} in {place.relative_to(ROOT)}", flush=True)
        venv.create(place, with_pip=False, clear=True)
        pip = [sys.executable, "-m", "pip", "--python", str(folder / "python"), "install", "-qq"]
        # What it builds on still imports pkg_resources, which later setuptools no longer have.
        subprocess.run([*pip, f"taguette=={version}", "setuptools<81"], check=True)
    return folder


@dataclass(frozen=True)
class Site:
    """A running Taguette; the link signs in whoever opens it."""

    address: str
    link: str

    def seconds_of_requests(self, codings: int) -> float:
        """What the server takes for the answers that opening the document needs, one after the other."""
        browser = build_opener(HTTPCookieProcessor(CookieJar()))
        browser.open(self.link).read()
        page = PAGES[codings]
        requests = (page, f"/api{page}", f"/api{page}/contents")
        return seconds_of(lambda: [browser.open(self.address + path).read() for path in requests])

    def until_usable(self, codings: int, at_most: float) -> Timing:
        """From following the link to the document until its last highlight is painted.

        Stopped after `at_most` seconds; the browser, which answers nothing meanwhile, goes with it.
        """
        last_words = f"Loaded {codings} highlights"
        with browser_context() as context:
            page = context.new_page()
            page.goto(self.link, wait_until="commit")
            try:
                with page.expect_console_message(
                    lambda line: line.text == last_words, timeout=at_most * 1000
                ):
                    page.goto(self.address + PAGES[codings], wait_until="commit")
                return Timing((seconds_until_painted(page),))
            except TooLong:
                return Timing((at_most,), stopped=True)


def filled(folder: Path, documents: int) -> Path:
    return folder / f"taguette-{documents}.sqlite3"


def fill(folder: Path, documents: int) -> Path:
    """A database with the project, which both versions read."""
    path = filled(folder, documents)
    subprocess.run(
        [str(programs(NEWEST) / "python"), "-m", "benchmarks.parts.fill_taguette", str(path), str(documents)],
        cwd=ROOT,
        check=True,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "HOME": str(folder)},
    )
    return path


@contextmanager
def serving(version: str, database: Path) -> Iterator[Site]:
    port = free_port()
    command = [
        str(programs(version) / "taguette"),
        "--no-browser",
        "--port",
        str(port),
        "--database",
        str(database),
    ]
    server = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "HOME": str(database.parent)},
    )
    try:
        assert server.stdout is not None
        link = next((line.strip() for line in server.stdout if "token=" in line), "")
        if not link:
            raise SystemExit(f"Taguette {version} did not start.")
        yield Site(f"http://localhost:{port}", link)
    finally:
        server.terminate()
        server.wait()
