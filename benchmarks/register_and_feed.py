import importlib
import os
from collections.abc import Callable
from typing import Any

import django
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.harness import Report, in_turn, seconds_of

TITLE = "The register of a group and the calendar that follows it, at 1, 4 and 16 times a term"
PEER = "the same rows read, or events written, bare"

LEARNERS = 30
REGISTERS = (200, 800, 3_200)
FEEDS = (500, 2_000, 8_000)


def run(report: Report) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "alongside.settings"
    os.environ["ALONGSIDE_STATIC_COLLECTED"] = "1"
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    client = Client(headers={"host": "localhost"})
    # Only now are there settings for a model to be read with.
    terms = importlib.import_module("benchmarks.parts.long_term")
    for times, size in zip((1, 4, 16), REGISTERS, strict=True):
        term = terms.make(client, size, LEARNERS)
        count = term.cohort.sessions.count()
        label = f"register, {count:,} sessions x {LEARNERS}, {_queries(client, term.register)} queries"
        _measure(report, client, label, term.register, term.rows, headline=times == 1)
    for size in FEEDS:
        term = terms.make(client, size, 1)
        count = term.cohort.sessions.count()
        label = f"calendar, {count:,} events, {_queries(client, term.feed)} queries"
        _measure(report, client, label, term.feed, term.bare)


def _measure(
    report: Report,
    client: Client,
    label: str,
    address: str,
    peer: Callable[[], Any],
    *,
    headline: bool = False,
) -> None:
    def visit() -> None:
        assert client.get(address).status_code == 200

    ours, bare = in_turn(lambda: seconds_of(visit), lambda: seconds_of(peer), budget=60)
    report.row(label, ours, bare, headline=headline)


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)
