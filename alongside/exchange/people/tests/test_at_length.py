"""A long table comes in on a page that grows, and leaving the page undoes it."""

from itertools import islice

import pytest
from django.http import StreamingHttpResponse

from alongside.accounts.models import Study
from alongside.audit.models import Entry
from alongside.audit.queries import first_fault
from alongside.exchange.models import Import, PeopleFile
from alongside.exchange.people.length import LONG
from alongside.exchange.people.tests.conftest import Bringing
from alongside.people.actions import add_person
from alongside.people.models import Person, WorkingRelationship

SYLLABLES = ("ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "zu")


def name(number: int) -> str:
    """Names that are like no other."""
    return "".join(SYLLABLES[int(digit)] for digit in f"{number:04}").capitalize() + f" {number}"


def table(rows: int = LONG + 1) -> str:
    """People, every other one of whom works with the one before; the last says again what the first said."""
    lines = ["name,email,works with,since"]
    for number in range(rows):
        tie = f"p{number - 1}@example.org,2024-01-01" if number % 2 else ","
        lines.append(f"{name(number)},p{number}@example.org,{tie}")
    lines[1] = f"{name(0)},p0@example.org,p1@example.org,2024-01-01"
    return "\n".join(lines)


def started(hannahs: Bringing, content: str) -> StreamingHttpResponse:
    answer = hannahs.whole_way(content)
    assert isinstance(answer, StreamingHttpResponse)
    assert answer.status_code == 200
    return answer


def test_it_tells_how_far_it_has_come(hannahs: Bringing, study: Study):
    """Everyone is in at the end, each with an entry, and the page says where to see what was done."""
    told = b"".join(started(hannahs, table()).streaming_content).decode()
    assert "500 of 1,501 done" in told
    assert "1,501 of 1,501 done" in told
    assert f"/exchange/people/brought/{hannahs.brought.pk}/" in told
    assert "Stop, and add nobody" in told
    assert Person.objects.filter(study=study).count() == LONG + 1
    assert WorkingRelationship.objects.count() == hannahs.brought.relationships == (LONG + 1) // 2
    assert not any("works with" in sentence for sentence in hannahs.brought.not_taken)
    assert Entry.objects.filter(verb="add_person").count() == LONG + 1
    assert not PeopleFile.objects.exists()
    assert first_fault(study.pk) is None


@pytest.mark.parametrize("pieces", [1, 2, 4])
def test_leaving_the_page_adds_nobody(pieces: int, hannahs: Bringing, study: Study):
    """However far it has come: no person, no pair, no entry; the table is there to be brought in again."""
    answer = started(hannahs, table())
    assert len(list(islice(answer.streaming_content, pieces))) == pieces
    answer._iterator.close()  # As the server does; the client of the tests stands in between.
    assert not Person.objects.filter(study=study).exists()
    assert not WorkingRelationship.objects.exists()
    assert not Import.objects.exists()
    assert not Entry.objects.filter(verb="add_person").exists()
    assert PeopleFile.objects.count() == 1
    assert first_fault(study.pk) is None
    b"".join(hannahs.finish().streaming_content)
    assert Person.objects.filter(study=study).count() == LONG + 1


def test_a_refusal_stands_on_the_page(hannahs: Bringing, study: Study):
    """What keeps the table out is said there, and nobody is added."""
    hannahs.upload(table())
    hannahs.match()
    looked_at = hannahs.look()
    add_person(by=None, study=study, name=name(7), email="p7@example.org")
    told = b"".join(hannahs.decide(looked_at, finish="yes").streaming_content).decode()
    assert "Nobody was added." in told
    assert "may be someone who is known already" in told
    assert Person.objects.filter(study=study).count() == 1
