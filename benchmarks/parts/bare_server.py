"""`bare_coding` in a process of its own."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def bare_server(folder: Path) -> Iterator[str]:
    words = ["benchmarks.parts.page_worker", "benchmarks.parts.bare_coding", str(folder)]
    # It complains of every request that waits, and it's made to wait.
    worker = subprocess.Popen(
        [sys.executable, "-m", *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert worker.stdout is not None
    try:
        yield f"http://127.0.0.1:{int(worker.stdout.readline())}/"
    finally:
        worker.communicate()
