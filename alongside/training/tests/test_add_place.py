from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.training.actions import add_place
from alongside.training.models import Cohort, Place


def test_a_place_is_added(as_hannah: Client, study: Study):
    """How to get there and what it is like stand on the page of terms and places."""
    typed = {"name": "The Mill", "getting_there": "Bus 4", "access": "A ramp at the side door."}
    page = as_hannah.post(
        reverse("training:add-place", args=[study.slug]), typed, follow=True
    ).content.decode()
    assert "A ramp at the side door." in page
    assert Place.objects.get().getting_there == "Bus 4"


def test_a_second_of_that_name_is_refused(as_hannah: Client, study: Study):
    """Two places of one study can't bear one name."""
    add_place(by=None, study=study, name="The Mill")
    answer = as_hannah.post(reverse("training:add-place", args=[study.slug]), {"name": " The Mill "})
    assert answer.status_code == 422
    assert "There is a place called “The Mill”." in answer.content.decode()
    assert Place.objects.count() == 1


def test_the_page_says_which_groups_meet_where(as_carys: Client, study: Study, group: Cohort):
    """A facilitator reads it, and finds that nobody has said what the place is like inside."""
    page = as_carys.get(reverse("training:terms", args=[study.slug])).content.decode()
    assert "Group 5" in page
    assert "Nobody has said what it is like inside" in page
    assert reverse("training:add-place", args=[study.slug]) not in page


def test_a_facilitator_adds_no_place(as_carys: Client, study: Study):
    """Planning is not a facilitator's: the page is not there for them."""
    assert as_carys.post(reverse("training:add-place", args=[study.slug]), {"name": "X"}).status_code == 404
    assert not Place.objects.exists()
