"""How a benchmark measures and what it prints: medians of several runs, product and peer in turn."""

import math
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class Timing:
    """Seconds of each run. One that was `stopped` would have taken longer still."""

    runs: tuple[float, ...]
    stopped: bool = False

    @property
    def median(self) -> float:
        return statistics.median(self.runs)

    def __str__(self) -> str:
        if self.stopped:
            return f"more than {duration(self.median)} (stopped)"
        if len(self.runs) == 1:
            return f"{duration(self.median)} (1 run)"
        low, high = duration(min(self.runs)), duration(max(self.runs))
        return f"{duration(self.median)} ({low} to {high}, {len(self.runs)} runs)"


def duration(seconds: float) -> str:
    if seconds >= 1:
        return f"{seconds:.2f} s"
    if seconds >= 0.001:
        return f"{seconds * 1000:.1f} ms"
    return f"{seconds * 1_000_000:.0f} µs"


def percentile(waits: Sequence[float], percent: int) -> float:
    """The smallest of the waits that so many per cent of them don't go beyond."""
    ordered = sorted(waits)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def spread(waits: Sequence[float]) -> str:
    """What most had to wait, and the few who waited longest."""
    half, most = percentile(waits, 50), percentile(waits, 95)
    return (
        f"p95 {duration(most)} (p50 {duration(half)}, longest {duration(max(waits))}, {len(waits):,} times)"
    )


def seconds_of(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def in_turn(
    *measures: Callable[[], float], runs: int = 5, warm: bool = True, budget: float = 120
) -> list[Timing]:
    """Run each measure in turn, `runs` times over, so that whatever else the machine does meets all alike.

    A measure gives its own seconds. With `warm`, one round more comes first and isn't counted. No round is
    begun once the rounds have taken `budget` seconds; there is always one.
    """
    started = time.perf_counter()
    if warm:
        for measure in measures:
            measure()
    rounds: list[list[float]] = []
    while not rounds or (len(rounds) < runs and time.perf_counter() - started < budget):
        rounds.append([measure() for measure in measures])
    return [Timing(column) for column in zip(*rounds, strict=True)]


@dataclass
class Report:
    """The rows of one benchmark; the last line is taken from the row marked as the headline."""

    name: str
    peer: str
    rows: list[tuple[str, str, str, str]] = field(default_factory=list)
    headline: str = ""

    def say(self, text: str) -> None:
        print(text, flush=True)

    def row(self, size: str, ours: Timing, peer: Timing, *, headline: bool = False) -> None:
        more = "more than " if peer.stopped else ""
        self.words(size, str(ours), str(peer), f"{more}{peer.median / ours.median:.3g}", headline=headline)

    def waits(
        self, size: str, ours: Sequence[float], peer: Sequence[float] = (), *, headline: bool = False
    ) -> None:
        """A row of waits that are compared by their 95th percentile; without a peer where there is none."""
        ratio = f"{percentile(peer, 95) / percentile(ours, 95):.3g}" if peer else "-"
        self.words(size, spread(ours), spread(peer) if peer else "-", ratio, headline=headline)

    def words(
        self, size: str, ours: str, peer: str = "-", ratio: str = "-", *, headline: bool = False
    ) -> None:
        """A row that says itself what was measured."""
        self.rows.append((size, ours, peer, ratio))
        if headline:
            self.headline = f"{self.name}: {ratio} x {self.peer}"

    def table(self) -> str:
        head = ("size", "ours", self.peer, "ratio")
        lines = [head, *self.rows]
        widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
        return "\n".join(
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
            for line in [head, tuple("-" * width for width in widths), *self.rows]
        )


class Benchmark(Protocol):
    """One file of this folder: what it measures, against what, and the measuring."""

    TITLE: str
    PEER: str

    def run(self, report: Report) -> None: ...


@dataclass
class Tally:
    """What a drill tried, and what of it was lost."""

    tried: int = 0
    lost: int = 0

    def count(self, outcomes: Iterable[bool]) -> None:
        for kept in outcomes:
            self.tried += 1
            self.lost += not kept


class Drill(Protocol):
    """One file of drills/: what it breaks on purpose, and the breaking."""

    TITLE: str

    def run(self, tally: Tally) -> None: ...
