import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.accounts.models import Study
from alongside.people.actions import add_person
from alongside.people.models import Person
from alongside.people.views.people import PEOPLE_A_PAGE

PAGE = "/s/six-months-on/people/"


def several(study: Study, count: int) -> None:
    for number in range(count):
        add_person(
            by=None,
            study=study,
            name=f"Person {number:03}",
            email=f"p{number}@example.org",
            standpoints=["practitioner"],
            own_words="A neighbour",
        )


def test_it_lists_names_descriptions_and_contact(as_hannah: Client, rowan: Person, alison: Person):
    """The coordinator sees who takes part, as they describe themselves and how to reach them."""
    page = as_hannah.get(PAGE).content.decode()
    assert "Rowan" in page
    assert "Person who uses services" in page
    assert "E-mail: rowan@example.org" in page
    assert "2 people" in page


def test_it_finds_by_part_of_a_name(as_hannah: Client, rowan: Person, alison: Person):
    """A search keeps who matches, and says so when nobody does."""
    found = as_hannah.get(PAGE, {"q": "row"}).content.decode()
    assert "Rowan" in found
    assert "Alison" not in found
    assert "Nobody called “Zed”" in as_hannah.get(PAGE, {"q": "Zed"}).content.decode()


def test_the_number_of_queries_is_flat(as_hannah: Client, study: Study):
    """Thirty people cost as many queries as three."""
    several(study, 3)
    as_hannah.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        as_hannah.get(PAGE)
    several(study, 27)
    with CaptureQueriesContext(connection) as many:
        as_hannah.get(PAGE)
    assert len(few) == len(many)


def test_it_shows_a_hundred_at_a_time(as_hannah: Client, study: Study):
    """The hundred-and-first person is on the second page, and a page that isn't there shows the last."""
    Person.objects.bulk_create(
        Person(study=study, name=f"Person {number:03}") for number in range(PEOPLE_A_PAGE + 1)
    )
    first, second = as_hannah.get(PAGE).content.decode(), as_hannah.get(PAGE, {"page": 2}).content.decode()
    assert "Person 099" in first
    assert "Person 100" not in first
    assert "Person 100" in second
    assert "Person 100" in as_hannah.get(PAGE, {"page": 99}).content.decode()


def test_an_empty_study_says_what_to_do(as_hannah: Client):
    """A study may begin in any room; this one then says so."""
    assert "Nobody yet" in as_hannah.get(PAGE).content.decode()


@pytest.mark.parametrize("who", ["as_carys", "as_josef", "as_hilary", "as_fern", "as_stranger"])
def test_other_roles_find_nothing(who: str, request: pytest.FixtureRequest, rowan: Person):
    """Without the permission to see people, the list isn't there."""
    assert request.getfixturevalue(who).get(PAGE).status_code == 404


def test_a_search_for_what_no_text_can_hold_leads_nowhere(as_hannah: Client, rowan: Person):
    """No browser sends NUL, and PostgreSQL takes none: such an address is no address."""
    assert as_hannah.get(PAGE, {"q": "z\0ed"}).status_code == 404
    assert "Nobody called “zed”" in as_hannah.get(PAGE, {"q": "zed"}).content.decode()
