from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.people.models import Person, WorkingRelationship
from alongside.training.actions import move_enrolment, open_cohort
from alongside.training.models import Cohort, Enrolment, Programme


@pytest.fixture
def other(study: Study, programme: Programme) -> Cohort:
    """Group 6: one place."""
    return open_cohort(by=None, study=study, programme=programme, name="Group 6", capacity=1)


def url(study: Study, place: Enrolment) -> str:
    return reverse("training:move-enrolment", args=[study.slug, place.pk])


def test_a_place_moves_and_what_was_is_kept(
    as_hannah: Client, study: Study, group: Cohort, other: Cohort, rowan_enrolled: Enrolment, rowan: Person
):
    """A place there, and here the word that they moved, with the group they moved to."""
    page = as_hannah.get(url(study, rowan_enrolled)).content.decode()
    assert "Group 6" in page
    assert as_hannah.post(url(study, rowan_enrolled), {"to": other.pk}).status_code == 302
    here, there = Enrolment.objects.get(cohort=group), Enrolment.objects.get(cohort=other)
    assert (here.state, here.moved_to, there.state) == ("left", there, "enrolled")
    places = as_hannah.get(reverse("training:enrol", args=[study.slug, group.pk])).content.decode()
    assert "Moved to Group 6" in places


def test_into_a_full_group_nobody_moves(
    as_hannah: Client, study: Study, other: Cohort, rowan_enrolled: Enrolment, waits: Callable[..., Enrolment]
):
    """One sentence, and the place they had stays theirs."""
    waits("Ada", state="enrolled", to=other)
    answer = as_hannah.post(url(study, rowan_enrolled), {"to": other.pk})
    assert answer.status_code == 422
    assert "There is no free place in Group 6: 1 of 1 are taken" in answer.content.decode()
    rowan_enrolled.refresh_from_db()
    assert rowan_enrolled.state == "enrolled"


def test_who_waits_goes_on_waiting_since_the_same_day(other: Cohort, waits: Callable[..., Enrolment]):
    """Also where there is a free place: that is offered to whoever is first."""
    place = waits("Ada")
    there = move_enrolment(by=None, enrolment=place, to=other)
    assert (there.state, there.asked) == ("waiting", place.asked)


def test_a_half_of_a_pair_moves_alone(
    group: Cohort,
    other: Cohort,
    rowan: Person,
    alison: Person,
    rowan_and_alison: WorkingRelationship,
):
    """The other of the two learns that two places could not be made."""
    for person in (rowan, alison):
        Enrolment.objects.create(cohort=group, person=person, state="waiting", pair=rowan_and_alison)
    there = move_enrolment(by=None, enrolment=Enrolment.objects.get(person=rowan), to=other)
    assert there.pair is None
    assert Enrolment.objects.get(person=alison).state == "apart"


def test_what_cannot_be_moved_is_said(group: Cohort, other: Cohort, rowan_enrolled: Enrolment, rowan: Person):
    """To the same group; to where they have a place; with an offer that is open; after they left."""
    with pytest.raises(ValidationError, match="This is the group they are in"):
        move_enrolment(by=None, enrolment=rowan_enrolled, to=group)
    second = Enrolment.objects.create(cohort=other, person=rowan, state="enrolled")
    with pytest.raises(ValidationError, match="Rowan has a place already"):
        move_enrolment(by=None, enrolment=rowan_enrolled, to=other)
    second.delete()
    Enrolment.objects.update(state="left")
    with pytest.raises(ValidationError, match="Only who has a place, or waits for one"):
        move_enrolment(by=None, enrolment=rowan_enrolled, to=other)


def test_nobody_moves_someone_they_work_with(
    as_priya: Client, study: Study, group: Cohort, other: Cohort, wren: Person
):
    """To Priya there is no such page for Wren."""
    place = Enrolment.objects.create(cohort=group, person=wren, state="enrolled")
    assert as_priya.get(url(study, place)).status_code == 404
    assert as_priya.post(url(study, place), {"to": other.pk}).status_code == 404
