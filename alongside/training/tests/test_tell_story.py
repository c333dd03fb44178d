from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.people.models import Person
from alongside.training.actions import tell_story
from alongside.training.models import Narrative
from alongside.training.tests.telling import WORDS, told


@pytest.fixture
def write(rowans_link: str) -> str:
    return reverse("training:my-new-story", kwargs={"token": rowans_link})


def test_anyone_writes_a_story_on_their_own_page(client: Client, write: str, rowan: Person):
    """The words are kept as they were written, spaces and all, and nobody can read them yet."""
    assert client.post(write, told()).status_code == 302
    story = Narrative.objects.get()
    assert story.words.replace("\r\n", "\n") == WORDS
    assert (story.teller, story.sharings.count()) == (rowan, 0)


def test_whoever_signs_in_writes_theirs(as_carys: Client, study: Study, carys_herself: Person):
    """The same page, reached by signing in."""
    assert as_carys.post(reverse("training:my-new-story", args=[study.slug]), told()).status_code == 302
    assert Narrative.objects.get().teller == carys_herself


def test_nobody_writes_for_someone_else(as_hannah: Client, hannah: User, study: Study, rowan: Person):
    """A coordinator has no such page, and the action refuses."""
    assert as_hannah.post(reverse("training:my-new-story", args=[study.slug]), told()).status_code == 404
    with pytest.raises(ValidationError, match="belongs to its teller"):
        tell_story(by=hannah, teller=rowan, **told())
    assert not Narrative.objects.exists()


@pytest.mark.parametrize(("days", "said"), [(-1, "a day to come"), (2 * 366 + 1, "two years at most")])
def test_a_story_is_for_a_time(client: Client, write: str, days: int, said: str):
    """It ends on a day to come, and within two years."""
    answer = client.post(write, told(expires=timezone.localdate() + timedelta(days=days)))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Narrative.objects.exists()


@pytest.mark.parametrize("missing", ["title", "words", "purpose", "audience", "expires"])
def test_every_part_but_copies_is_needed(client: Client, write: str, missing: str):
    """A purpose, an audience in words and a last day belong to a story."""
    assert client.post(write, told(**{missing: ""})).status_code == 422
    assert not Narrative.objects.exists()
