"""Alongside as `alongside serve` serves it, on the project of `material`."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.request import Request, urlopen

from playwright.sync_api import BrowserContext, Page

from benchmarks.harness import seconds_of
from benchmarks.parts.browsing import free_port, seconds_until_painted

ROOT = Path(__file__).resolve().parents[2]
# The script says that it listens to keys and pointer; the first turns on the screen have their stripes.
USABLE = "html[data-bench=ready] .stripe"


@dataclass(frozen=True)
class Site:
    """A running Alongside; the pages of its long documents, by their codings; sessions of those who code."""

    address: str
    pages: dict[int, str]
    sessions: list[str]

    def seconds_of_requests(self, codings: int) -> float:
        """What the server takes for the page: one answer holds the text and its codings."""
        cookie = {"Cookie": f"sessionid={self.sessions[0]}"}
        request = Request(self.address + self.pages[codings], headers=cookie)
        return seconds_of(lambda: urlopen(request).read())

    def seconds_until_usable(self, codings: int, context: BrowserContext) -> float:
        """From following the link to the document until it can be read and coded, and that is painted."""
        page = self.opened(codings, context)
        seconds = seconds_until_painted(page)
        page.close()
        return seconds

    def opened(self, codings: int, context: BrowserContext, who: int = 0) -> Page:
        """The workbench, ready for whoever the number says."""
        cookie = {"name": "sessionid", "value": self.sessions[who], "url": self.address}
        context.add_cookies([cookie])  # type: ignore[list-item]
        page = context.new_page()
        page.goto(self.address + self.pages[codings], wait_until="commit")
        page.wait_for_selector(USABLE, state="attached")
        return page


@dataclass(frozen=True)
class Filled:
    """Data on disk, or in the database that `environment` names, on which servers can run."""

    folder: Path
    pages: dict[int, str]
    sessions: list[str]
    environment: Mapping[str, str] = field(default_factory=dict)

    def start(self, port: int) -> "subprocess.Popen[bytes]":
        """A server process of its own, as `alongside serve` starts it."""
        server = subprocess.Popen(
            [sys.executable, "-m", "alongside", "serve", "--no-browser", "--port", str(port)],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=self.surroundings,
        )
        wait_for(f"http://127.0.0.1:{port}", server)
        return server

    def ask(self, step: str, *words: str) -> str:
        """What a step of `benchmarks.parts.asking_store`, in a process of its own on this data, prints."""
        command = [sys.executable, "-m", "benchmarks.parts.steps", "benchmarks.parts.asking_store"]
        return subprocess.run(
            [*command, step, *words],
            cwd=ROOT,
            env=self.surroundings,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout

    @property
    def surroundings(self) -> dict[str, str]:
        return {**os.environ, **self.environment, "ALONGSIDE_DATA": str(self.folder)}


def fill(
    folder: Path, documents: int, coders: int = 1, environment: Mapping[str, str] | None = None
) -> Filled:
    """Bring the data in `folder` to so many documents."""
    script = f"from benchmarks.parts.fill_alongside import main; main({documents}, {coders})"
    empty = Filled(folder, {}, [], environment or {})
    told = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", script],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        env=empty.surroundings,
    )
    pages, sessions = json.loads(told.stdout.splitlines()[-1])
    return replace(empty, pages={int(codings): page for codings, page in pages.items()}, sessions=sessions)


@contextmanager
def serving(folder: Path, documents: int, coders: int = 1) -> Iterator[Site]:
    with running(fill(folder, documents, coders)) as sites:
        yield sites[0]


@contextmanager
def running(filled: Filled, processes: int = 1) -> Iterator[list[Site]]:
    """So many server processes on one database."""
    servers: list[subprocess.Popen[bytes]] = []
    try:
        sites = []
        for _ in range(processes):
            port = free_port()
            servers.append(filled.start(port))
            sites.append(Site(f"http://127.0.0.1:{port}", filled.pages, filled.sessions))
        yield sites
    finally:
        for server in servers:
            server.terminate()
        for server in servers:
            server.wait()


def wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    while server.poll() is None:
        try:
            urlopen(f"{address}/healthz").read()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("Alongside did not start.")
