import importlib
import os
from typing import Any

import django
from django.core.mail import EmailMessage, get_connection
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.harness import Report, Timing, seconds_of

TITLE = (
    "`alongside tick`: everyone's reminder, and a second run that sends none, against handing over the mail"
)
PEER = "the same letters, handed to the mail backend and nothing else"

SIZES = (2_500, 10_000, 40_000)
BACKEND = "benchmarks.parts.counted_mail.Counted"


def run(report: Report) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "alongside.settings"
    os.environ["ALONGSIDE_ADDRESS"] = "https://alongside.example.org"
    django.setup()
    call_command("migrate", verbosity=0)
    # Only now are there settings for a model to be read with.
    settings = importlib.import_module("django.conf").settings
    settings.EMAIL_BACKEND = BACKEND
    for size in SIZES:
        _measure(report, size)


def _measure(report: Report, size: int) -> None:
    """Everything is sent once: a reminder can't be timed twice, so each size is one run."""
    many = importlib.import_module("benchmarks.parts.many_reminders")
    counted = importlib.import_module("benchmarks.parts.counted_mail").Counted
    tick = importlib.import_module("alongside.stewardship.ticking").tick
    now = many.make(size)
    counted.letters = []
    first, queries = _timed(lambda: tick(now))
    letters = list(counted.letters)
    again, few = _timed(lambda: tick(now))
    sent_twice = len(counted.letters) - len(letters)
    assert (len(letters), sent_twice) == (size, 0), f"{len(letters)} letters, then {sent_twice} more"
    bare = seconds_of(lambda: _hand_over(letters))
    label = f"{size:,} people, {queries} queries"
    report.row(label, Timing((first,)), Timing((bare,)), headline=size == 10_000)
    report.row(f"the second run, {few} queries, 0 letters", Timing((again,)), Timing((bare,)))


def _timed(work: Any) -> tuple[float, int]:
    with CaptureQueriesContext(connection) as queries:
        seconds = seconds_of(work)
    return seconds, len(queries)


def _hand_over(letters: list[EmailMessage]) -> None:
    mail = get_connection(BACKEND)
    for letter in letters:
        mail.send_messages([EmailMessage(letter.subject, letter.body, to=letter.to)])
