"""A coordinator who is one half of a pair: that the other half ended it is nothing they can see."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from alongside.accounts.models import Study, User
from alongside.people.actions import (
    add_person,
    deny_relationship,
    end_relationship,
    link_user,
    record_relationship,
    record_relationships,
)
from alongside.people.models import Person, WorkingRelationship

ROOM = "/s/six-months-on/people/"
DEEDS = ("confirm", "end", "dates")


@pytest.fixture
def hannah_herself(study: Study, hannah: User) -> Person:
    herself = add_person(by=None, study=study, name="Hannah Whitlock")
    link_user(by=None, person=herself, user=hannah)
    return herself


@pytest.fixture
def own(hannah_herself: Person, rowan: Person, rowan_and_alison: WorkingRelationship) -> WorkingRelationship:
    return record_relationship(by=None, one=hannah_herself, other=rowan, started=date(2021, 3, 1))


def seen(client: Client, rowan: Person, own: WorkingRelationship) -> list[tuple[int, bytes]]:
    pages = [f"{ROOM}relationships/", f"{ROOM}summary", f"{ROOM}todo", f"{ROOM}{rowan.pk}/"]
    deeds = [f"{ROOM}relationships/{own.pk}/{deed}/" for deed in DEEDS]
    answers = [client.get(address) for address in (*pages, *deeds)]
    return [(answer.status_code, _bare(answer.content)) for answer in answers]


def _bare(page: bytes) -> bytes:
    return b"".join(line for line in page.splitlines() if b"csrf" not in line.lower())


@pytest.mark.parametrize("how", ["denied", "ended for them"])
def test_the_other_half_ends_it_unseen(
    how: str, as_hannah: Client, hannah: User, rowan: Person, own: WorkingRelationship
):
    """Lists, counts, the person's page and every deed look as before, to the byte."""
    before = seen(as_hannah, rowan, own)
    # Their own word is theirs to give, here as on their own page; it tells nothing.
    assert [status for status, _page in before[4:]] == [200, 404, 404]
    if how == "denied":
        deny_relationship(by=rowan, relationship=own, person=rowan)
    else:
        end_relationship(by=None, relationship=own, ended=date(2026, 6, 1))
    assert seen(as_hannah, rowan, own) == before


def test_another_coordinator_sees_that_it_ended(as_founder: Client, own: WorkingRelationship):
    """Whoever is no half of it keeps it: so it can be put right."""
    end_relationship(by=None, relationship=own, ended=date(2026, 6, 1))
    assert "until 1 June 2026" in as_founder.get(f"{ROOM}relationships/").content.decode()
    assert as_founder.get(f"{ROOM}relationships/{own.pk}/dates/").status_code == 200


@pytest.mark.parametrize("ended", [True, False])
def test_recording_it_again_tells_nothing(
    ended: bool, study: Study, hannah: User, hannah_herself: Person, rowan: Person, own: WorkingRelationship
):
    """By hand it is refused in the same words, from a table it is known already, whether it ended or not."""
    if ended:
        deny_relationship(by=rowan, relationship=own, person=rowan)
    with pytest.raises(ValidationError, match="on record already"):
        record_relationship(by=hannah, one=hannah_herself, other=rowan, started=date(2026, 7, 1))
    pairs = [(rowan, hannah_herself, date(2026, 7, 1))]
    assert record_relationships(by=hannah, study=study, pairs=pairs) == []
    assert WorkingRelationship.objects.filter(second=own.second, first=own.first).count() == 1


def test_whoever_ended_it_themselves_sees_that(
    as_hannah: Client, hannah: User, hannah_herself: Person, own: WorkingRelationship
):
    """It is their own word."""
    deny_relationship(by=hannah_herself, relationship=own, person=hannah_herself)
    assert "until" in as_hannah.get(f"{ROOM}relationships/").content.decode()
