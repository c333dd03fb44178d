from datetime import date, timedelta

from django.test import Client
from django.utils import timezone

from alongside.people.models import Person


def test_a_description_ends_and_stays(as_hannah: Client, rowan: Person):
    """It has an end; another that is over can be added beside it, with its own days."""
    said = rowan.standpoints.get()
    base = f"/s/six-months-on/people/{rowan.pk}/standpoint/"
    assert as_hannah.post(f"{base}{said.pk}/end/", {"ended": "2026-10-01"}).status_code == 302
    earlier = {"kind": "practitioner", "words": "", "since": "2019-01-01", "ended": "2021-06-30"}
    assert as_hannah.post(base, earlier).status_code == 302
    days = {s.kind: (s.since, s.ended) for s in rowan.standpoints.all()}
    assert days == {
        "uses_services": (date(2026, 4, 1), date(2026, 10, 1)),
        "practitioner": (date(2019, 1, 1), date(2021, 6, 30)),
    }


def test_it_ends_once_not_before_it_began_and_not_in_the_future(as_hannah: Client, rowan: Person):
    """Each refusal is one sentence, and nothing changes."""
    said = rowan.standpoints.get()
    url = f"/s/six-months-on/people/{rowan.pk}/standpoint/{said.pk}/end/"
    tomorrow = timezone.localdate() + timedelta(days=1)
    for day, sentence in (
        ("2026-03-31", "since 1 April 2026; it can’t end before"),
        (tomorrow, "still to come"),
    ):
        answer = as_hannah.post(url, {"ended": day})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    said.refresh_from_db()
    assert said.ended is None
    assert as_hannah.post(url, {"ended": "2026-10-01"}).status_code == 302
    again = as_hannah.post(url, {"ended": "2026-11-01"})
    assert "has ended already" in again.content.decode()
    said.refresh_from_db()
    assert said.ended == date(2026, 10, 1)


def test_who_may_not_keep_people_finds_nothing(as_sunita: Client, rowan: Person):
    """A data steward ends nothing."""
    said = rowan.standpoints.get()
    url = f"/s/six-months-on/people/{rowan.pk}/standpoint/{said.pk}/end/"
    assert as_sunita.post(url, {"ended": "2026-10-01"}).status_code == 404
