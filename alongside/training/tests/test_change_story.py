import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import User
from alongside.audit.models import Entry
from alongside.people.models import Person
from alongside.training.actions import change_story, retire_story
from alongside.training.models import Cohort, Enrolment, Narrative
from alongside.training.tests.telling import told
from tests.support.editing import seen


@pytest.fixture
def change(rowans_link: str, story: Narrative) -> str:
    return reverse("training:my-story-change", kwargs={"token": rowans_link, "narrative": story.pk})


def test_the_teller_puts_it_differently(client: Client, change: str, story: Narrative):
    """New words stand; the audit names what changed and holds none of the words."""
    assert client.post(change, {**seen(client, change), **told(words="Now I ask.")}).status_code == 302
    story.refresh_from_db()
    assert story.words == "Now I ask."
    entry = Entry.objects.get(verb="change_story")
    assert "words" in entry.fields
    assert "Now I ask" not in str(entry.__dict__)


def test_readers_read_the_new_words(
    client: Client, story: Narrative, shared: Cohort, alison_enrolled: Enrolment, alisons_link: str
):
    """Whoever opens it next reads what the teller says now."""
    change_story(by=story.teller, narrative=story, **told(words="Now I ask."))
    url = reverse("training:my-story-told", kwargs={"token": alisons_link, "narrative": story.pk})
    assert "Now I ask." in client.get(url).content.decode()


def test_nobody_else_changes_it(client: Client, hannah: User, story: Narrative, alisons_link: str):
    """Neither by another's link nor by the action."""
    url = reverse("training:my-story-change", kwargs={"token": alisons_link, "narrative": story.pk})
    assert client.post(url, told(words="Hers")).status_code == 404
    with pytest.raises(ValidationError, match="belongs to its teller"):
        change_story(by=hannah, narrative=story, **told(words="Hers"))


def test_what_was_taken_back_is_not_changed(client: Client, change: str, rowan: Person, story: Narrative):
    """To tell it again is to write a new one."""
    retire_story(by=rowan, narrative=story)
    answer = client.post(change, {**seen(client, change), **told(words="Again")})
    assert answer.status_code == 422
    assert "You took this story back" in answer.content.decode()
