import json
import os
import shutil
import statistics
from collections.abc import Iterable
from pathlib import Path

from benchmarks.drills.two_world import in_still_time, share_secrets, step
from benchmarks.harness import Tally

TITLE = "How long an answer takes tells whoever works with someone nothing of their secrets: within 10 %"
WORLDS = {"as it was": "nothing", "they gave everything": "give"}
ROUNDS, MARGIN = 5, 0.10


def run(tally: Tally) -> None:
    home = Path(os.environ["ALONGSIDE_DATA"])
    step(home / "base", "alongside", "demo", "--no-serve", "--output", str(home / "out"))
    in_still_time(home / "base", "twin", "cast")
    folders = {name: home / life for name, life in WORLDS.items()}
    for name, folder in folders.items():
        shutil.copytree(home / "base", folder)
        in_still_time(folder, "twin", WORLDS[name])
    share_secrets(list(folders.values()), after=False)
    rounds = [{name: times(folder) for name, folder in folders.items()} for _ in range(ROUNDS)]
    print("  a page of the study, in the world with the secrets and in the one without")
    without, having = WORLDS.keys()
    for page in rounds[0][without]["pages"]:
        one, other = (typical(r[name]["pages"][page][0] for r in rounds) for name in (without, having))
        judge(tally, page, one, other)
    print("  what is kept from them, and what isn't there")
    for address in rounds[0][having]["closed"]:
        kept, missing = (typical(r[having]["closed"][address][place] for r in rounds) for place in (0, 1))
        judge(tally, address, kept, missing)


def times(folder: Path) -> dict[str, dict[str, list[list[float]]]]:
    told = step(folder, "benchmarks.parts.steps", "benchmarks.parts.answering", "times")
    found: dict[str, dict[str, list[list[float]]]] = json.loads(told)
    return found


def typical(rounds: Iterable[list[float]]) -> float:
    """The median of the quietest round: what else the machine did is in the others."""
    return min(statistics.median(seconds) for seconds in rounds)


def judge(tally: Tally, address: str, one: float, other: float) -> None:
    ratio = other / one
    same = abs(ratio - 1) <= MARGIN
    tally.count([same])
    times = f"{one * 1000:6.1f} ms  {other * 1000:6.1f} ms"
    print(f"    {ratio:5.2f}  {times}  {address}{'' if same else '   DIFFERS'}")
