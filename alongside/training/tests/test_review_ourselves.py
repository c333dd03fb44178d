from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.training.actions import load_measure
from alongside.training.measuring import NewItem
from alongside.training.models import Measure, SelfReview


@pytest.fixture
def measure(study: Study, hannah: User) -> Measure:
    """Two items, whose sum is said to mean something."""
    items = [
        NewItem("We plan courses together.", ["Never", "Sometimes", "Always"]),
        NewItem("Anyone may come.", ["No", "Yes"]),
    ]
    return load_measure(
        by=hannah, study=study, name="Our own", licence="CC0", attests=True, items=items, scoring="sum"
    )


def asked(measure: Measure, client: Client, **typed: Any) -> Any:
    url = reverse("training:review-ourselves", args=[measure.study.slug, measure.pk])
    return client.post(url, {"on": "2026-11-01", **typed})


def test_a_college_says_what_it_thinks_of_itself(measure: Measure, as_carys: Client):
    """Item by item, with a word on why; the sum is shown since the measure has one."""
    answer = asked(
        measure,
        as_carys,
        **{"value-1": "1", "comment-1": "Not in spring", "value-2": "1", "comments": "Better"},
    )
    assert answer.status_code == 302
    page = as_carys.get(answer["Location"]).content.decode()
    for words in ("1: Sometimes", "Not in spring", "1: Yes", "Better", "Sum: 2 of 3"):
        assert words in page


def test_what_is_left_open_has_no_sum(measure: Measure, as_carys: Client):
    """An item can stay open, with a word on why."""
    page = as_carys.get(asked(measure, as_carys, **{"value-1": "2"})["Location"]).content.decode()
    assert "Left open" in page
    assert "No sum, since something was left open" in page


def test_without_a_score_none_is_made(measure: Measure, as_carys: Client):
    """Unless whoever loaded it said that it has one."""
    Measure.objects.update(scoring="none")
    answer = asked(measure, as_carys, **{"value-1": "2", "value-2": "1"})
    assert "Sum:" not in as_carys.get(answer["Location"]).content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Nothing is answered yet"),
        ({"value-1": "7"}, "Select a valid choice"),
        ({"value-1": "1", "on": "2099-01-01"}, "still to come"),
    ],
)
def test_what_does_not_fit_is_refused(
    typed: dict[str, str], sentence: str, measure: Measure, as_carys: Client
):
    """And nothing is kept."""
    answer = asked(measure, as_carys, **typed)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not SelfReview.objects.exists()


def test_the_newest_stand_beside_what_makes_it_joint(measure: Measure, as_carys: Client):
    """For the group's own talk."""
    asked(measure, as_carys, **{"value-1": "2"})
    page = as_carys.get(reverse("training:joint", args=[measure.study.slug])).content.decode()
    assert "Our own, 1" in page
    assert "1 November 2026" in page
    assert SelfReview.objects.get().on == date(2026, 11, 1) < timezone.localdate() + timedelta(days=1)
