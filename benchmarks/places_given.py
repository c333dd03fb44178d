import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.harness import Report, Timing

TITLE = "The last places of a group, asked for by many at once, from SQLite against PostgreSQL"
PEER = "PostgreSQL"

# How many ask for the ten places that are left; fifty at a time.
SIZES = (50, 200, 800)
RUNS = 3


def run(report: Report) -> None:
    with _server() as url:
        for size in SIZES:
            ours, peer = _given("", size), _given(url, size)
            for name, runs in (("SQLite", ours), (PEER, peer)):
                _refuse_oversold(name, size, runs)
            slowest = {
                name: max(each["slowest"] for each in runs) for name, runs in (("SQLite", ours), (PEER, peer))
            }
            report.say(
                f"{size} ask, 50 at a time: 0 given twice, 0 lost; the one who waited longest waited"
                f" {slowest['SQLite']:.2f} s on SQLite, {slowest[PEER]:.2f} s on PostgreSQL."
            )
            report.row(
                f"{size} requests, 50 at a time", _timing(ours), _timing(peer), headline=size == SIZES[0]
            )


def _refuse_oversold(name: str, size: int, runs: list[dict[str, float]]) -> None:
    for each in runs:
        if each["oversold"] or each["unanswered"]:
            raise SystemExit(
                f"{name}, {size} requests: {each['oversold']} places too many were given,"
                f" {each['unanswered']} requests got no answer."
            )


def _timing(runs: list[dict[str, float]]) -> Timing:
    return Timing(tuple(each["seconds"] for each in runs))


def _given(url: str, size: int) -> list[dict[str, float]]:
    """What came of each run, in a process of its own: settings name one database."""
    environment = {**os.environ, "DATABASE_URL": url}
    command = [sys.executable, "-m", "benchmarks.parts.last_places", str(size), str(RUNS)]
    ended = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if ended.returncode:
        raise SystemExit("A side of the benchmark ended before its time; its own words are above.")
    told: list[dict[str, float]] = json.loads(ended.stdout.splitlines()[-1])
    return told


@contextmanager
def _server() -> Iterator[str]:
    """A PostgreSQL for as long as this takes; it ends with what it reads from."""
    command = [sys.executable, "-m", "tests.support.postgres"]
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    url = server.stdout.readline().strip()
    if not url:
        raise SystemExit("PostgreSQL did not start; its own words are above.")
    try:
        yield url
    finally:
        server.communicate()
