from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.models import Study
from alongside.people.actions import make_link
from alongside.people.models import Person, WorkingRelationship
from alongside.training.actions import leave_cohort, open_cohort, share_story
from alongside.training.models import Cohort, Enrolment, Facilitation, Narrative, Programme, Sharing
from tests.support.walking import plain


def read(link: str, story: Narrative) -> str:
    return reverse("training:my-story-told", kwargs={"token": link, "narrative": story.pk})


def test_the_teller_lets_a_group_read_it(
    client: Client, rowans_link: str, story: Narrative, group: Cohort, alison_enrolled: Enrolment,
    alisons_link: str, rowan_and_alison: WorkingRelationship,
):  # fmt: skip
    """Before, nobody in the group can; then they can, also one who works with the teller: it is the teller's
    own act. No browser keeps the page."""
    assert client.get(read(alisons_link, story)).status_code == 404
    url = reverse("training:my-story-share", kwargs={"token": rowans_link, "narrative": story.pk})
    assert client.post(url, {"cohort": group.pk}).status_code == 302
    answer = client.get(read(alisons_link, story))
    assert answer.status_code == 200
    assert "Then I asked." in answer.content.decode()
    assert "copy this" in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"


def test_those_who_lead_the_group_read_it(
    client: Client, shared: Cohort, story: Narrative, martin_leads: Facilitation, martin: Person
):
    """A trainer without an account reads it on their own page."""
    link = make_link(by=None, person=martin, purpose="my_page")
    assert client.get(read(link, story)).status_code == 200


def test_nobody_outside_the_group_reads_it(
    client: Client, as_hannah: Client, study: Study, shared: Cohort, story: Narrative, wren: Person,
    alison_enrolled: Enrolment, alisons_link: str,
):  # fmt: skip
    """Not somebody without a place, not a coordinator, not somebody who left."""
    wrens = make_link(by=None, person=wren, purpose="my_page")
    nowhere = reverse("training:my-story-told", kwargs={"token": wrens, "narrative": uuid4()})
    closed, nothing = client.get(read(wrens, story)), client.get(nowhere)
    assert plain(closed, read(wrens, story)) == plain(nothing, nowhere)
    signed_in = reverse("training:my-story-told", args=[study.slug, story.pk])
    assert as_hannah.get(signed_in).status_code == 404
    leave_cohort(by=None, enrolment=alison_enrolled)
    assert client.get(read(alisons_link, story)).status_code == 404


def test_a_story_past_its_day_is_not_read(
    client: Client, shared: Cohort, story: Narrative, alison_enrolled: Enrolment, alisons_link: str
):
    """It looks as if it had never been there."""
    Narrative.objects.update(expires=timezone.localdate() - timedelta(days=1))
    answer = client.get(read(alisons_link, story))
    assert answer.status_code == 404
    assert "Asking" not in answer.content.decode()
    with pytest.raises(ValidationError, match="Its day has passed"):
        share_story(by=story.teller, narrative=story, cohort=shared)


def test_only_with_groups_of_ones_own(
    client: Client, rowans_link: str, study: Study, programme: Programme, story: Narrative
):
    """A group in which the teller has no place is not offered, and refused."""
    other = open_cohort(by=None, study=study, programme=programme, name="Group 6")
    url = reverse("training:my-story-share", kwargs={"token": rowans_link, "narrative": story.pk})
    assert client.post(url, {"cohort": other.pk}).status_code == 422
    with pytest.raises(ValidationError, match="in which you have a place"):
        share_story(by=story.teller, narrative=story, cohort=other)
    assert not Sharing.objects.exists()


def test_twice_with_one_group_is_refused(shared: Cohort, story: Narrative):
    """They can read it already."""
    with pytest.raises(ValidationError, match="can read it already"):
        share_story(by=story.teller, narrative=story, cohort=shared)


def test_nobody_shares_it_for_the_teller(
    client: Client, story: Narrative, group: Cohort, alison_enrolled: Enrolment, alisons_link: str
):
    """To anyone else the story is not there."""
    url = reverse("training:my-story-share", kwargs={"token": alisons_link, "narrative": story.pk})
    assert client.post(url, {"cohort": group.pk}).status_code == 404
    with pytest.raises(ValidationError, match="belongs to its teller"):
        share_story(by=alison_enrolled.person, narrative=story, cohort=group)


def test_the_list_costs_the_same_however_long(
    client: Client, shared: Cohort, story: Narrative, rowan: Person, rowans_link: str,
    django_assert_max_num_queries,
):  # fmt: skip
    """Ten stories take as many queries as one."""
    for number in range(10):
        Narrative.objects.create(
            teller=rowan, title=f"S{number}", words="W", purpose="P", audience="A", expires=story.expires
        )
    with django_assert_max_num_queries(14):
        client.get(reverse("training:my-stories", kwargs={"token": rowans_link}))
