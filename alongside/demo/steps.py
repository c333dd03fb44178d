"""Progress that a person can follow: one line a step, with what it came to."""

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol, TypeVar

Thing = TypeVar("Thing")
WIDTH = 24


class Out(Protocol):
    """Where the lines go: a terminal, a file, or Django's wrapper of either."""

    def write(self, words: str, /) -> object: ...

    def flush(self) -> None: ...

    def isatty(self) -> bool: ...


class Steps:
    def __init__(self, out: Out | None = None) -> None:
        self.out = out or sys.stdout
        self.result = ""

    def say(self, words: str) -> None:
        self.out.write(f"{words}\n")
        self.out.flush()

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """One line: what is being done, and when it is done what came of it and how long it took."""
        self.result = ""
        self.out.write(f"  {name} … ")
        self.out.flush()
        began = time.perf_counter()
        yield
        took = time.perf_counter() - began
        self.say(f"{self.result or 'done'} ({took:.1f} s)")

    def each(self, things: Sequence[Thing]) -> Iterator[Thing]:
        """The things one by one, with a bar where there is a terminal to draw it on."""
        draws = self.out.isatty()
        for number, thing in enumerate(things, start=1):
            yield thing
            if draws:
                done = WIDTH * number // len(things)
                self.out.write(f"[{'#' * done}{'.' * (WIDTH - done)}]" + "\b" * (WIDTH + 2))
                self.out.flush()
        if draws:
            self.out.write(" " * (WIDTH + 2) + "\b" * (WIDTH + 2))
