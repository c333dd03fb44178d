import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study, User
from alongside.people.models import Person
from alongside.training.actions import change_story, download_story, retire_story, share_story
from alongside.training.models import Cohort, Enrolment, Narrative
from alongside.training.tests.telling import told


def page(client: Client, name: str, link: str, **keys) -> str:
    return client.get(reverse(f"training:{name}", kwargs={"token": link, **keys})).content.decode()


def test_a_teller_takes_it_back_everywhere_at_once(
    client: Client, rowans_link: str, shared: Cohort, story: Narrative, alison_enrolled: Enrolment,
    alisons_link: str,
):  # fmt: skip
    """No group can read it any more, and the teller keeps the words. Pressed twice, it is taken back once."""
    url = reverse("training:my-story-retires", kwargs={"token": rowans_link, "narrative": story.pk})
    assert client.post(url).status_code == client.post(url).status_code == 302
    readers = reverse("training:my-story-told", kwargs={"token": alisons_link, "narrative": story.pk})
    assert client.get(readers).status_code == 404
    assert "Asking" not in page(client, "my-stories", alisons_link)
    assert "Then I asked." in page(client, "my-story", rowans_link, narrative=story.pk)
    with pytest.raises(ValidationError, match="You took this story back"):
        share_story(by=story.teller, narrative=story, cohort=shared)


def test_copies_that_were_taken_are_told_of_without_names(
    client: Client, rowans_link: str, shared: Cohort, story: Narrative, alison_enrolled: Enrolment,
    alisons_link: str,
):  # fmt: skip
    """The teller reads of which group somebody took one and when; whoever took it is asked to delete it."""
    change_story(by=story.teller, narrative=story, **told(may_download=True))
    download_story(by=alison_enrolled.person, reader=alison_enrolled.person, narrative=story, format="txt")
    assert "delete your copy" not in page(client, "my-stories", alisons_link)
    retire_story(by=story.teller, narrative=story)
    mine = page(client, "my-story", rowans_link, narrative=story.pk)
    assert "Someone in Group 5" in mine
    assert "Alison" not in mine
    asked = page(client, "my-stories", alisons_link)
    assert "Please delete your copy" in asked
    assert "Asking" in asked


def test_nobody_else_takes_it_back(
    client: Client, as_hannah: Client, hannah: User, study: Study, alison: Person, alisons_link: str,
    story: Narrative,
):  # fmt: skip
    """For everyone but the teller the story is not there."""
    url = reverse("training:my-story-retires", kwargs={"token": alisons_link, "narrative": story.pk})
    assert client.post(url).status_code == 404
    assert "Asking" not in as_hannah.get(reverse("training:stories", args=[study.slug])).content.decode()
    with pytest.raises(ValidationError, match="belongs to its teller"):
        retire_story(by=hannah, narrative=story)


def test_whoever_signs_in_finds_their_stories_in_the_room(as_carys: Client, carys: User, study: Study):
    """An account that nobody is linked to has none, and is told so."""
    listed = as_carys.get(reverse("training:stories", args=[study.slug])).content.decode()
    assert "not linked to a person" in listed
