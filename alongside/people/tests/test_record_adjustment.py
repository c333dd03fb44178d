from django.test import Client

from alongside.people.models import Adjustment, Person

NEED = {
    "need": "Large print",
    "kind": "communication",
    "about": "training",
    "share_with": "sessions",
    "asked": "2026-11-20",
}


def address(person: Person) -> str:
    return f"/s/six-months-on/people/{person.pk}/adjustment/"


def test_an_adjustment_is_recorded_and_comes_up_to_be_seen_to(as_hannah: Client, rowan: Person):
    """It stands on the person's page and on the study's list of what needs doing."""
    assert as_hannah.post(address(rowan), NEED).status_code == 302
    assert "Large print" in as_hannah.get(f"/s/six-months-on/people/{rowan.pk}/").content.decode()
    todo = as_hannah.get("/s/six-months-on/people/todo").content.decode()
    assert "Rowan has said what would make taking part easier" in todo


def test_nothing_said_is_refused(as_hannah: Client, rowan: Person):
    """An empty need stores nothing."""
    assert as_hannah.post(address(rowan), {**NEED, "need": " "}).status_code == 422
    assert not Adjustment.objects.exists()


def test_who_may_not_keep_people_finds_nothing(as_sunita: Client, rowan: Person):
    """A data steward sees people and doesn't record what they need."""
    assert as_sunita.post(address(rowan), NEED).status_code == 404
