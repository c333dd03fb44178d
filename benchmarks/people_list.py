import importlib
import os
from collections.abc import Callable

import django
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.harness import Report, in_turn, seconds_of

TITLE = "The list of people, a search in it, and its last page, against the same page with 100 people"
PEER = "100 people"

SIZES = (100, 1_000, 10_000)
REQUESTS = 5


def run(report: Report) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "alongside.settings"
    os.environ["ALONGSIDE_STATIC_COLLECTED"] = "1"
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    client = Client(headers={"host": "localhost"})
    studies = {size: _study(client, size) for size in SIZES}
    for page, query in (("first page", ""), ("search", "?q=ell"), ("last page", "?page=999999")):
        small = studies[SIZES[0]] + query
        for size in SIZES:
            address = studies[size] + query
            ours, peer = in_turn(_visits(client, address), _visits(client, small))
            label = f"{page}, {size:,} people, {_queries(client, address)} queries"
            report.row(label, ours, peer, headline=not query and size == SIZES[-1])


def _study(client: Client, size: int) -> str:
    """The address of the list of a study with so many people, brought in as a table."""
    # Only now are there settings for a model to be read with.
    many = importlib.import_module("benchmarks.parts.many_people")
    return str(many.make(client, size))


def _visits(client: Client, address: str) -> Callable[[], float]:
    def visits() -> None:
        for _ in range(REQUESTS):
            assert client.get(address).status_code == 200

    return lambda: seconds_of(visits) / REQUESTS


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)
