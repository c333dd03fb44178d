from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.analysis.actions import keep_place
from alongside.analysis.looks import was_here
from alongside.analysis.models import Place
from alongside.interviews.models import Transcript


@pytest.fixture
def url(study: Study, rowan_transcript: Transcript) -> str:
    return reverse("analysis:keep-place", args=[study.slug, rowan_transcript.pk])


def reading(client: Client, study: Study, transcript: Transcript) -> dict:
    page = client.get(reverse("analysis:coding", args=[study.slug, transcript.pk]))
    return page.context["reading"]


def test_the_place_is_kept(as_hilary: Client, hilary: User, url: str, rowan_transcript: Transcript):
    """The turn one is at, and the furthest one ever saw, which going back doesn't change."""
    assert as_hilary.post(url, {"turn": 3, "to": 5}).json() == {}
    before = Place.objects.get(reader=hilary, transcript=rowan_transcript)
    assert as_hilary.post(url, {"turn": 2}).status_code == 200
    after = Place.objects.get(reader=hilary, transcript=rowan_transcript)
    assert [(before.turn, before.furthest), (after.turn, after.furthest)] == [(3, 5), (2, 5)]
    assert after.seen >= before.seen


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"turn": 8}, "This transcript has 7 turns; there is no turn 8."),
        ({"turn": 1, "to": 99}, "there is no turn 99."),
        ({"turn": 0}, "greater than or equal to 1"),
        ({"turn": "x"}, "Enter a whole number."),
        ({}, "This field is required."),
    ],
)
def test_a_turn_that_is_not_there(as_hilary: Client, url: str, sent: dict, said: str):
    """Refused in a sentence; nothing is kept."""
    answer = as_hilary.post(url, sent)
    assert answer.status_code == 422
    assert said in answer.json()["error"]
    assert not Place.objects.exists()


def test_one_comes_back_to_it(
    as_hilary: Client, hilary: User, dot: User, study: Study, rowan_transcript: Transcript
):
    """The page is told one's own turn; and, after a while, the day one was there."""
    keep_place(by=dot, transcript=rowan_transcript, turn=6)
    assert reading(as_hilary, study, rowan_transcript)["place"] is None
    keep_place(by=hilary, transcript=rowan_transcript, turn=4)
    told = reading(as_hilary, study, rowan_transcript)
    assert (told["place"], told["was_here"]) == (4, "")
    Place.objects.update(seen=timezone.now() - timedelta(days=3))
    assert reading(as_hilary, study, rowan_transcript)["was_here"].startswith("You were here on ")


def test_the_day_is_said_as_people_say_it():
    """Today by the clock, else the day."""
    place = Place(turn=4, seen=datetime(2026, 11, 3, 15, 0, tzinfo=timezone.get_default_timezone()))
    assert was_here(place) == "You were here on 3 November."
    place.seen = timezone.localtime().replace(hour=0, minute=0)
    assert was_here(place) == "You were here at 00:00 today."


def test_where_everybody_begins_is_no_place(
    as_hilary: Client, hilary: User, study: Study, rowan_transcript: Transcript
):
    """Whoever only saw the first turn is not told that they were there."""
    keep_place(by=hilary, transcript=rowan_transcript, turn=1)
    assert reading(as_hilary, study, rowan_transcript)["place"] is None


def test_only_where_one_may_read(
    as_priya: Client, as_fern: Client, study: Study, wren_transcript: Transcript
):
    """Priya works with Wren; Fern reads findings: of neither is a place kept."""
    url = reverse("analysis:keep-place", args=[study.slug, wren_transcript.pk])
    assert [each.post(url, {"turn": 2}).status_code for each in (as_priya, as_fern)] == [404, 404]
    assert not Place.objects.exists()


def test_saying_it_takes_few_queries(
    as_hilary: Client, hilary: User, url: str, rowan_transcript: Transcript, django_assert_max_num_queries
):
    """It is said every ten seconds by every page, so the text is not read for it."""
    as_hilary.post(url, {"turn": 2})
    with django_assert_max_num_queries(16) as done:
        as_hilary.post(url, {"turn": 3})
    assert not any('"interviews_revision"."text"' in query["sql"] for query in done.captured_queries)
