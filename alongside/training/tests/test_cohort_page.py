from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.models import Study
from alongside.people.models import Person, WorkingRelationship
from alongside.training.actions import (
    enrol_person,
    mark_attendance,
    plan_session,
)
from alongside.training.models import Cohort, Enrolment, Session
from alongside.training.queries import register
from alongside.training.typed import Mark


def page_of(client: Client, study: Study, group: Cohort, name: str = "cohort") -> str:
    return client.get(reverse(f"training:{name}", args=[study.slug, group.pk])).content.decode()


@pytest.fixture
def more_sessions(group: Cohort):
    def add(count: int) -> None:
        start = timezone.localtime(timezone.now() + timedelta(days=20), group.zone)
        for number in range(count):
            plan_session(
                by=None,
                cohort=group,
                title=f"Session {number}",
                on=start.date() + timedelta(days=number + group.sessions.count() * 40),
                starts=start.replace(hour=10).time(),
                ends=start.replace(hour=12).time(),
            )

    return add


def test_the_page_says_what_the_next_session_needs(
    as_carys: Client, study: Study, group: Cohort, session: Session, martin_leads
):
    """The next session, who leads it, and what is not booked."""
    page = page_of(as_carys, study, group)
    assert "Session 1: Who decides?" in page
    assert "someone with lived experience to lead it" in page
    assert "a debrief for Martin Osei" in page


def test_the_register_holds_names_and_no_roles(
    as_carys: Client,
    study: Study,
    group: Cohort,
    session: Session,
    rowan_enrolled: Enrolment,
    alison_enrolled,
):
    """Neither the page nor the printed register says who uses services and who works in them."""
    mark_attendance(by=None, session=session, marks=[Mark(uuid4(), rowan_enrolled.person, "here")])
    printed = page_of(as_carys, study, group, "register")
    assert "Rowan" in printed
    assert 'class="here"' in printed
    assert "Person who uses services" not in printed
    assert "Practitioner" not in printed


def test_pairs_are_a_number_and_no_names(
    as_carys: Client,
    study: Study,
    group: Cohort,
    rowan_and_alison: WorkingRelationship,
    rowan_enrolled,
    alison_enrolled,
):
    """A facilitator sees how many pairs are here, and no way to who is paired with whom."""
    page = page_of(as_carys, study, group)
    assert "1 of 1 working pair is here with each other." in page
    assert "Rowan &amp; Alison" not in page
    assert reverse("training:enrol", args=[study.slug, group.pk]) not in page


def test_the_register_reads_everyone_at_once(
    as_carys: Client, study: Study, group: Cohort, learners_of, more_sessions, django_assert_max_num_queries
):
    """The group's page takes no more queries for 30 people and 12 sessions than for 3 and 3."""
    learners_of(group, 3)
    more_sessions(3)
    with django_assert_max_num_queries(60) as few:
        page_of(as_carys, study, group)
    learners_of(group, 27)
    more_sessions(9)
    with django_assert_max_num_queries(len(few)):
        page_of(as_carys, study, group)


def test_the_register_is_three_queries(group: Cohort, learners_of, more_sessions, django_assert_num_queries):
    """People, sessions and marks: three queries, however many there are."""
    learners_of(group, 5)
    more_sessions(4)
    with django_assert_num_queries(3):
        found = register(group)
    assert [len(row.cells) for row in found.rows] == [4] * 5


def test_the_list_of_groups_reads_them_at_once(
    as_hannah: Client, study: Study, programme, group: Cohort, django_assert_max_num_queries
):
    """Thirty groups take as many queries as three."""
    url = reverse("training:training", args=[study.slug])

    def more(count: int, name: str) -> None:
        Cohort.objects.bulk_create(
            Cohort(study=study, programme=programme, name=f"{name} {number}") for number in range(count)
        )

    more(2, "A")
    with django_assert_max_num_queries(40) as few:
        as_hannah.get(url)
    more(27, "B")
    with django_assert_max_num_queries(len(few)):
        as_hannah.get(url)


def test_what_is_missing_leads_to_the_page_that_mends_it(
    as_hannah: Client, as_carys: Client, study: Study, group: Cohort
):
    """A link for whoever may mend it, and none for whoever may not."""
    mends = reverse("training:enrol", args=[study.slug, group.pk])
    assert f'{mends}">Offer a pair two places' in page_of(as_hannah, study, group)
    assert "Offer a pair two places" not in page_of(as_carys, study, group)


def test_a_session_lists_what_to_have_ready_for_facilitators_only(
    as_carys: Client, study: Study, session: Session, group: Cohort, rowan: Person
):
    """Adjustments stand beside names on the session's page, for those who run the training."""
    rowan.adjustments.create(need="A seat by the door", share_with="sessions")
    enrol_person(by=None, cohort=group, person=rowan)
    url = reverse("training:session", args=[study.slug, session.pk])
    assert "A seat by the door" in as_carys.get(url).content.decode()


def test_the_front_page_hears_in_one_sentence(as_carys: Client, study: Study, session: Session):
    """The summary is one short sentence of plain text."""
    told = as_carys.get(reverse("training:summary", args=[study.slug])).content.decode().strip()
    assert told.startswith("Group 5: session 1 of 1 on ")
    assert "<" not in told


def test_the_front_page_hears_what_needs_a_person(
    as_carys: Client, study: Study, session: Session, past_session: Session, martin_leads
):
    """A session that is not ready, and one that nobody has marked, each with a way to it."""
    told = as_carys.get(reverse("training:todo", args=[study.slug])).content.decode()
    assert told.count("<li>") == 2
    assert "Session 1 of Group 5 is not ready" in told
    assert "Nobody has marked who came to session 2 of Group 5" in told


def test_an_empty_study_has_nothing_to_do(as_hannah: Client, study: Study):
    """Without groups there is nothing to do, and a page that says how to begin."""
    assert as_hannah.get(reverse("training:todo", args=[study.slug])).content.decode().strip() == ""
    assert "No groups yet" in as_hannah.get(reverse("training:training", args=[study.slug])).content.decode()
    assert "No groups yet" in as_hannah.get(reverse("training:summary", args=[study.slug])).content.decode()


def test_another_studys_group_is_not_here(
    as_stranger: Client, study: Study, other_study: Study, group: Cohort
):
    """A group is found only in its own study, whatever role someone has elsewhere."""
    for slug in (study.slug, other_study.slug):
        assert as_stranger.get(reverse("training:cohort", args=[slug, group.pk])).status_code == 404
