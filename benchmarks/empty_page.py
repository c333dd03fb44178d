import http.client
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from benchmarks.harness import Report, in_turn, seconds_of

TITLE = "A page with nothing on it yet, per request, against a bare Django view of the same bytes"
PEER = "bare Django view"

REQUESTS = 100


class Side:
    """One Django, in a process of its own."""

    def __init__(self, worker: "subprocess.Popen[str]") -> None:
        self.worker = worker
        self.cookies: dict[str, str] = {}
        self.port = int(self.told())

    def told(self) -> str:
        assert self.worker.stdout is not None
        line = self.worker.stdout.readline()
        if not line:
            raise SystemExit("A side of the benchmark ended before its time; its own words are above.")
        return line

    def in_process(self, page: str, address: str) -> float:
        """Seconds a request, through Django's test client."""
        assert self.worker.stdin is not None
        self.worker.stdin.write(json.dumps([page, address, REQUESTS]) + "\n")
        self.worker.stdin.flush()
        return float(self.told())

    def over_http(self, page: str, address: str) -> float:
        """Seconds a request, through waitress, one after the other on one connection."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        headers = {"Cookie": self.cookies[page]} if page in self.cookies else {}

        def visit() -> None:
            connection.request("GET", address, headers=headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise SystemExit(f"{address} answered {answer.status}.")

        def visits() -> None:
            for _ in range(REQUESTS):
                visit()

        seconds = seconds_of(visits)
        connection.close()
        return seconds / REQUESTS


@contextmanager
def side(module: str, folder: Path) -> Iterator[Side]:
    command = [
        sys.executable,
        "-m",
        "benchmarks.parts.page_worker",
        f"benchmarks.parts.{module}",
        str(folder),
    ]
    worker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield Side(worker)
    finally:
        worker.communicate()


def run(report: Report) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with side("empty_installation", folder) as ours, side("bare_pages", folder) as peer:
            ours.cookies["empty-study"] = (folder / "cookie").read_text()
            for page, address in json.loads((folder / "addresses.json").read_text()).items():
                size = f"{page} page, {(folder / page).stat().st_size:,} bytes"
                for way, where in ((Side.over_http, "through waitress"), (Side.in_process, "in process")):
                    seconds = in_turn(partial(way, ours, page, address), partial(way, peer, page, address))
                    headline = page == "sign-in" and way is Side.over_http
                    report.row(f"{size}, {where}", *seconds, headline=headline)
