"""The machine dies in the middle of a stop: really, by a signal that nothing can catch."""

import json
import os
import subprocess
import sys
from pathlib import Path


def test_a_stop_that_is_killed_anywhere_is_whole_or_not_there(tmp_path: Path):
    """Killed at a write, it changed nothing and can be sent again; killed after its end, it stands, and what
    was left to erase is erased the next time: every voice, also where another one is heard with it."""
    environment = {**os.environ, "ALONGSIDE_DATA": str(tmp_path)}
    environment.pop("ALONGSIDE_TESTING", None)
    words = ["benchmarks.parts.steps", "tests.support.killing", "main", "12"]
    ran = subprocess.run(
        [sys.executable, "-m", *words], env=environment, check=True, capture_output=True, text=True
    )
    told = json.loads(ran.stdout)
    assert len(told["during"]) == 12
    assert all(each["killed"] and each["whole"] for each in told["during"]), told["during"]
    erased = told["after"].pop("erased")
    assert told["after"] == {"killed": True, "stopped": True, "again": True, "voices": [2, 0]}
    assert erased >= 1
