from django.test import Client

from alongside.accounts.models import User
from alongside.audit.models import Entry
from alongside.people.models import Person
from alongside.people.tests.test_person import without_tokens
from alongside.stewardship.withdrawal import stop

PAGE = "/s/six-months-on/stewardship/audit/"


def test_it_tells_roles_and_deeds_and_no_names(as_sunita: Client, rowan: Person, hannah: User):
    """What was done to what kind of thing, by whom in which role, and never to whom."""
    stop(by=rowan, person=rowan)
    stop(by=hannah, person=rowan)
    page = as_sunita.get(PAGE).content.decode()
    assert "Someone on their own page" in page
    assert "Record consent" in page
    assert "consent event" in page
    main = page.split("<main")[1]
    for name in ("Rowan", "Hannah", str(rowan.pk)):
        assert name not in main


def test_it_can_be_checked(as_sunita: Client, rowan: Person):
    """All entries stand; an altered one is named by its number."""
    assert "entries stand as they were written" in as_sunita.get(PAGE, {"check": ""}).content.decode()
    Entry.objects.filter(seq=2).update(verb="nothing")
    assert "Entry 2 is altered." in as_sunita.get(PAGE, {"check": ""}).content.decode()


def test_who_works_with_someone_in_the_study_is_shown_none_of_it(as_priya: Client, wren: Person):
    """Any line, and how many there are, might tell of the person: the page is the same before and after."""
    before = as_priya.get(PAGE, {"check": ""})
    assert "this record is kept from you" in before.content.decode()
    stop(by=wren, person=wren)
    after = as_priya.get(PAGE, {"check": ""})
    assert without_tokens(after.content) == without_tokens(before.content)


def test_a_coordinator_finds_nothing(as_hannah: Client):
    """Who runs the study isn't who keeps its record."""
    assert as_hannah.get(PAGE).status_code == 404
