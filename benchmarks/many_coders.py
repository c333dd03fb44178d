"""Takes about 10 minutes: two minutes of coding on each database, and before them a project is filled."""

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.harness import Report, duration
from benchmarks.parts import alongside_site
from benchmarks.parts.bare_server import bare_server
from benchmarks.parts.coders_at_once import Crowd, bare_waits, gathered, work
from benchmarks.parts.material import DOCUMENTS, codings_in
from tests.support import postgres

TITLE = (
    "20 coders on one transcript at once, on SQLite and on PostgreSQL, and merging a code of 10,000 codings"
)
PEER = "a bare INSERT and commit"

CODERS, PROCESSES, SECONDS, SEED = 20, 2, 60, 2026
OPEN, MERGED = 2_000, 10_000
# Seconds between a coder's acts: none, and what somebody who reads would take at the quickest.
PAUSES = {"without a pause": 0.0, "one act in 2 s each": 2.0}


def run(report: Report) -> None:
    report.say(
        f"{CODERS} coders apply, take off and undo, and {CODERS} pages ask every second, all from one process"
        f" on this machine, at {PROCESSES} server processes. The peer stores one row in SQLite, without"
        " signing in, acts or audit; for the feed there is none. This PostgreSQL doesn't wait for the disk."
    )
    with tempfile.TemporaryDirectory() as name:
        with bare_server(Path(name)) as address:
            peer = bare_waits(address, SECONDS / 4, CODERS)
        on(report, "SQLite", Path(name) / "sqlite", {}, peer)
        with postgres.server() as url:
            on(report, "PostgreSQL", Path(name) / "postgresql", {"DATABASE_URL": url}, peer)


def on(
    report: Report, database: str, folder: Path, environment: Mapping[str, str], peer: list[float]
) -> None:
    report.say(f"{database}: filling a project with {codings_in(DOCUMENTS):,} codings")
    filled = alongside_site.fill(folder, DOCUMENTS, CODERS + 1, environment)
    transcript = filled.pages[OPEN].rstrip("/").rsplit("/", 1)[-1]
    for seed, (pace, pause) in enumerate(PAUSES.items(), start=SEED):
        report.say(f"{database}: {CODERS} coders, {pace}, for {SECONDS} seconds")
        before = filled.ask("last", transcript).strip()
        stood = json.loads(filled.ask("acts", transcript, before))["standing"]
        with alongside_site.running(filled, PROCESSES) as sites:
            crowd = gathered(sites, OPEN, CODERS)
            work(crowd, SECONDS, pause, seed)
        stored = json.loads(filled.ask("acts", transcript, before))
        tell(report, f"{database}, {pace}", crowd, peer)
        lost = [*losses(crowd, stored, stood), *holes(crowd, stored, stood)]
        report.words(f"{database}, {pace}, lost or doubled", said(lost, crowd))
    merging, undoing = json.loads(filled.ask("merge", str(MERGED)))
    report.words(f"{database}, merging a code of {MERGED:,} codings", duration(merging))
    report.words(f"{database}, undoing that", duration(undoing))


def tell(report: Report, size: str, crowd: Crowd, peer: list[float]) -> None:
    acts = [wait for coder in crowd.coders for wait in coder.waits]
    polls = [wait for reader in crowd.readers for wait in reader.waits]
    fastest = "without" in size
    rate, bare = len(acts) / crowd.seconds, len(peer) / (SECONDS / 4)
    ratio = f"{rate / bare:.3g}" if fastest else "-"
    again = sum(coder.tried_again for coder in crowd.coders)
    failed = sum(reader.failed for reader in crowd.readers)
    headline = fastest and not report.headline
    report.words(
        f"{size}, acts a second",
        f"{rate:.1f} ({len(acts):,}; asked again {again:,} times)",
        f"{bare:.1f}" if fastest else "-",
        ratio,
        headline=headline,
    )
    report.waits(f"{size}, an act's answer", acts, peer if fastest else ())
    report.waits(f"{size}, a page's asking what others did, {failed:,} without answer", polls)
    ages, unheard = crowd.ages
    report.waits(f"{size}, a coding's age on another's page, {unheard:,} never heard of", ages)


# What got lost ----------------------------------------------------------------------------------------


def losses(crowd: Crowd, stored: dict[str, Any], stood: dict[str, list[int]]) -> list[str]:
    """Acts that were acknowledged and aren't there once, and codings that stand or don't against what the
    coders were told."""
    found = [f"{coder.number} was refused: {why}" for coder in crowd.coders for why in coder.refused]
    found += [f"number {number} is missing" for number in stored["missing"]] + stored["faults"]
    kept: dict[str, int] = {}
    for act in stored["acts"]:
        kept[act["key"]] = kept.get(act["key"], 0) + 1
    for coder in crowd.coders:
        found += [f"act {key} is there {kept.get(key, 0)} times" for key in coder.keys if kept.get(key) != 1]
        email = f"coder-{coder.number - 1}@example.org"
        new = set(stored["standing"].get(email, [])) - set(stood.get(email, []))
        found += [f"coding {pk} of {email}" for pk in new ^ coder.standing]
    # As many acts as were acknowledged: none is there that nobody was told of.
    found += ["an act nobody heard of"] * max(0, len(stored["acts"]) - crowd.acts)
    return found


def holes(crowd: Crowd, stored: dict[str, Any], stood: dict[str, list[int]]) -> list[str]:
    """Where what a page heard, act after act, differs from what stands."""
    before = {pk for codings in stood.values() for pk in codings}
    now = {pk for codings in stored["standing"].values() for pk in codings}
    found = []
    for number, reader in enumerate(crowd.readers, start=1):
        heard = {pk for pk, off in reader.off.items() if not off} | {
            pk for pk in before if not reader.off.get(pk, False)
        }
        found += [f"page {number} and coding {pk}" for pk in heard ^ now]
        found += [f"page {number} went back"] * reader.went_back
    return found


def said(lost: list[str], crowd: Crowd) -> str:
    for line in lost[:10]:
        print(f"  {line}", flush=True)
    return f"{len(lost)} of {crowd.acts:,} acts, on {len(crowd.readers)} pages"
