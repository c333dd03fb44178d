"""The whole way on the command line, in processes of its own, on a data folder that was empty."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from alongside.__main__ import COMMANDS, main

VTT = """WEBVTT

00:00:01.000 --> 00:00:04.000
<v Josef>What was it like, walking in?

00:00:05.000 --> 00:00:09.000
<v Rowan>I looked for the lanyards, and there weren’t any.
"""
CODINGS = "transcript,turn,quote,code,coder\ntalk,2,I looked for the lanyards,Before > Lanyards,Ines\n"


@pytest.fixture
def alongside(tmp_path: Path):
    environment = {**os.environ, "ALONGSIDE_DATA": str(tmp_path / "data"), "PYTHONUTF8": "1"}

    def run(*words: str, fails: bool = False) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "alongside", *words],
            capture_output=True,
            text=True,
            env=environment,
            cwd=Path(__file__).parents[1],
            encoding="utf-8",
            check=False,
        )
        assert (done.returncode != 0) == fails, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done.stderr if fails else done.stdout

    return run


def test_a_study_from_nothing_to_its_tables(alongside, tmp_path: Path):
    """New study, dry run, import, refusal of the same file, codings, three tables, audit."""
    (tmp_path / "talk.vtt").write_text(VTT, encoding="utf-8")
    (tmp_path / "codings.csv").write_text(CODINGS, encoding="utf-8")
    talk = str(tmp_path / "talk.vtt")
    assert "can sign in" in alongside("study", "new", "Six months on", "--email", "h@example.org")
    [seen] = json.loads(alongside("import", talk, "--study", "six-months-on", "--dry-run", "--json"))
    assert list(seen["speakers"]) == ["Josef", "Rowan"]
    assert seen["turns"][1]["text"] == "I looked for the lanyards, and there weren’t any."
    assert seen["turns"][1]["start_ms"] == 5000
    assert "2 turns" in alongside("import", talk, "--study", "six-months-on")
    assert "imported already" in alongside("import", talk, "--study", "six-months-on", fails=True)
    assert "1 coding is new" in alongside(
        "codings", str(tmp_path / "codings.csv"), "--study", "six-months-on"
    )
    for what, expected in (("passages", "lanyards"), ("codebook", "Before > Lanyards"), ("codings", "Ines")):
        target = tmp_path / f"{what}.csv"
        alongside("export", "--study", "six-months-on", "--what", what, "--to", str(target))
        assert expected in target.read_text(encoding="utf-8")
    assert "has no such finding" in alongside(
        "report", "--study", "six-months-on", "--to", str(tmp_path / "r.html"), fails=True
    )
    assert "stand as they were written" in alongside("audit", "verify")


def test_bad_requests_are_one_sentence(alongside, tmp_path: Path):
    """An unknown study names those there are; a file that isn't there is named."""
    alongside("study", "new", "Six months on", "--email", "h@example.org")
    assert "There is no study “other” here. Studies: six-months-on." in alongside(
        "import", "x.vtt", "--study", "other", fails=True
    )
    assert "x.vtt: No such file" in alongside("import", "x.vtt", "--study", "six-months-on", fails=True)
    (tmp_path / "no.vtt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    assert "no.vtt" in alongside("import", str(tmp_path / "no.vtt"), "--study", "six-months-on", fails=True)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_each_command_has_help_with_an_example(name: str, alongside):
    """`--help` says what it is for and shows one."""
    said = alongside(name, "--help")
    assert "example:" in said
    assert f"alongside {name}" in said or name == "serve"


def test_an_unknown_command_is_said_so(capsys):
    """With the ones there are."""
    assert main(["dance"]) == 2
    assert "no command “dance”" in capsys.readouterr().err


def test_usage_names_every_command(capsys):
    """`alongside --help`."""
    assert main(["--help"]) == 0
    said = capsys.readouterr().out
    assert all(name in said for name in COMMANDS)
