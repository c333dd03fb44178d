"""Days for reflective supervision and for coming back to it: added, marked, taken out."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.people.actions import record_relationship
from alongside.people.models import Person
from alongside.training.actions import add_preparation_date
from alongside.training.models import Cohort, Enrolment, PreparationDate


@pytest.fixture
def add(study: Study, group: Cohort, alison_enrolled: Enrolment) -> str:
    return reverse("training:add-preparation-date", args=[study.slug, group.pk, alison_enrolled.person_id])


@pytest.fixture
def day(group: Cohort, alison_enrolled: Enrolment) -> PreparationDate:
    return add_preparation_date(
        by=None, person=alison_enrolled.person, cohort=group, kind="booster", on=date(2027, 3, 1)
    )


def test_several_days_are_written_down(
    client: Client, as_carys: Client, add: str, alisons_link: str, group: Cohort
):
    """Of both kinds; the person sees them on their own page."""
    for on in ("2026-12-01", "2027-01-05"):
        assert as_carys.post(add, {"kind": "supervision", "on": on}).status_code == 302
    assert as_carys.post(add, {"kind": "booster", "on": "2027-01-05"}).status_code == 302
    assert PreparationDate.objects.count() == 3
    mine = reverse("training:my-preparation", kwargs={"token": alisons_link, "cohort": group.pk})
    assert "5 January 2027: Reflective supervision" in client.get(mine).content.decode()


def test_one_day_twice_is_refused(as_carys: Client, add: str, day: PreparationDate):
    """The page says that it is written down already."""
    answer = as_carys.post(add, {"kind": "booster", "on": "2027-03-01"})
    assert answer.status_code == 422
    assert "written down already" in answer.content.decode()


def test_a_day_needs_a_date(as_carys: Client, add: str):
    """What is no date is refused."""
    assert as_carys.post(add, {"kind": "booster", "on": "soon"}).status_code == 422
    assert not PreparationDate.objects.exists()


def test_a_day_was_held_or_not(as_carys: Client, study: Study, day: PreparationDate):
    """Either can be said, and changed; anything else is refused."""
    url = reverse("training:mark-preparation-date", args=[study.slug, day.pk])
    for said, held in (("yes", True), ("no", False)):
        assert as_carys.post(url, {"held": said}).status_code == 302
        day.refresh_from_db()
        assert day.held is held
    assert as_carys.post(url, {"held": "perhaps"}).status_code == 422


def test_a_day_is_taken_out(as_carys: Client, study: Study, day: PreparationDate):
    """It was never meant."""
    url = reverse("training:drop-preparation-date", args=[study.slug, day.pk])
    assert as_carys.post(url).status_code == 302
    assert not PreparationDate.objects.exists()


def test_they_are_closed_to_whoever_works_with_the_person(
    as_carys: Client, study: Study, carys_herself: Person, alison: Person, add: str, day: PreparationDate
):
    """Neither added, nor marked, nor taken out."""
    record_relationship(by=None, one=carys_herself, other=alison, started=alison.added.date())
    assert as_carys.post(add, {"kind": "booster", "on": "2027-04-01"}).status_code == 404
    for name in ("mark-preparation-date", "drop-preparation-date"):
        url = reverse(f"training:{name}", args=[study.slug, day.pk])
        assert as_carys.post(url, {"held": "yes"}).status_code == 404


def test_only_someone_with_a_place(group: Cohort, wren: Person):
    """It belongs to a place in a group."""
    with pytest.raises(ValidationError, match="no place in this group"):
        add_preparation_date(by=None, person=wren, cohort=group, kind="booster", on=date(2027, 3, 1))
