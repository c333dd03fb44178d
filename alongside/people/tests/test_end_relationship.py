from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from alongside.people.actions import end_relationship, record_relationship
from alongside.people.models import Person, WorkingRelationship


def address(pair: WorkingRelationship) -> str:
    return f"/s/six-months-on/people/relationships/{pair.pk}/end/"


def test_it_ends_silently_and_may_begin_again(
    as_hannah: Client, rowan: Person, alison: Person, rowan_and_alison: WorkingRelationship
):
    """Who ended it is nowhere on the page; a later relationship of the same two is a new row."""
    assert as_hannah.post(address(rowan_and_alison), {"ended": "2026-06-01"}).status_code == 302
    page = as_hannah.get("/s/six-months-on/people/relationships/").content.decode()
    assert "until 1 June 2026" in page
    record_relationship(by=None, one=rowan, other=alison, started=date(2026, 9, 1))
    assert WorkingRelationship.objects.count() == 2


def test_it_does_not_end_before_it_began(as_hannah: Client, rowan_and_alison: WorkingRelationship):
    """The dates are kept in order, and the refusal changes nothing."""
    answer = as_hannah.post(address(rowan_and_alison), {"ended": "2020-01-01"})
    assert answer.status_code == 422
    assert "before the day it started" in answer.content.decode()
    rowan_and_alison.refresh_from_db()
    assert rowan_and_alison.is_open


def test_it_ends_once(rowan_and_alison: WorkingRelationship):
    """A second end doesn't move the first."""
    end_relationship(by=None, relationship=rowan_and_alison, ended=date(2026, 6, 1))
    with pytest.raises(ValidationError, match="ended already"):
        end_relationship(by=None, relationship=rowan_and_alison, ended=date(2026, 7, 1))


def test_who_may_not_keep_people_finds_nothing(as_sunita: Client, rowan_and_alison: WorkingRelationship):
    """A data steward ends no relationship."""
    assert as_sunita.post(address(rowan_and_alison), {"ended": "2026-06-01"}).status_code == 404
