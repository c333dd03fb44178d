from django.test import Client
from django.urls import reverse
from django.urls.exceptions import NoReverseMatch

from alongside.accounts.models import Study, User
from alongside.web.templatetags.web import ROOMS


def test_the_front_page_shows_the_rooms_that_a_role_opens(as_carys: Client, study: Study):
    """A facilitator sees training on the map, in the navigation and among what needs doing; no other room."""
    page = as_carys.get(f"/s/{study.slug}/").content.decode()
    for room in ROOMS:
        try:
            address = reverse(room.page, args=[study.slug])
        except NoReverseMatch:
            continue
        assert (address in page) == (room.name == "training")


def test_the_page_says_who_is_here(as_hannah: Client, study: Study, dot: User):
    """The team, by name and role."""
    page = as_hannah.get(f"/s/{study.slug}/").content.decode()
    assert "Dot Ellison" in page


def test_a_study_s_notice_is_on_its_pages(as_hannah: Client, study: Study):
    """A study that is invented says so on every page of it."""
    Study.objects.filter(pk=study.pk).update(notice="Invented people and places.")
    assert "Invented people and places." in as_hannah.get(f"/s/{study.slug}/").content.decode()
    assert "Invented people and places." in as_hannah.get(f"/s/{study.slug}/members/").content.decode()


def test_a_stranger_finds_nothing_whether_or_not_it_is_there(as_stranger: Client, study: Study):
    """A study one has no part in, and a study that doesn't exist, give the same answer."""
    there, not_there = as_stranger.get(f"/s/{study.slug}/"), as_stranger.get("/s/no-such-study/")
    assert there.status_code == not_there.status_code == 404
    assert "There is nothing here that you can open" in there.content.decode()


def test_one_study_opens_at_once(as_hannah: Client, study: Study):
    """Whoever has one study has it for a front page."""
    assert as_hannah.get("/").headers["Location"] == f"/s/{study.slug}/"


def test_several_studies_are_listed(as_hannah: Client, hannah: User, study: Study):
    """Whoever has several chooses."""
    as_hannah.post("/studies/new/", {"name": "Second study", "method": "reflexive"})
    assert as_hannah.get("/").headers["Location"] == "/studies/"
    page = as_hannah.get("/studies/").content.decode()
    assert "Six months on" in page
    assert "Second study" in page


def test_only_one_s_own_studies_are_listed(as_fern: Client, other_study: Study):
    """A reader sees their study, no other, and no way to open one."""
    page = as_fern.get("/studies/").content.decode()
    assert "Six months on" in page
    assert "Elsewhere" not in page
    assert "/studies/new/" not in page


def test_whoever_is_in_no_study_is_told_what_to_do(as_fern: Client, fern: User):
    """An empty list says how something comes to be on it."""
    fern.memberships.all().delete()
    assert "Tell them the address" in as_fern.get("/", follow=True).content.decode()
