from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.accounts.models import Study, User
from alongside.audit.models import Entry
from alongside.people.actions import (
    declare,
    end_relationship,
    link_user,
    make_participant,
    record_consent,
    record_relationship,
)
from alongside.people.models import ConsentText, Pair, Participant, Person, WorkingRelationship

PAGE = "/s/six-months-on/people/relationships/link/"


def address(relationship: WorkingRelationship) -> str:
    return f"/s/six-months-on/people/relationships/{relationship.pk}/link/"


def main(answer) -> str:
    return answer.content.decode().split("<main")[1]


@pytest.fixture
def two(
    rowan_and_alison: WorkingRelationship,
    rowan_as_participant: Participant,
    alison_as_participant: Participant,
) -> WorkingRelationship:
    """Rowan and Alison, who both agreed to be read together, and whom research knows."""
    return rowan_and_alison


def test_two_who_agreed_are_found_and_linked(as_hannah: Client, two: WorkingRelationship):
    """From the two yeses alone; once linked they stand there as linked, and it is on record."""
    assert address(two) in main(as_hannah.get(PAGE))
    assert "Alison" in main(as_hannah.get(address(two)))
    assert as_hannah.post(address(two)).status_code == 302
    pair = Pair.objects.get()
    assert {pair.one.code, pair.two.code} == {"P01", "P02"}
    assert address(two) not in main(as_hannah.get(PAGE))
    assert "Linked" in main(as_hannah.get(PAGE))
    entry = Entry.objects.get(verb="link_pair")
    assert (entry.noun, entry.object, entry.fields) == ("people.pair", str(pair.pk), ["one", "two"])


def test_sent_twice_it_is_one_pair(as_hannah: Client, two: WorkingRelationship):
    """The second time changes nothing."""
    for _time in range(2):
        assert as_hannah.post(address(two)).status_code == 302
    assert Pair.objects.count() == 1
    assert Entry.objects.filter(verb="link_pair").count() == 1


@pytest.mark.parametrize("decision", ["stopped", "declined"])
def test_a_no_of_one_unlinks_and_keeps_apart(
    decision: str,
    as_hannah: Client,
    two: WorkingRelationship,
    alison: Person,
    consent_texts: dict[str, ConsentText],
):
    """They stand there no longer, and whoever had the page open is refused in one sentence."""
    as_hannah.post(address(two))
    record_consent(by=alison, person=alison, text=consent_texts["pair_link"], decision=decision)
    assert not Pair.objects.exists()
    assert "Alison" not in main(as_hannah.get(PAGE))
    answer = as_hannah.post(address(two))
    assert answer.status_code == 422
    assert "Both people need to agree before their interviews are read together." in main(answer)
    assert not Pair.objects.exists()


def test_without_a_code_of_each_there_is_nothing_to_link(
    as_hannah: Client, rowan_and_alison: WorkingRelationship, rowan_as_participant: Participant
):
    """One sentence says what comes first."""
    answer = as_hannah.post(address(rowan_and_alison))
    assert answer.status_code == 422
    assert "Both people need a participant code first." in main(answer)
    assert not Pair.objects.exists()


def test_who_no_longer_works_together_is_not_linked(as_hannah: Client, two: WorkingRelationship):
    """What has ended stands there no longer; sent from an old page it is refused."""
    end_relationship(by=None, relationship=two, ended=date(2026, 6, 1))
    assert "Alison" not in main(as_hannah.get(PAGE))
    answer = as_hannah.post(address(two))
    assert answer.status_code == 422
    assert "These two no longer work together, so they are not linked." in main(answer)
    assert not Pair.objects.exists()


@pytest.mark.parametrize("agrees", [True, False], ids=["who agreed", "who said no"])
def test_who_works_with_one_of_them_is_told_nothing(
    agrees: bool,
    as_priya: Client,
    study: Study,
    alison: Person,
    alison_as_participant: Participant,
    wren: Person,
    consent_texts: dict[str, ConsentText],
):
    """Priya works with Wren: the pair isn't on her page, whatever Wren said, and its address isn't there."""
    pair = record_relationship(by=None, one=wren, other=alison, started=date(2024, 5, 1))
    if not agrees:
        record_consent(by=wren, person=wren, text=consent_texts["pair_link"], decision="stopped")
    assert "Nobody to link yet" in main(as_priya.get(PAGE))
    assert as_priya.get(address(pair)).status_code == 404
    assert as_priya.post(address(pair)).status_code == 404
    assert not Pair.objects.exists()


def test_a_half_of_the_pair_cannot_link_it(
    as_hannah: Client, hannah: User, two: WorkingRelationship, alison: Person
):
    """A coordinator who is one of the two would read there what the other one chose."""
    link_user(by=None, person=alison, user=hannah)
    assert "Rowan" not in main(as_hannah.get(PAGE))
    assert as_hannah.post(address(two)).status_code == 404


def test_whom_one_said_one_knows_is_kept_too(
    as_hannah: Client, hannah: User, two: WorkingRelationship, rowan_as_participant: Participant
):
    """Said of a code before a transcript opened, it keeps the pair away here as well."""
    declare(by=hannah, speaking=[rowan_as_participant], known=rowan_as_participant)
    assert "Rowan" not in main(as_hannah.get(PAGE))
    assert as_hannah.get(address(two)).status_code == 404


@pytest.mark.parametrize("who", ["as_sunita", "as_hilary", "as_carys", "as_fern", "as_stranger"])
def test_other_roles_find_nothing(who: str, request: pytest.FixtureRequest, two: WorkingRelationship):
    """Only who arranges the study and may see which code is whose."""
    client = request.getfixturevalue(who)
    assert client.get(PAGE).status_code == 404
    assert client.post(address(two)).status_code == 404
    assert not Pair.objects.exists()


def test_more_pairs_cost_no_more_queries(
    as_hannah: Client, study: Study, consent_texts: dict[str, ConsentText]
):
    """Ten pairs are asked of as two are."""
    counts = []
    for more in range(2, 11, 4):
        for number in range(more):
            one, other = (Person.objects.create(study=study, name=f"{half} {more} {number}") for half in "AB")
            record_relationship(by=None, one=one, other=other, started=date(2022, 5, 1))
            for person in (one, other):
                record_consent(by=None, person=person, text=consent_texts["pair_link"], decision="granted")
                make_participant(by=None, person=person)
        with CaptureQueriesContext(connection) as queries:
            assert f"A {more} 0" in main(as_hannah.get(PAGE))
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2]
