from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.people.actions import record_relationship
from alongside.people.models import Person
from alongside.training.actions import complete_course, mark_attendance, take_back_completion
from alongside.training.models import Cohort, Completion, Enrolment, Session
from alongside.training.typed import Mark


@pytest.fixture
def url(study: Study, group: Cohort) -> str:
    return reverse("training:complete-course", args=[study.slug, group.pk])


@pytest.fixture
def rowan_came(group: Cohort, past_session: Session, rowan_enrolled: Enrolment) -> Enrolment:
    """Rowan came to the one session that completes Group 5."""
    Cohort.objects.filter(pk=group.pk).update(sessions_to_complete=1)
    mark_attendance(by=None, session=past_session, marks=[Mark(uuid4(), rowan_enrolled.person, "here")])
    return rowan_enrolled


def test_those_who_came_often_enough_are_suggested(
    as_carys: Client, url: str, rowan_came: Enrolment, alison_enrolled: Enrolment
):
    """Rowan is ticked already, Alison isn't; nothing is given by itself."""
    form = as_carys.get(url).context["form"]
    assert form["people"].value() == [str(rowan_came.person_id)]
    assert not Completion.objects.exists()
    assert as_carys.post(url, {"people": form["people"].value()}).status_code == 302
    made = Completion.objects.get()
    assert (made.person, made.by_choice) == (rowan_came.person, False)


def test_it_may_be_given_by_choice(
    as_carys: Client, url: str, rowan_came: Enrolment, alison_enrolled: Enrolment
):
    """On fewer sessions, whoever runs the group says so; the record says that it was a choice."""
    assert as_carys.post(url, {"people": [str(alison_enrolled.person_id)]}).status_code == 302
    assert Completion.objects.get().by_choice
    assert "By choice" in as_carys.get(url).content.decode()


def test_the_newest_mark_counts(group: Cohort, past_session: Session, rowan_came: Enrolment):
    """A mark that was put right afterwards is no coming."""
    mark_attendance(by=None, session=past_session, marks=[Mark(uuid4(), rowan_came.person, "missed")])
    group.refresh_from_db()
    [made] = complete_course(by=None, cohort=group, people=[rowan_came.person])
    assert made.by_choice


def test_twice_is_once(group: Cohort, rowan_came: Enrolment):
    """A second time changes nothing: the certificate's number stays."""
    [first] = complete_course(by=None, cohort=group, people=[rowan_came.person])
    assert complete_course(by=None, cohort=group, people=[rowan_came.person]) == []
    assert Completion.objects.get().number == first.number


def test_only_those_who_have_a_place(as_carys: Client, url: str, group: Cohort, wren: Person):
    """Somebody else is refused, on the page and by the action; and nobody is none."""
    assert as_carys.post(url, {"people": [str(wren.pk)]}).status_code == 422
    assert as_carys.post(url, {"people": ""}).status_code == 422
    with pytest.raises(ValidationError, match="no place in this group"):
        complete_course(by=None, cohort=group, people=[wren])
    assert not Completion.objects.exists()


def test_it_is_closed_to_whoever_works_with_the_person(
    as_carys: Client, url: str, study: Study, group: Cohort, carys_herself: Person, rowan_came: Enrolment
):
    """A trainer who works with a learner neither sees nor gives nor takes back."""
    rowan = rowan_came.person
    [made] = complete_course(by=None, cohort=group, people=[rowan])
    record_relationship(by=None, one=carys_herself, other=rowan, started=rowan.added.date())
    assert "Rowan" not in as_carys.get(url).content.decode()
    assert as_carys.post(url, {"people": [str(rowan.pk)]}).status_code == 422
    back = reverse("training:take-back-completion", args=[study.slug, made.pk])
    assert as_carys.post(back).status_code == 404
    assert Completion.objects.exists()


def test_one_that_was_noted_for_the_wrong_person_is_taken_back(
    as_carys: Client, client: Client, study: Study, group: Cohort, rowan_came: Enrolment
):
    """Its certificate is then not known any more."""
    [made] = complete_course(by=None, cohort=group, people=[rowan_came.person])
    check = reverse("training:certificate", args=[made.number])
    assert client.get(check).status_code == 200
    back = reverse("training:take-back-completion", args=[study.slug, made.pk])
    assert as_carys.post(back).status_code == 302
    assert client.get(check).status_code == 404


def test_only_whoever_runs_the_training(as_fern: Client, url: str, study: Study, group: Cohort, rowan_came):
    """For others neither page is there."""
    [made] = complete_course(by=None, cohort=group, people=[rowan_came.person])
    assert as_fern.get(url).status_code == 404
    back = reverse("training:take-back-completion", args=[study.slug, made.pk])
    assert as_fern.post(back).status_code == 404
    take_back_completion(by=None, completion=made)


def test_the_page_costs_the_same_however_many(
    as_carys: Client, url: str, group: Cohort, learners_of, django_assert_max_num_queries
):
    """Thirty learners take as many queries as one."""
    complete_course(by=None, cohort=group, people=learners_of(group, 30)[:10])
    with django_assert_max_num_queries(16):
        as_carys.get(url)
