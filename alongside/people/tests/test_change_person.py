from django.test import Client

from alongside.audit.models import Entry
from alongside.people.models import Person
from tests.support.editing import filled


def address(person: Person) -> str:
    return f"/s/six-months-on/people/{person.pk}/change/"


def test_what_is_on_record_is_changed(as_hannah: Client, rowan: Person):
    """Name and format are changed; the audit names the fields and holds no values."""
    url = address(rowan)
    sent = {**filled(as_hannah, url), "name": "Ro", "format": "large_print"}
    assert as_hannah.post(url, sent).status_code == 302
    rowan.refresh_from_db()
    assert (rowan.name, rowan.format) == ("Ro", "large_print")
    assert Entry.objects.get(verb="change_person").fields == ["format", "name"]


def test_nothing_changed_is_nothing_on_the_record(as_hannah: Client, rowan: Person):
    """Saving the page as it came leaves no entry."""
    url = address(rowan)
    assert as_hannah.post(url, filled(as_hannah, url)).status_code == 302
    assert not Entry.objects.filter(verb="change_person").exists()


def test_a_time_zone_that_is_none_is_refused(as_hannah: Client, rowan: Person):
    """One sentence says what was expected, and nothing changes."""
    url = address(rowan)
    answer = as_hannah.post(url, {**filled(as_hannah, url), "name": "Ro", "time_zone": "Mars/Base"})
    assert answer.status_code == 422
    assert "is not a time zone such as Europe/London" in answer.content.decode()
    rowan.refresh_from_db()
    assert rowan.name == "Rowan"


def test_who_may_not_keep_people_finds_nothing(as_sunita: Client, rowan: Person):
    """A data steward sees people and changes nothing of them."""
    assert as_sunita.get(address(rowan)).status_code == 404
