"""How long someone who works with the person waits: a step of the drill `firewall_timing`, told as JSON."""

import json
import time
from uuid import uuid4

from django.conf import settings
from django.test.utils import setup_test_environment

from benchmarks.parts.crawl import FOLDER, front_doors, secret_addresses, signed_in
from tests.support.walking import Visitor

TIMES = 12
WHO = "works with them, every role"


def times() -> None:
    """Seconds of each answer: of the study's pages, of what is kept from them, and of what isn't there."""
    setup_test_environment()
    settings.DEMONSTRATION = True
    visitor = signed_in(json.loads((FOLDER / "cast.json").read_text())["users"][WHO])
    pages = {address: [address] for address in front_doors() if visitor.ask("get", address)[0] == 200}
    closed = {address: [address, missing(address)] for address in secret_addresses()}
    told = {"pages": waited(visitor, pages), "closed": waited(visitor, closed)}
    print(json.dumps(told))


def missing(address: str) -> str:
    """The same address of a thing that doesn't exist."""
    secret = next(key for key in keys() if f"/{key}/" in address or address.endswith(key))
    return address.replace(secret, "987654" if secret.isdigit() else str(uuid4()))


def keys() -> list[str]:
    known: dict[str, list[str]] = json.loads((FOLDER / "all-secrets.json").read_text())
    return sorted((key for found in known.values() for key in found), key=len, reverse=True)


def waited(visitor: Visitor, groups: dict[str, list[str]]) -> dict[str, list[list[float]]]:
    """For each group of addresses, the seconds of each of its addresses, asked for in turn."""
    found: dict[str, list[list[float]]] = {}
    for name, addresses in groups.items():
        seconds: list[list[float]] = [[] for _ in addresses]
        for turn in range(TIMES + 2):
            for place, address in enumerate(addresses):
                started = time.perf_counter()
                visitor.client.get(address)
                if turn >= 2:
                    seconds[place].append(time.perf_counter() - started)
        found[name] = seconds
    return found
