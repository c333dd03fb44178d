"""Drawing lots so that anybody can draw them again."""

import hashlib
from collections.abc import Iterable


def in_drawn_order(codes: Iterable[str], seed: int) -> list[str]:
    """`codes` in the order of the SHA-256 of seed and code.

    A digest and no random generator: generators promise the same stream only within a version.
    """
    return sorted(codes, key=lambda code: (hashlib.sha256(f"{seed}:{code}".encode()).digest(), code))
