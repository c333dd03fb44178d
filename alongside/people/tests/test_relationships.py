from datetime import date

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.accounts.models import Study
from alongside.people.actions import end_relationship, record_relationship
from alongside.people.models import Person, WorkingRelationship

PAGE = "/s/six-months-on/people/relationships/"


def pairs(study: Study, count: int) -> None:
    for number in range(count):
        one = Person.objects.create(study=study, name=f"One {number}")
        other = Person.objects.create(study=study, name=f"Other {number}")
        record_relationship(by=None, one=one, other=other, started=date(2022, 5, 1))


def test_the_number_of_queries_is_flat(as_hannah: Client, study: Study):
    """Thirty pairs cost as many queries as three, here and on the list of what needs doing."""
    counts = []
    for more in (3, 27):
        pairs(study, more)
        with CaptureQueriesContext(connection) as queries:
            as_hannah.get(PAGE)
            as_hannah.get("/s/six-months-on/people/todo")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_open_ones_stand_first(
    as_hannah: Client, study: Study, rowan: Person, wren: Person, rowan_and_alison: WorkingRelationship
):
    """What has ended stays on record, below."""
    end_relationship(by=None, relationship=rowan_and_alison, ended=date(2026, 6, 1))
    record_relationship(by=None, one=rowan, other=wren, started=date(2026, 7, 1))
    page = as_hannah.get(PAGE).content.decode()
    assert page.index("1 July 2026") < page.index("until 1 June 2026")


def test_who_may_not_see_people_finds_nothing(as_hilary: Client, study: Study):
    """An analyst isn't told who works with whom."""
    assert as_hilary.get(PAGE).status_code == 404
