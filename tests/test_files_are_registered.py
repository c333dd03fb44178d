"""No file leaves without a line in the register: whatever anybody may open, every address is tried."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from alongside.accounts.models import Study, User
from alongside.audit.models import Entry, Export
from alongside.people.models import Participant, Person
from tests.permission_table import TABLE
from tests.support.walking import ADDRESSES, METHODS, Address, undone
from tests.support.world import World, one_of_everything

# Files that hold nothing of anybody: a template, and what a course gives to everyone in it.
EMPTY = {"exchange:people-template", "training:take-material", "training:my-material"}


@pytest.fixture
def world(
    study: Study, hilary: User, rowan: Person, rowan_as_participant: Participant, alison_as_participant
) -> World:
    things = one_of_everything(study, rowan, rowan_as_participant, by=hilary, other=alison_as_participant)
    mine = {"membership": study.memberships.get(user=hilary), "user": hilary}
    return {**things, **mine, "relationship": None}


def reachable(world: World) -> Iterator[Address]:
    """Addresses for whose nouns there is a thing in the world."""
    for address in ADDRESSES:
        if address.name in TABLE:
            rule = address.rule
            things = [rule.words.get(noun) or world.get(rule.nouns.get(noun, noun)) for noun in address.nouns]
            if all(things):
                yield address


def files_taken(client: Client, world: World) -> Iterator[tuple[Address, int, int, int]]:
    """Each address that answers with a file: what it added to register and audit, and the file's size."""
    cookies = client.cookies.copy()
    for address in reachable(world):
        for method in METHODS:
            client.cookies = cookies.copy()
            with undone():
                before, entries = Export.objects.count(), Entry.objects.filter(verb="export").count()
                answer = getattr(client, method)(address.of(world))
                if "attachment" in answer.headers.get("Content-Disposition", ""):
                    new = Entry.objects.filter(verb="export").count() - entries
                    yield address, Export.objects.count() - before, new, len(answer.getvalue())


def test_every_file_adds_one_line_to_the_register_and_one_to_the_audit(
    world: World, founder: User, sign_in: Callable[[User], Client]
):
    """For whoever holds every role, and for the person on their own pages."""
    found = [*files_taken(sign_in(founder), world), *files_taken(Client(), world)]
    unregistered = {address.name for address, rows, entries, _size in found if (rows, entries) != (1, 1)}
    assert unregistered == EMPTY
    assert {address.name for address, *_rest in found} >= {
        "exchange:export",
        "reporting:download-report",
        "stewardship:take-consents",
    }
    assert all(size for *_rest, size in found)
