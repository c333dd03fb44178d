import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.harness import Tally

TITLE = "Worlds that differ in one person's secrets, seen by whoever works with them: the bytes must be equal"
WORLDS = {"as it was": "nothing", "they gave everything": "give", "they stopped everything": "stop_all"}
FIRST = next(iter(WORLDS))
SHOWN = 12
# After the others went on working, rows counted in millions have other integers; nothing else may differ.
ROW_IDS = re.compile(r"(?<=/)\d+(?=/)|(?<=[-\"=:])\d{1,9}(?=[\",#&])|(?<=turn-)\d+")
Answers = dict[tuple[str, str, str], str]


def run(tally: Tally) -> None:
    home = Path(os.environ["ALONGSIDE_DATA"])
    base = home / "base"
    step(base, "alongside", "demo", "--no-serve", "--output", str(home / "out"))
    in_still_time(base, "twin", "cast")
    for after in (False, True):
        folders = {name: home / f"{life}{'-later' if after else ''}" for name, life in WORLDS.items()}
        for name, folder in folders.items():
            shutil.copytree(base, folder)
            in_still_time(folder, "twin", WORLDS[name])
        share_secrets(list(folders.values()), after=after)
        if after:
            for folder in folders.values():
                in_still_time(folder, "twin", "later")
        crawl_all(list(folders.values()))
        compare(tally, folders, after=after)


def in_still_time(folder: Path, module: str, deed: str) -> None:
    step(folder, "benchmarks.parts.steps", f"benchmarks.parts.{module}", deed)


def step(folder: Path, *words: str) -> str:
    """Run a module in a process of its own on the data in `folder`; what it printed."""
    command = [sys.executable, "-m", *words]
    return subprocess.run(
        command, env=environment(folder), check=True, stdout=subprocess.PIPE, text=True
    ).stdout


def environment(folder: Path) -> dict[str, str]:
    moment = os.environ.setdefault("ALONGSIDE_DRILL_MOMENT", datetime.now(UTC).isoformat())
    mine = {
        "ALONGSIDE_DATA": str(folder),
        "ALONGSIDE_DRILL_MOMENT": moment,
        "EMAIL_URL": "memorymail://",
        "LOG_LEVEL": "CRITICAL",
    }
    return {**os.environ, **mine, "PYTHONHASHSEED": "0"}


def share_secrets(folders: list[Path], *, after: bool) -> None:
    """Whatever leads to a secret in one world is asked for in all of them.

    But not by an integer after others went on: it is then the address of what they made in another world.
    """
    keys: dict[str, set[str]] = {}
    for folder in folders:
        for noun, found in json.loads((folder / "secrets.json").read_text()).items():
            keys.setdefault(noun, set()).update(key for key in found if not (after and key.isdigit()))
    for folder in folders:
        (folder / "all-secrets.json").write_text(json.dumps({noun: sorted(k) for noun, k in keys.items()}))


def crawl_all(folders: list[Path]) -> None:
    words = [sys.executable, "-m", "benchmarks.parts.steps", "benchmarks.parts.crawl", "crawl"]
    running = [subprocess.Popen(words, env=environment(folder)) for folder in folders]
    if any(process.wait() for process in running):
        raise SystemExit("A crawl ended before its time; its own words are above.")


def compare(tally: Tally, folders: dict[str, Path], *, after: bool) -> None:
    worlds = {name: answers(folder, after=after) for name, folder in folders.items()}
    letters = {name: observers_letters(folder) for name, folder in folders.items()}
    when = "after others went on working" if after else "at the same moment"
    for name in list(WORLDS)[1:]:
        asked = sorted(worlds[FIRST].keys() | worlds[name].keys())
        same = [worlds[FIRST].get(key) == worlds[name].get(key) for key in asked]
        tally.count([*same, letters[FIRST] == letters[name]])
        print(f"  “{name}” and “{FIRST}”, {when}: {len(asked):,} answers, {same.count(False)} differ")
        for line in differences(worlds[FIRST], worlds[name]):
            print(f"    {line}")


def answers(folder: Path, *, after: bool) -> Answers:
    book = sqlite3.connect(folder / "answers.sqlite3")
    found: Answers = {}
    for who, method, address, told in book.execute("SELECT * FROM answers"):
        text = zlib.decompress(told).decode()
        place = ROW_IDS.sub("N", address) if after else address
        found[who, method, place] = ROW_IDS.sub("N", text) if after else text
    return found


def observers_letters(folder: Path) -> list[str]:
    """What the secrets sent to those who look."""
    sent = json.loads((folder / "letters.json").read_text())
    return [str(letter) for letter in sent if any(to.endswith("@example.org") for to in letter[0])]


def differences(one: Answers, other: Answers) -> Iterator[str]:
    differing = [key for key in sorted(one.keys() | other.keys()) if one.get(key) != other.get(key)]
    for key in differing[:SHOWN]:
        yield f"{' | '.join(key)}: {first_difference(one.get(key), other.get(key))}"


def first_difference(one: str | None, other: str | None) -> str:
    if one is None or other is None:
        return f"only {'there' if one is None else 'here'}"
    place = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    return f"…{one[max(place - 60, 0) : place + 60]!r} / …{other[max(place - 20, 0) : place + 60]!r}"
