import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.people.actions import record_relationship
from alongside.people.models import Person
from alongside.training.actions import enrol_person, prepare_person
from alongside.training.models import Cohort, Enrolment, Preparation
from tests.support.editing import seen


def test_a_conversation_is_written_down(
    as_carys: Client, study: Study, group: Cohort, alison_enrolled: Enrolment
):
    """What was talked about is kept, and can be added to."""
    url = reverse("training:prepare-person", args=[study.slug, group.pk, alison_enrolled.person_id])
    assert (
        as_carys.post(url, {"conversation": "2026-10-01", "hopes_and_fears": "Being seen"}).status_code == 302
    )
    later = {**seen(as_carys, url), "conversation": "2026-10-01", "booster": "2027-03-01"}
    assert as_carys.post(url, later).status_code == 302
    known = Preparation.objects.get()
    assert (str(known.conversation), str(known.booster), known.hopes_and_fears) == (
        "2026-10-01",
        "2027-03-01",
        "",
    )


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


def test_a_learner_with_an_account_sees_no_preparation(
    as_fern: Client, study: Study, group: Cohort, rowan: Person
):
    """Without a role in training, not even a signed-in learner finds the page."""
    enrol_person(by=None, cohort=group, person=rowan)
    assert as_fern.get(reverse("training:preparations", args=[study.slug, group.pk])).status_code == 404
