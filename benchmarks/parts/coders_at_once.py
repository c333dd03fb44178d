"""Coders who work on one transcript at the same time over HTTP, each with a page that asks every second what
the others did; what they were told is kept, to be compared with what is stored."""

import http.client
import json
import re
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle
from random import Random
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from benchmarks.parts.alongside_site import Site

DATA = re.compile(rb'<script id="bench-data" type="application/json">(.*?)</script>', re.S)
TOKEN = re.compile(r"csrftoken=([^;]+)")
TRIES, PATIENCE = 20, 60
# Seconds before the end from which on a coding's age isn't told.
LAST = 10
# Shorter than any coding the project was filled with, so that no place is taken.
SHORTEST = 3


class Line:
    """One browser's connection to the server, signed in."""

    def __init__(self, address: str, session: str) -> None:
        self.host = urlsplit(address).netloc
        self.headers = {"Cookie": f"sessionid={session}", "X-Workbench": "1", "Accept": "application/json"}
        self.connection = http.client.HTTPConnection(self.host, timeout=PATIENCE)

    def open(self, path: str) -> dict[str, Any]:
        """The page's data; from now on what is posted carries its token."""
        self.connection.request("GET", path, headers={"Cookie": self.headers["Cookie"]})
        answer = self.connection.getresponse()
        page = answer.read()
        found, token = DATA.search(page), TOKEN.search(answer.getheader("Set-Cookie") or "")
        if answer.status != 200 or not found or not token:
            raise SystemExit(f"{path} did not open: {answer.status}.")
        self.headers["Cookie"] += f"; csrftoken={token[1]}"
        self.headers["X-CSRFToken"] = token[1]
        return dict(json.loads(found[1]))

    def ask(self, method: str, path: str, fields: dict[str, Any] | None = None) -> tuple[int, Any]:
        """Its status and what it says; 0 without an answer."""
        body = urlencode(fields) if fields else None
        form = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        try:
            self.connection.request(method, path, body, {**self.headers, **form})
            answer = self.connection.getresponse()
            said = answer.read()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            return 0, None
        return answer.status, json.loads(said) if answer.status in {200, 422} else None


@dataclass
class Coder:
    """What one coder did and was told, and what therefore stands."""

    number: int
    line: Line
    page: dict[str, Any]
    keys: list[str] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    tried_again: int = 0
    refused: list[str] = field(default_factory=list)
    standing: set[int] = field(default_factory=set)
    done: list[tuple[str, int]] = field(default_factory=list)
    begun: dict[int, float] = field(default_factory=dict)
    places: int = 0

    def work(self, random: Random, pause: float, ends: float) -> None:
        while time.monotonic() < ends:
            begun = time.monotonic()
            self.act(random)
            time.sleep(max(0.0, random.uniform(0.5, 1.5) * pause - (time.monotonic() - begun)))

    def act(self, random: Random) -> None:
        chance = random.random()
        if chance < 0.15 and self.standing:
            coding = random.choice(sorted(self.standing))
            self.send(random, "remove", self.page["urls"]["remove-coding"].replace("/0/", f"/{coding}/"), {})
        elif chance < 0.3 and self.done:
            self.send(random, "undo", self.page["urls"]["undo"], {})
        else:
            start = self.places % (self.page["turns"][-1][2] - 10)
            self.places += 1
            code = random.choice(self.page["codes"])[0]
            span = {"start": start, "end": start + SHORTEST, "revision": self.page["revision"]}
            self.send(random, "apply", self.page["urls"]["apply-code"], {"code": code, **span})

    def send(self, random: Random, kind: str, path: str, fields: dict[str, Any]) -> None:
        """Asked again by the same name until there is an answer, as the page does."""
        key = str(UUID(int=random.getrandbits(128), version=4))
        begun = time.perf_counter()
        for _ in range(TRIES):
            status, told = self.line.ask("POST", path, {"key": key, "after": self.page["at"], **fields})
            if status == 200:
                break
            if status == 422:
                self.refused.append(f"{kind}: {told['error']}")
                return
            self.tried_again += 1
        else:
            raise SystemExit(f"Coder {self.number} got no answer in {TRIES} tries; the last was {status}.")
        self.waits.append(time.perf_counter() - begun)
        self.keys.append(key)
        self.page["at"] = max(self.page["at"], told["at"])
        self.stands(kind, told["made"][0])
        if kind == "apply":
            self.begun[told["made"][0]] = begun

    def stands(self, kind: str, coding: int) -> None:
        undone = kind == "undo"
        was, its = self.done.pop() if undone else (kind, coding)
        if its != coding:
            self.refused.append(f"undo of coding {coding}, not {its}")
        if not undone:
            self.done.append((kind, coding))
        if (was == "apply") is not undone:
            self.standing.add(coding)
        else:
            self.standing.discard(coding)


