"""What a learner finds with their next session: how to get there, what to read, what the group agreed."""

import pytest
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.training.actions import write_agreement
from alongside.training.models import Cohort, Enrolment, Material, Place, Session


@pytest.fixture
def mine(rowans_link: str) -> str:
    return reverse("training:my-sessions", kwargs={"token": rowans_link})


def test_how_to_get_there(
    client: Client, mine: str, group: Cohort, session: Session, rowan_enrolled: Enrolment
):
    """Of the place where the group meets; not when this session is somewhere else."""
    Place.objects.update(address="Ferry Road 2", getting_there="Bus 4", access="No steps")
    page = client.get(mine).content.decode()
    assert all(words in page for words in ("Ferry Road 2", "Bus 4", "No steps"))
    Session.objects.update(place="The library")
    page = client.get(mine).content.decode()
    assert "The library" in page
    assert "Ferry Road 2" not in page


def test_what_there_is_to_read(
    client: Client, mine: str, group: Cohort, session: Session, rowan_enrolled: Enrolment
):
    """What is for learners, and nothing that is for trainers."""
    for title, for_learners in (("Cards to sort", True), ("Notes for trainers", False)):
        Material.objects.create(
            programme=group.programme, title=title, link="https://example.org/", for_learners=for_learners
        )
    page = client.get(mine).content.decode()
    assert "Cards to sort" in page
    assert "Notes for trainers" not in page


def test_the_poster_to_sign_in_shows_what_the_group_agreed(
    as_carys: Client, study: Study, group: Cohort, session: Session
):
    """In the version that stands for this session, with the two things every agreement says."""
    write_agreement(by=None, cohort=group, clauses=["Phones off."])
    page = as_carys.get(reverse("training:session-code", args=[study.slug, session.pk])).content.decode()
    assert "Phones off." in page
    assert "risk of serious harm" in page


def test_the_page_costs_the_same_with_more_to_come(
    client: Client, mine: str, group: Cohort, session: Session, rowan_enrolled: Enrolment,
    django_assert_max_num_queries,
):  # fmt: skip
    """Many materials take as many queries as none."""
    for number in range(20):
        Material.objects.create(programme=group.programme, title=f"M{number}", link="https://example.org/")
    with django_assert_max_num_queries(20):
        client.get(mine)
