"""Who may know of what makes it easier: as the person says, and never through what it tells of the study."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from alongside.accounts.models import User
from alongside.audit.models import Entry
from alongside.people.actions import make_link, record_adjustment
from alongside.people.models import AccessGrant, Adjustment, AdjustmentReview, Person

PEOPLE = "/s/six-months-on/people/"


@pytest.fixture
def print_for_wren(wren: Person) -> Adjustment:
    return record_adjustment(by=None, person=wren, need="Large print")


@pytest.fixture
def said_of_the_study(wren: Person) -> Adjustment:
    """What Wren wrote about the interview on their own page."""
    return record_adjustment(by=wren, person=wren, need="Ask me by phone", about="evaluation")


def test_sharing_changes_as_the_person_says(as_hannah: Client, wren: Person, print_for_wren: Adjustment):
    """Not shared until they say so; the audit names the field."""
    assert "Not shared without asking" in as_hannah.get(f"{PEOPLE}{wren.pk}/").content.decode()
    url = f"{PEOPLE}adjustments/{print_for_wren.pk}/share/"
    assert as_hannah.post(url, {"share_with": "sessions"}).status_code == 302
    assert "Shared with whoever runs the sessions" in as_hannah.get(f"{PEOPLE}{wren.pk}/").content.decode()
    assert Entry.objects.get(verb="share_adjustment").fields == ["share_with"]
    assert as_hannah.post(url, {"share_with": "everyone"}).status_code == 422


def test_what_is_not_needed_ends_once(as_hannah: Client, wren: Person, print_for_wren: Adjustment):
    """It leaves the page and stays on record."""
    url = f"{PEOPLE}adjustments/{print_for_wren.pk}/end/"
    assert as_hannah.post(url).status_code == 302
    as_hannah.get(f"{PEOPLE}{wren.pk}/")  # says once that it is not needed
    assert "Large print" not in as_hannah.get(f"{PEOPLE}{wren.pk}/").content.decode()
    assert Adjustment.objects.get().ended is not None
    assert as_hannah.post(url).status_code == 404


def test_that_someone_was_asked_is_written_down(as_hannah: Client, rowan: Person):
    """Nothing needed is an answer, and shows with its day."""
    page = f"{PEOPLE}{rowan.pk}/"
    assert "Not asked yet" in as_hannah.get(page).content.decode()
    url = f"{page}adjustment/asked/"
    assert as_hannah.post(url, {"on": "2026-11-20", "none_needed": "on"}).status_code == 302
    said = as_hannah.get(page).content.decode()
    assert "Asked on 20 November 2026: nothing needed." in said
    assert "Not asked yet" not in said


def test_nothing_needed_beside_something_on_record_is_refused(
    as_hannah: Client, wren: Person, print_for_wren: Adjustment
):
    """One sentence, and nothing is stored; nor for a day to come."""
    url = f"{PEOPLE}{wren.pk}/adjustment/asked/"
    refused = as_hannah.post(url, {"on": "2026-11-20", "none_needed": "on"})
    assert refused.status_code == 422
    assert "End what is not needed any more first." in refused.content.decode()
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert as_hannah.post(url, {"on": tomorrow}).status_code == 422
    assert not AdjustmentReview.objects.exists()


def test_what_tells_of_the_study_is_kept_from_whoever_works_with_them(
    as_priya: Client, as_hannah: Client, priya: User, wren: Person, said_of_the_study: Adjustment
):
    """Priya, who works with Wren, finds neither the words nor that there are any; Hannah does."""
    page, todo = f"{PEOPLE}{wren.pk}/", f"{PEOPLE}todo"
    deeds = [f"{PEOPLE}adjustments/{said_of_the_study.pk}/{deed}/" for deed in ("share", "end")]
    assert "Ask me by phone" in as_hannah.get(page).content.decode()
    assert "Wren has said" in as_hannah.get(todo).content.decode()
    seen = as_priya.get(page).content.decode()
    assert "Ask me by phone" not in seen
    assert "Not asked yet" in seen
    assert "Wren" not in as_priya.get(todo).content.decode()
    assert [as_priya.post(deed).status_code for deed in deeds] == [404, 404]
    nothing_needed = {"on": "2026-11-20", "none_needed": "on"}
    assert as_priya.post(f"{page}adjustment/asked/", nothing_needed).status_code == 302


def test_on_their_own_page_they_see_it_all_and_take_it_off(
    wren: Person, print_for_wren: Adjustment, said_of_the_study: Adjustment
):
    """Everything that they or the team said, for what, and who may know."""
    url = f"/me/{make_link(by=None, person=wren, purpose=AccessGrant.MY_PAGE)}/choices/different/"
    client = Client()
    page = client.get(url).content.decode()
    assert "Large print" in page
    assert "Ask me by phone" in page
    assert client.post(f"{url}{print_for_wren.pk}/end/", follow=True).status_code == 200
    assert client.post(f"{url}{print_for_wren.pk}/end/").status_code == 404
    assert "For the sessions." not in client.get(url).content.decode()


def test_nobody_takes_off_what_is_another_persons(rowan: Person, print_for_wren: Adjustment):
    """By another person's link it is not there."""
    token = make_link(by=None, person=rowan, purpose=AccessGrant.MY_PAGE)
    gone = Client().post(f"/me/{token}/choices/different/{print_for_wren.pk}/end/")
    assert gone.status_code == 404
    assert Adjustment.objects.get().ended is None


def test_who_may_not_keep_people_finds_nothing(as_sunita: Client, wren: Person, print_for_wren: Adjustment):
    """A data steward neither sees nor changes it."""
    assert "Large print" not in as_sunita.get(f"{PEOPLE}{wren.pk}/").content.decode()
    assert as_sunita.get(f"{PEOPLE}adjustments/{print_for_wren.pk}/share/").status_code == 404
    assert as_sunita.post(f"{PEOPLE}{wren.pk}/adjustment/asked/").status_code == 404