@dataclass
class Reader:
    """A page that asks every second, and how the codings stand by what it heard."""

    number: int
    line: Line
    path: str
    at: int
    waits: list[float] = field(default_factory=list)
    off: dict[int, bool] = field(default_factory=dict)
    heard: dict[int, float] = field(default_factory=dict)
    failed: int = 0
    went_back: int = 0

    def listen(self, ends: float) -> None:
        while time.monotonic() < ends:
            begun = time.perf_counter()
            self.ask()
            self.waits.append(time.perf_counter() - begun)
            time.sleep(max(0.0, 1 - self.waits[-1]))

    def ask(self) -> None:
        status, told = self.line.ask("GET", f"{self.path}?after={self.at}")
        if status != 200:
            self.failed += 1
            return
        self.went_back += told["at"] < self.at
        self.at = told["at"]
        for pk, _code, _coder, _start, _end, _flags, off in told["codings"]:
            self.off[pk] = off
            self.heard.setdefault(pk, time.perf_counter())


@dataclass
class Crowd:
    coders: list[Coder]
    readers: list[Reader]
    seconds: float = 0
    ended: float = 0

    @property
    def acts(self) -> int:
        return sum(len(coder.keys) for coder in self.coders)

    @property
    def ages(self) -> tuple[list[float], int]:
        """How old each new coding was when a page of somebody else first heard of it, from the moment its
        coder asked, and how often one was never heard of. Those of the last seconds are left out: for want of
        time, only the pages that were quick would have heard of them."""
        ages, unheard = [], 0
        for coder in self.coders:
            theirs = [(pk, at) for pk, at in coder.begun.items() if at < self.ended - LAST]
            others = [page.heard for page in self.readers if page.number != coder.number]
            found = [heard[pk] - at for heard in others for pk, at in theirs if pk in heard]
            ages += found
            unheard += len(theirs) * len(others) - len(found)
        return ages, unheard


def gathered(sites: list[Site], codings: int, coders: int) -> Crowd:
    """As many coders as said, the first session not among them, spread over the server processes."""
    crowd = Crowd([], [])
    for number, site in zip(range(1, coders + 1), cycle(sites)):
        line = Line(site.address, site.sessions[number])
        page = line.open(site.pages[codings])
        crowd.coders.append(Coder(number, line, page))
        listening = Line(site.address, site.sessions[number])
        crowd.readers.append(Reader(number, listening, page["urls"]["changes"], page["at"]))
    return crowd


def work(crowd: Crowd, seconds: float, pause: float, seed: int) -> None:
    """Everybody at once; afterwards each page asks once more."""
    ends = time.monotonic() + seconds
    begun = time.perf_counter()
    together(
        [
            *(partial(coder.work, Random(seed + coder.number), pause, ends) for coder in crowd.coders),
            *(partial(reader.listen, ends) for reader in crowd.readers),
        ]
    )
    crowd.ended = time.perf_counter()
    crowd.seconds += crowd.ended - begun
    for reader in crowd.readers:
        reader.ask()


def together(deeds: list[Callable[[], None]]) -> None:
    ready = threading.Barrier(len(deeds))

    def begin(deed: Callable[[], None]) -> None:
        ready.wait()
        deed()

    with ThreadPoolExecutor(max_workers=len(deeds)) as threads:
        for done in [threads.submit(begin, deed) for deed in deeds]:
            done.result()


def bare_waits(address: str, seconds: float, coders: int) -> list[float]:
    """What as many, one act after the other, wait for a server that stores one row and does nothing else."""
    waits: list[float] = []
    ends = time.monotonic() + seconds
    fields = {"code": 1, "start": 2, "end": 3}

    def post() -> None:
        line = Line(address, "")
        while time.monotonic() < ends:
            begun = time.perf_counter()
            if line.ask("POST", "/codings/", fields)[0] == 200:
                waits.append(time.perf_counter() - begun)

    together([post] * coders)
    return waits
