"""Hypothesis as these tests use it: few enough examples for a quick suite, and no deadline by the clock."""

from collections.abc import Callable
from typing import Any

import hypothesis
from hypothesis.strategies import SearchStrategy

Test = Callable[..., None]


def given(*strategies: SearchStrategy[Any], **named: SearchStrategy[Any]) -> Callable[[Test], Test]:
    """As `hypothesis.given`, with forty examples."""

    def decorate(test: Test) -> Test:
        return hypothesis.settings(max_examples=40, deadline=None)(
            hypothesis.given(*strategies, **named)(test)
        )

    return decorate
