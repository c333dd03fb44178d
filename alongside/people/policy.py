"""What stopping and erasure do to a model that has a path to a person.

Every such model says so in `on_stopping`; a test fails on one that doesn't.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Policy:
    deed: str
    reason: str = ""


ERASE = Policy("erase")
ANONYMISE = Policy("anonymise")


def keep(reason: str) -> Policy:
    return Policy("keep", reason)
