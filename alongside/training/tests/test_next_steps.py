"""Where learners go on to: told by them, counted by kind, and theirs to take out."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from alongside.people.models import Person
from alongside.training.actions import leave_cohort, take_next_step
from alongside.training.models import Cohort, Enrolment, NextStep


@pytest.fixture
def url(rowans_link: str) -> str:
    return reverse("training:my-next-steps", kwargs={"token": rowans_link})


def test_a_learner_tells_what_comes_next(client: Client, url: str, group: Cohort, rowan_enrolled: Enrolment):
    """Of a kind, in their own words if they like, after a group if they like; also having left it."""
    leave_cohort(by=None, enrolment=rowan_enrolled)
    typed = {"kind": "group", "words": "The choir", "cohort": group.pk}
    assert client.post(url, typed).status_code == 302
    assert client.post(url, {"kind": "study"}).status_code == 302
    assert "The choir" in client.get(url).content.decode()
    assert NextStep.objects.filter(cohort=group).count() == 1


def test_what_is_no_step_is_refused(client: Client, url: str, group: Cohort, rowan: Person):
    """A kind that there is not, or a group one was never in."""
    assert client.post(url, {"kind": "cured"}).status_code == 422
    assert client.post(url, {"kind": "study", "cohort": group.pk}).status_code == 422
    with pytest.raises(ValidationError, match="that you took part in"):
        take_next_step(by=rowan, person=rowan, kind="study", cohort=group)
    assert not NextStep.objects.exists()


def test_it_is_taken_out_again(client: Client, rowans_link: str, alisons_link: str, rowan: Person):
    """By whoever told it, and by nobody else."""
    step = take_next_step(by=rowan, person=rowan, kind="study")
    for link, status, left in ((alisons_link, 404, 1), (rowans_link, 302, 0)):
        keys = {"token": link, "step": step.pk}
        assert client.post(reverse("training:my-next-step-drop", kwargs=keys)).status_code == status
        assert NextStep.objects.count() == left
