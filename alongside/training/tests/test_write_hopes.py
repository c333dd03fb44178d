import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.people.actions import record_relationship
from alongside.people.models import Person
from alongside.training.actions import prepare_person, tell_story, write_hopes
from alongside.training.models import Cohort, Enrolment, Narrative, Preparation
from alongside.training.tests.telling import told
from tests.support.editing import seen


@pytest.fixture
def mine(alisons_link: str, group: Cohort, alison_enrolled: Enrolment) -> str:
    return reverse("training:my-preparation", kwargs={"token": alisons_link, "cohort": group.pk})


@pytest.fixture
def hers(study: Study, group: Cohort, alison_enrolled: Enrolment) -> str:
    return reverse("training:prepare-person", args=[study.slug, group.pk, alison_enrolled.person_id])


def test_hopes_are_the_persons_to_write_and_to_show(client: Client, as_carys: Client, mine: str, hers: str):
    """Whoever leads the group reads them when the person says so, and not any more when they take it back."""
    words = {"hopes_and_fears": "To be heard"}
    assert client.post(mine, {**seen(client, mine), **words}).status_code == 302
    assert "To be heard" not in as_carys.get(hers).content.decode()
    assert client.post(mine, {**seen(client, mine), **words, "hopes_shown": "on"}).status_code == 302
    assert "To be heard" in as_carys.get(hers).content.decode()
    client.post(mine, {**seen(client, mine), **words})
    assert "To be heard" not in as_carys.get(hers).content.decode()


def test_shown_hopes_stay_closed_to_whoever_works_with_them(
    client: Client, as_carys: Client, carys_herself: Person, alison: Person, mine: str, hers: str
):
    """Shown to those who lead the group is not shown to someone one works with."""
    client.post(mine, {**seen(client, mine), "hopes_and_fears": "To be heard", "hopes_shown": "on"})
    record_relationship(by=None, one=carys_herself, other=alison, started=alison.added.date())
    assert as_carys.get(hers).status_code == 404


def test_the_person_reads_what_was_written_down_with_them(
    client: Client, mine: str, group: Cohort, alison: Person
):
    """All that whoever leads the group noted."""
    prepare_person(
        by=None, person=alison, cohort=group, conversation_with="Carys", protected_time="Thursdays",
        supervision="With Sunita, monthly",
    )  # fmt: skip
    page = client.get(mine).content.decode()
    assert "Thursdays" in page
    assert "With Sunita, monthly" in page


def test_the_story_they_read_can_be_one_that_is_shared_with_them(
    client: Client, mine: str, shared: Cohort, story: Narrative
):
    """A learner says which; it is theirs to say."""
    assert client.post(mine, {**seen(client, mine), "narrative": story.pk}).status_code == 302
    assert Preparation.objects.get().narrative == story


def test_no_other_story_can_be_named(client: Client, mine: str, group: Cohort, alison: Person, wren: Person):
    """One that the group can't read is refused, and stays unknown."""
    other = tell_story(by=wren, teller=wren, **told())
    assert client.post(mine, {**seen(client, mine), "narrative": other.pk}).status_code == 422
    with pytest.raises(ValidationError, match="shares with this group"):
        write_hopes(by=alison, person=alison, cohort=group, hopes_and_fears="", narrative=other)
    assert not Preparation.objects.exists()


def test_only_for_a_group_of_ones_own(client: Client, rowans_link: str, group: Cohort):
    """Without a place there is no such page."""
    url = reverse("training:my-preparation", kwargs={"token": rowans_link, "cohort": group.pk})
    assert client.get(url).status_code == 404
