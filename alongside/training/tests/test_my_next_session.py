"""What a learner finds with their next session: how to get there, what to read, what the group agreed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from alongside.accounts.models import Study
from alongside.people.actions import record_adjustment
from alongside.training.actions import leave_cohort, meet_adjustment, write_agreement
from alongside.training.models import Cohort, Enrolment, Material, Part, Place, Session


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


def test_what_there_is_to_read_of_every_session(
    client: Client,
    mine: str,
    group: Cohort,
    session: Session,
    past_session: Session,
    rowan_enrolled: Enrolment,
):
    """Of the whole course and of each session, past and coming, also after the last one; for who has a place.
    None of a part that is in no session, and none for trainers."""
    parts = [Part.objects.create(programme=group.programme, number=n, title=f"Part {n}") for n in (1, 2, 3)]
    for meeting, part in ((past_session, parts[0]), (session, parts[1])):
        Session.objects.filter(pk=meeting.pk).update(part=part)
    again = {"programme": group.programme, "link": "https://example.org/"}
    for number, each in enumerate([None, *parts]):
        Material.objects.create(title=f"Handout {number}", part=each, **again)
    Material.objects.create(title="For trainers", part=parts[0], for_learners=False, **again)

    def shown() -> list[int]:
        page = client.get(mine).content.decode()
        return [page.count(f"Handout {number}") for number in range(4)] + [page.count("For trainers")]

    assert shown() == [2, 1, 2, 0, 0]
    Session.objects.update(starts=past_session.starts, ends=past_session.ends)
    assert shown() == [1, 1, 1, 0, 0]
    leave_cohort(by=None, enrolment=rowan_enrolled)
    assert shown() == [0, 0, 0, 0, 0]


def test_what_is_ready_and_what_is_not(
    client: Client, mine: str, session: Session, past_session: Session, rowan_enrolled: Enrolment
):
    """What is arranged for the next session, what isn't yet, and what there is in place of what can't be."""
    needs = {
        need: record_adjustment(by=None, person=rowan_enrolled.person, need=need, share_with="sessions")
        for need in ("Large print", "A seat by the door", "No neon light")
    }
    # What was arranged for another session says nothing of this one.
    meet_adjustment(by=None, session=past_session, adjustment=needs["A seat by the door"], state="arranged")
    meet_adjustment(by=None, session=session, adjustment=needs["Large print"], state="arranged")
    unmet = {"state": "cant", "note": "It is one switch. A lamp"}
    meet_adjustment(by=None, session=session, adjustment=needs["No neon light"], **unmet)
    page = client.get(mine).content.decode()
    ready, rest = page.split("For you, we have ready:")[1].split("You asked for this. It is not ready yet:")
    arranging, unmet = rest.split("This can’t be met this time. What there is instead:")
    assert "Large print" in ready
    assert "A seat by the door" in arranging
    assert "No neon light: It is one switch. A lamp" in unmet
    assert not [need for need in needs if need != "Large print" and need in ready]


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
    django_assert_max_num_queries: DjangoAssertNumQueries,
):  # fmt: skip
    """Many sessions, materials and needs take as many queries as one of each."""
    again = {"programme": group.programme, "link": "https://example.org/"}

    def add(number: int) -> None:
        part = Part.objects.create(programme=group.programme, number=number, title=f"Part {number}")
        Material.objects.create(title=f"M{number}", **again)
        Material.objects.create(title=f"P{number}", part=part, **again)
        day = session.starts - timedelta(days=number)
        times = {"starts": day, "ends": day + timedelta(hours=2)}
        Session.objects.create(
            study=group.study, cohort=group, number=100 + number, title="More", part=part, **times
        )
        record_adjustment(by=None, person=rowan_enrolled.person, need=f"Need {number}", share_with="sessions")

    add(1)
    with CaptureQueriesContext(connection) as before:
        client.get(mine)
    for number in range(2, 22):
        add(number)
    with django_assert_max_num_queries(len(before)):
        client.get(mine)
