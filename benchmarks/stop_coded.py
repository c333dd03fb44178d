import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from benchmarks.harness import Report, in_turn, seconds_of

TITLE = "Someone stops whose words carry 50,000 codings, and 4 and 16 times that"
PEER = "plain SQL DELETE"

CODINGS, SCALES = 50_000, (1, 4, 16)
PLAIN = """
    DELETE FROM analysis_coding WHERE revision_id IN (
        SELECT revision.id FROM interviews_revision revision
        JOIN interviews_transcript transcript ON transcript.id = revision.transcript_id
        WHERE transcript.name LIKE 'Wren%'
    )
"""


def run(report: Report) -> None:
    report.say(
        "Ours is the whole stop: every room, the audit entries and the receipt, in one transaction. As many"
        " codings again are of someone else's words and stay. The peer deletes the same rows from a copy of"
        " the same database, and does nothing else."
    )
    with tempfile.TemporaryDirectory() as name:
        filled = Path(name) / "filled"
        for scale in SCALES:
            codings = CODINGS * scale
            report.say(f"{scale}x: {codings:,} codings of their words")
            step(filled, "fill", str(codings))
            ours, peer = in_turn(
                partial(whole_stop, filled), partial(plain_delete, filled), runs=3, budget=180
            )
            report.row(f"{scale}x, {codings:,} codings", ours, peer, headline=scale == 1)


def whole_stop(filled: Path) -> float:
    folder = copied(filled)
    seconds, left = step(folder, "stop_wren").split()
    if int(left) == 0:
        raise SystemExit("The stop took somebody else's codings, too.")
    return float(seconds)


def plain_delete(filled: Path) -> float:
    database = sqlite3.connect(copied(filled) / "alongside.sqlite3")
    database.execute("PRAGMA synchronous = FULL")

    def delete() -> None:
        database.execute(PLAIN)
        database.commit()

    seconds = seconds_of(delete)
    database.close()
    return seconds


def copied(filled: Path) -> Path:
    folder = filled.with_name("copy")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(filled, folder)
    return folder


def step(folder: Path, *words: str) -> str:
    command = [sys.executable, "-m", "benchmarks.parts.steps", "benchmarks.parts.coded_person", *words]
    environment = {**os.environ, "ALONGSIDE_DATA": str(folder)}
    return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
