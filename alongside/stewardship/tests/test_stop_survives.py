from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from alongside.people.models import Person
from alongside.people.queries import permits
from alongside.stewardship.withdrawal import stop
from tests.support.world import World

# A purpose for every room that stopping walks through.
PURPOSES = ("questionnaires", "interview_contact", "interview", "quotation_public", "pair_link")
WRITES = ("INSERT", "UPDATE", "DELETE")


def everything_stored() -> dict[str, list[Any]]:
    """Every row of every table of ours, by model."""
    return {
        model._meta.label: sorted(map(str, model._default_manager.values_list()))
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label.startswith(("accounts", "audit", "people", "training", "followup"))
        or model._meta.label.startswith(("interviews", "analysis", "reporting", "exchange", "stewardship"))
    }


@contextmanager
def breaking_at(place: int) -> Iterator[list[str]]:
    """The database refuses the write that comes at `place`, and counts those before it."""
    written: list[str] = []

    def refuse(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(WRITES):
            written.append(sql)
            if len(written) == place:
                raise DatabaseError("The disk is full.")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield written


@pytest.fixture
def writes(rowan: Person, world: World) -> int:
    """How many writes a whole stop takes."""
    with transaction.atomic():
        with breaking_at(0) as written:
            stop(by=rowan, person=rowan, purposes=PURPOSES)
        transaction.set_rollback(True)
    return len(written)


def test_a_failure_at_any_write_changes_nothing(rowan: Person, world: World, writes: int):
    """Whichever write fails, all that was there is there, and the person can simply try again."""
    before = everything_stored()
    assert writes > 40
    for place in range(1, writes + 1):
        with breaking_at(place), pytest.raises(DatabaseError):
            stop(by=rowan, person=rowan, purposes=PURPOSES)
    assert everything_stored() == before
    assert stop(by=rowan, person=rowan, purposes=PURPOSES)
    assert not permits(rowan, "interview")
