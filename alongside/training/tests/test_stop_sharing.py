import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from alongside.people.models import Person
from alongside.training.actions import share_story, stop_sharing
from alongside.training.models import Cohort, Enrolment, Narrative, Sharing


def test_the_teller_takes_it_back_from_one_group(
    client: Client, rowans_link: str, shared: Cohort, story: Narrative, alison_enrolled: Enrolment,
    alisons_link: str,
):  # fmt: skip
    """At once the group can't read it; it can be shared with them again."""
    sharing = Sharing.objects.get()
    url = reverse("training:my-sharing-ends", kwargs={"token": rowans_link, "sharing": sharing.pk})
    assert client.post(url).status_code == client.post(url).status_code == 302
    told = reverse("training:my-story-told", kwargs={"token": alisons_link, "narrative": story.pk})
    assert client.get(told).status_code == 404
    share_story(by=story.teller, narrative=story, cohort=shared)
    assert client.get(told).status_code == 200


def test_nobody_else_ends_a_sharing(client: Client, shared: Cohort, alison: Person, alisons_link: str):
    """It is the teller's to end."""
    sharing = Sharing.objects.get()
    url = reverse("training:my-sharing-ends", kwargs={"token": alisons_link, "sharing": sharing.pk})
    assert client.post(url).status_code == 404
    with pytest.raises(ValidationError, match="belongs to its teller"):
        stop_sharing(by=alison, sharing=sharing)
