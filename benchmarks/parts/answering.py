"""How long someone who works with the person waits: one world of the drill `firewall_timing`.

Tells first what there is to ask, as JSON; then reads an address a line and tells the seconds of its answer.
"""

import json
import sys
import time
from uuid import uuid4

from django.conf import settings
from django.test.utils import setup_test_environment

from benchmarks.parts.crawl import FOLDER, front_doors, secret_addresses, signed_in
from tests.support.walking import Visitor

WHO = "works with them, every role"
# People of the study are on its list: that there is such a person is no secret, what they do is.
SHOWN = {"person"}


def answer() -> None:
    setup_test_environment()
    settings.DEMONSTRATION = True
    visitor = signed_in(json.loads((FOLDER / "cast.json").read_text())["users"][WHO])
    pages = [address for address in front_doors() if visitor.ask("get", address)[0] == 200]
    tell({"pages": pages, "closed": [[address, *otherwise(address)] for address in secret_addresses()]})
    for line in sys.stdin:
        tell(seconds(visitor, line.strip()))


def tell(what: object) -> None:
    print(json.dumps(what), flush=True)


def seconds(visitor: Visitor, address: str) -> float:
    started = time.perf_counter()
    visitor.client.get(address)
    return time.perf_counter() - started


def otherwise(address: str) -> tuple[str, bool]:
    """The same address of a thing that doesn't exist; and whether the thing is on a list that is shown."""
    noun, secret = next(pair for pair in keys() if f"/{pair[1]}/" in address or address.endswith(pair[1]))
    return address.replace(secret, "987654" if secret.isdigit() else str(uuid4())), noun in SHOWN


def keys() -> list[tuple[str, str]]:
    known: dict[str, list[str]] = json.loads((FOLDER / "all-secrets.json").read_text())
    pairs = [(noun, key) for noun, found in known.items() for key in found]
    return sorted(pairs, key=lambda pair: len(pair[1]), reverse=True)
