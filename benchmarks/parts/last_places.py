"""One side of `places_given`: many ask for ten places through the whole stack, on the database in use.

They ask fifty at a time, and are answered by one process with as many threads as `alongside serve` has.
"""

import json
import os
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.cookies import SimpleCookie

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "alongside.settings"
os.environ["ALONGSIDE_STATIC_COLLECTED"] = "1"
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.client import ClientHandler  # noqa: E402

from alongside.accounts.actions import give_role, invite_user, open_study  # noqa: E402
from alongside.accounts.models import Study  # noqa: E402
from alongside.accounts.permissions import Role  # noqa: E402
from alongside.people.actions import NewPerson, add_people  # noqa: E402
from alongside.people.models import Person  # noqa: E402
from alongside.training.actions import create_programme, open_cohort  # noqa: E402
from alongside.training.models import Cohort, Enrolment  # noqa: E402
from alongside.web.management.commands.serve import THREADS  # noqa: E402
from benchmarks.parts.second_step import give_second_step  # noqa: E402

PLACES = 10
AT_A_TIME = 50
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def main(size: int, runs: int) -> None:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    study = Study.objects.filter(slug="places").first() or open_study(by=None, name="Places", slug="places")
    user = invite_user(by=None, email=f"hannah-{size}@example.org", name="Hannah Whitlock")
    give_role(by=None, study=study, user=user, role=Role.COORDINATOR)
    browser = Client(headers={"host": "localhost"})
    browser.force_login(user, backend=BACKEND)
    give_second_step(browser)
    named = [NewPerson(f"Learner {size} {number}") for number in range(size)]
    people = add_people(by=None, study=study, people=named)
    programme = create_programme(by=None, study=study, title=f"Course of {size}")
    told = []
    # The first round warms up, and isn't counted.
    for number in range(runs + 1):
        cohort = open_cohort(
            by=None, study=study, programme=programme, name=f"{size}, {number}", capacity=PLACES
        )
        told.append(one_round(browser, cohort, people))
    print(json.dumps(told[1:]))


def one_round(browser: Client, cohort: Cohort, people: list[Person]) -> dict[str, float]:
    url = f"/s/{cohort.study.slug}/training/groups/{cohort.pk}/places/"
    server = ClientHandler()

    def ask(person: Person) -> tuple[int, float]:
        own = Client(headers={"host": "localhost"}, raise_request_exception=False)
        own.cookies, own.handler = SimpleCookie(browser.cookies), server
        try:
            status = own.post(url, {"person": person.pk, "or_wait": "on"}).status_code
        finally:
            connection.close()
        return status, time.perf_counter() - asked

    answers = []
    started = time.perf_counter()
    with ThreadPoolExecutor(max_workers=THREADS) as threads:
        for first in range(0, len(people), AT_A_TIME):
            asked = time.perf_counter()
            answers += list(threads.map(ask, people[first : first + AT_A_TIME]))
    seconds = time.perf_counter() - started
    states = Counter(Enrolment.objects.filter(cohort=cohort).values_list("state", flat=True))
    return {
        "seconds": seconds,
        "slowest": max(took for _status, took in answers),
        "oversold": max(0, states["enrolled"] - PLACES),
        "unanswered": sum(status != 302 for status, _took in answers)
        + abs(len(people) - states["enrolled"] - states["waiting"]),
    }


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
