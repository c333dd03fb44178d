"""Stops that the machine kills, each in a process of its own on a database on disk; told as JSON."""

import json
import os
import signal
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.db import connection, connections, transaction

from alongside.accounts.actions import invite_user, open_study
from alongside.interviews.models import Recording
from alongside.people.actions import add_person, make_participant, publish_consent_text, record_consent
from alongside.people.models import Person, Purpose
from alongside.people.queries import permits
from alongside.stewardship.withdrawal import erase_files, stop
from alongside.vault import files
from tests.support.world import in_interviews, one_of_everything

WRITES = ("INSERT", "UPDATE", "DELETE")
ROOMS = ("people", "training", "followup", "interviews", "analysis", "reporting", "stewardship", "audit")


def main(count: str) -> None:
    """Kill a stop at so many places, evenly from its first write to its last, and once after its commit."""
    places = int(count)
    call_command("migrate", verbosity=0)
    prepare()
    before, last = stored(), count_of_writes()
    voices = set(Recording.objects.values_list("sha256", flat=True))
    steps = sorted({1 + (last - 1) * place // (places - 1) for place in range(places)})
    during = [{"place": place, "killed": killed_at(place), "whole": stored() == before} for place in steps]
    after = {
        "killed": killed_at(0),
        "stopped": not permits(person(), Purpose.INTERVIEW),
        "erased": erase_files(),
        "voices": [len(voices), sum(map(files.is_whole, voices))],
        "again": stop(by=person(), person=person()) is None,
    }
    print(json.dumps({"during": during, "after": after}))


def prepare() -> None:
    study, by = open_study(by=None, name="Killed"), invite_user(by=None, email="h@example.org", name="H")
    rowan = add_person(by=None, study=study, name="Rowan")
    for purpose in Purpose.values:
        text = publish_consent_text(by=None, study=study, purpose=purpose, wording=purpose, on_stop="erase")
        record_consent(by=None, person=rowan, text=text, decision="granted")
    things = one_of_everything(study, rowan, participant := make_participant(by=None, person=rowan), by=by)
    alison = make_participant(by=None, person=add_person(by=None, study=study, name="Alison"))
    joint = in_interviews(study, alison, by, things["instance"])
    joint["transcript"].speakers.filter(label="Q").update(participant=participant)


def person() -> Person:
    return Person.objects.get(name="Rowan")


def stored() -> dict[str, list[str]]:
    models = [model for model in apps.get_models() if model._meta.app_label in ROOMS]
    return {m._meta.label: sorted(map(str, m._default_manager.values_list())) for m in models}


def count_of_writes() -> int:
    """How many writes a whole stop takes, in a transaction that is taken back."""
    written: list[str] = []
    with transaction.atomic(), connection.execute_wrapper(noting(written)):
        stop(by=person(), person=person())
        transaction.set_rollback(True)
    return len(written)


def killed_at(place: int) -> bool:
    """Whether a stop was killed at its write number `place`; at 0, at the first word after its commit."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        whose, written = person(), []
        with connection.execute_wrapper(noting(written, kill_at=place)):
            stop(by=whose, person=whose)
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def noting(written: list[str], kill_at: int = -1) -> Callable[..., Any]:
    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if connection.in_atomic_block and sql.startswith(WRITES):
            written.append(sql)
        committed = bool(written) and not connection.in_atomic_block
        if committed if kill_at == 0 else len(written) == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    return note
