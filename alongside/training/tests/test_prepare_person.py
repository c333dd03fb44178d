from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.people.actions import record_relationship
from alongside.people.models import Person
from alongside.training.actions import (
    add_preparation_date,
    complete_course,
    enrol_person,
    prepare_person,
    publish_session,
    take_certificate,
    write_hopes,
)
from alongside.training.models import Cohort, Enrolment, Preparation, Session
from tests.support.editing import seen


def test_a_conversation_is_written_down(
    as_carys: Client, study: Study, group: Cohort, alison_enrolled: Enrolment
):
    """What was talked about is kept, and can be added to."""
    url = reverse("training:prepare-person", args=[study.slug, group.pk, alison_enrolled.person_id])
    first = {"conversation": "2026-10-01", "conversation_with": "Carys"}
    assert as_carys.post(url, first).status_code == 302
    later = {**seen(as_carys, url), **first, "protected_time": "Thursdays"}
    assert as_carys.post(url, later).status_code == 302
    known = Preparation.objects.get()
    assert (str(known.conversation), known.conversation_with, known.protected_time) == (
        "2026-10-01",
        "Carys",
        "Thursdays",
    )


def test_it_writes_no_hopes_for_anyone(
    as_carys: Client, study: Study, group: Cohort, alison_enrolled: Enrolment
):
    """Whoever leads the group has no field for them, and what is sent all the same changes nothing."""
    alison = alison_enrolled.person
    write_hopes(by=alison, person=alison, cohort=group, hopes_and_fears="To be heard")
    url = reverse("training:prepare-person", args=[study.slug, group.pk, alison.pk])
    typed = {**seen(as_carys, url), "conversation": "2026-10-01", "hopes_and_fears": "Theirs"}
    assert as_carys.post(url, typed).status_code == 302
    assert Preparation.objects.get().hopes_and_fears == "To be heard"
    assert "To be heard" not in as_carys.get(url).content.decode()


def test_nothing_depends_on_it(
    as_carys: Client, study: Study, group: Cohort, looked_after: Session, alison: Person
):
    """Without a preparation somebody has a place, the session is ready, and the course is completed."""
    enrol_person(by=None, cohort=group, person=alison)
    publish_session(by=None, session=looked_after)
    [completion] = complete_course(by=None, cohort=group, people=[alison])
    assert take_certificate(by=alison, completion=completion, name="A. N.", site="http://x/")
    assert not Preparation.objects.exists()
    names = {field.name for field in Preparation._meta.get_fields()}
    assert not names & {"score", "level", "passed", "ready", "state"}


def test_the_list_costs_the_same_however_many(
    as_carys: Client, study: Study, group: Cohort, learners_of, django_assert_max_num_queries
):
    """Thirty learners, each with days, take as many queries as one."""
    for person in learners_of(group, 30):
        prepare_person(by=None, person=person, cohort=group)
        add_preparation_date(by=None, person=person, cohort=group, kind="booster", on=date(2027, 3, 1))
    with django_assert_max_num_queries(16):
        as_carys.get(reverse("training:preparations", args=[study.slug, group.pk]))


def test_only_someone_with_a_place_is_prepared(group: Cohort, wren: Person):
    """Preparation belongs to a place in a group."""
    with pytest.raises(ValidationError, match="no place in this group"):
        prepare_person(by=None, person=wren, cohort=group)


def test_it_is_closed_to_whoever_works_with_them(
    as_carys: Client, study: Study, group: Cohort, carys_herself: Person, rowan_enrolled: Enrolment
):
    """A trainer who works with a learner sees nothing of their preparation."""
    rowan = rowan_enrolled.person
    url = reverse("training:prepare-person", args=[study.slug, group.pk, rowan.pk])
    assert as_carys.get(url).status_code == 200
    record_relationship(by=None, one=carys_herself, other=rowan, started=rowan_enrolled.since.date())
    assert as_carys.get(url).status_code == 404
    listed = as_carys.get(reverse("training:preparations", args=[study.slug, group.pk])).content.decode()
    assert "Rowan" not in listed


def test_a_trainer_who_learns_in_the_group_sees_no_preparation(
    as_carys: Client, study: Study, group: Cohort, carys_herself: Person, rowan_enrolled: Enrolment
):
    """Neither a page nor a day of it; who has completed the course is still theirs to note."""
    rowan = rowan_enrolled.person
    day = add_preparation_date(by=None, person=rowan, cohort=group, kind="booster", on=date(2027, 3, 1))
    page = reverse("training:prepare-person", args=[study.slug, group.pk, rowan.pk])
    drop = reverse("training:drop-preparation-date", args=[study.slug, day.pk])
    assert as_carys.get(page).status_code == 200
    enrol_person(by=None, cohort=group, person=carys_herself)
    assert as_carys.get(page).status_code == as_carys.post(drop).status_code == 404
    listed = as_carys.get(reverse("training:preparations", args=[study.slug, group.pk])).content.decode()
    assert "Rowan" not in listed
    assert "You have a place in this group yourself" in listed
    course = reverse("training:complete-course", args=[study.slug, group.pk])
    assert "Rowan" in as_carys.get(course).content.decode()


def test_a_learner_with_an_account_sees_no_preparation(
    as_fern: Client, study: Study, group: Cohort, rowan: Person
):
    """Without a role in training, not even a signed-in learner finds the page."""
    enrol_person(by=None, cohort=group, person=rowan)
    assert as_fern.get(reverse("training:preparations", args=[study.slug, group.pk])).status_code == 404
