import json
import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.drills.two_world import environment, in_still_time, share_secrets, step
from benchmarks.harness import Tally

TITLE = "How long an answer takes tells whoever works with someone nothing of their secrets: within 10 %"
WITHOUT, HAVING = "nothing", "give"
# What seems to differ is asked for longer, and that decides: fewer turns leave room for chance.
TURNS, MANY_TURNS, UNCOUNTED, MARGIN = 41, 601, 3, 0.10


class World:
    """One of the worlds, answering in a process of its own."""

    def __init__(self, folder: Path) -> None:
        words = [sys.executable, "-m", "benchmarks.parts.steps", "benchmarks.parts.answering", "answer"]
        self.process = subprocess.Popen(
            words, env=environment(folder), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.has: dict[str, Any] = self._told()

    def seconds(self, address: str) -> float:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{address}\n")
        self.process.stdin.flush()
        return float(self._told())

    def _told(self) -> Any:
        assert self.process.stdout is not None
        return json.loads(self.process.stdout.readline())

    def end(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()


def run(tally: Tally) -> None:
    home = Path(os.environ["ALONGSIDE_DATA"])
    step(home / "base", "alongside", "demo", "--no-serve", "--output", str(home / "out"))
    in_still_time(home / "base", "twin", "cast")
    folders = {life: home / life for life in (WITHOUT, HAVING)}
    for life, folder in folders.items():
        shutil.copytree(home / "base", folder)
        in_still_time(folder, "twin", life)
    share_secrets(list(folders.values()), after=False)
    without, having = World(folders[WITHOUT]), World(folders[HAVING])
    print("  a page of the study: in the world without the secrets, and in the one with them")
    for page in [page for page in without.has["pages"] if page in having.has["pages"]]:
        judge(tally, page, (without, page), (having, page))
    print("  what is kept from them of someone on the list: without the secrets, and with them")
    for address in [address for address, _missing, shown in having.has["closed"] if shown]:
        judge(tally, address, (without, address), (having, address))
    print("  what is kept from them: a thing that isn't there, and one that is")
    for address, missing in [(here, not_here) for here, not_here, shown in having.has["closed"] if not shown]:
        judge(tally, address, (having, missing), (having, address))
    without.end()
    having.end()


def judge(tally: Tally, name: str, one: tuple[World, str], other: tuple[World, str]) -> None:
    ratio, a, b = compared(one, other, TURNS)
    if abs(ratio - 1) > MARGIN:
        ratio, a, b = compared(one, other, MANY_TURNS)
    same = abs(ratio - 1) <= MARGIN
    tally.count([same])
    times = f"{a * 1000:6.1f} ms  {b * 1000:6.1f} ms"
    print(f"    {ratio:5.2f}  {times}  {name}{'' if same else '   DIFFERS'}", flush=True)


def compared(one: tuple[World, str], other: tuple[World, str], turns: int) -> tuple[float, float, float]:
    """Medians of the ratio and of both times, over turns in which both are asked one after the other.

    What else the machine does meanwhile is in both, and an answer held up now and then is no median.
    """
    pairs = []
    for turn in range(UNCOUNTED + turns):
        asked = (one, other) if turn % 2 else (other, one)
        took = {which: which[0].seconds(which[1]) for which in asked}
        pairs.append((took[one], took[other]))
    counted = pairs[UNCOUNTED:]
    ratio = statistics.median(b / a for a, b in counted)
    return ratio, statistics.median(a for a, _ in counted), statistics.median(b for _, b in counted)
