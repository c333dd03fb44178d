"""Alongside as `alongside serve` serves it, on the project of `material`."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

from playwright.sync_api import BrowserContext

from benchmarks.harness import seconds_of
from benchmarks.parts.browsing import free_port, seconds_until_painted

ROOT = Path(__file__).resolve().parents[2]
# The script says that it listens to keys and pointer; the first turns on the screen have their stripes.
USABLE = "html[data-bench=ready] .stripe"


@dataclass(frozen=True)
class Site:
    """A running Alongside, the dense document's page in it, and the session of someone who may code it."""

    address: str
    page: str
    session: str

    def seconds_of_requests(self) -> float:
        """What the server takes for the page: one answer holds the text and its codings."""
        request = Request(self.address + self.page, headers={"Cookie": f"sessionid={self.session}"})
        return seconds_of(lambda: urlopen(request).read())

    def seconds_until_usable(self, context: BrowserContext) -> float:
        """From following the link to the document until it can be read and coded, and that is painted."""
        context.add_cookies([{"name": "sessionid", "value": self.session, "url": self.address}])
        page = context.new_page()
        page.goto(self.address + self.page, wait_until="commit")
        page.wait_for_selector(USABLE, state="attached")
        seconds = seconds_until_painted(page)
        page.close()
        return seconds


def fill(folder: Path, documents: int) -> tuple[str, str]:
    """Bring the data in `folder` to so many documents; the dense one's address, and a session."""
    script = f"from benchmarks.parts.fill_alongside import main; main({documents})"
    told = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", script],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "ALONGSIDE_DATA": str(folder)},
    )
    page, session = json.loads(told.stdout.splitlines()[-1])
    return page, session


@contextmanager
def serving(folder: Path, documents: int) -> Iterator[Site]:
    page, session = fill(folder, documents)
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "alongside", "serve", "--no-browser", "--port", str(port)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "ALONGSIDE_DATA": str(folder)},
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address, server)
        yield Site(address, page, session)
    finally:
        server.terminate()
        server.wait()


def wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    while server.poll() is None:
        try:
            urlopen(f"{address}/healthz").read()
        except URLError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("Alongside did not start.")
