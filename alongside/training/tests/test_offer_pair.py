from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.models import Study
from alongside.people.actions import add_person, end_relationship, record_relationship
from alongside.people.models import Person, WorkingRelationship
from alongside.training.actions import answer_offer, enrol_person, leave_cohort, offer_pair
from alongside.training.models import Cohort, Enrolment, OfferBundle
from alongside.training.queries import places_taken


@pytest.fixture
def offer(group: Cohort, rowan_and_alison: WorkingRelationship) -> OfferBundle:
    in_a_week = timezone.now() + timedelta(days=7)
    return offer_pair(by=None, cohort=group, relationship=rowan_and_alison, expires=in_a_week)


def states() -> dict[str, str]:
    return dict(Enrolment.objects.values_list("person__name", "state"))


def place_of(person: Person) -> Enrolment:
    return Enrolment.objects.get(person=person)


def test_two_places_are_offered_together(
    as_hannah: Client, study: Study, group: Cohort, rowan_and_alison: WorkingRelationship
):
    """Both halves are offered a place until the end of a day where the group meets."""
    day = timezone.localdate() + timedelta(days=10)
    url = reverse("training:offer-pair", args=[study.slug, group.pk])
    assert as_hannah.post(url, {"relationship": rowan_and_alison.pk, "expires": day}).status_code == 302
    assert states() == {"Rowan": "offered", "Alison": "offered"}
    assert timezone.localdate(OfferBundle.objects.get().expires, group.zone) == day
    assert places_taken(group) == 2


def test_without_two_places_neither_is_offered(
    as_hannah: Client, study: Study, group: Cohort, rowan_and_alison: WorkingRelationship
):
    """With one place free a pair is refused whole."""
    for name in ("Ada", "Bo"):
        enrol_person(by=None, cohort=group, person=add_person(by=None, study=study, name=name))
    day = timezone.localdate() + timedelta(days=10)
    url = reverse("training:offer-pair", args=[study.slug, group.pk])
    answer = as_hannah.post(url, {"relationship": rowan_and_alison.pk, "expires": day})
    assert answer.status_code == 422
    assert "There are not two free places: 2 of 3 are taken" in answer.content.decode()
    assert states() == {"Ada": "enrolled", "Bo": "enrolled"}
    assert not OfferBundle.objects.exists()


def test_an_offer_is_not_kept_for_thousands_of_years(
    as_hannah: Client, study: Study, group: Cohort, rowan_and_alison: WorkingRelationship
):
    """A mistyped year is told beside the question."""
    Cohort.objects.update(time_zone="America/New_York")
    url = reverse("training:offer-pair", args=[study.slug, group.pk])
    answer = as_hannah.post(url, {"relationship": rowan_and_alison.pk, "expires": "9999-12-31"})
    assert answer.status_code == 422
    assert "31 December 9999 is too far ahead" in answer.context["form"].errors["expires"][0]
    assert not OfferBundle.objects.exists()


def test_two_yeses_take_both_places(offer: OfferBundle, rowan: Person, alison: Person):
    """The first yes waits for the second; then both have a place."""
    answer_offer(by=rowan, enrolment=place_of(rowan), accepts=True)
    assert states() == {"Rowan": "accepted", "Alison": "offered"}
    answer_offer(by=alison, enrolment=place_of(alison), accepts=True)
    assert states() == {"Rowan": "enrolled", "Alison": "enrolled"}


def test_a_no_ends_the_offer_for_both(offer: OfferBundle, rowan: Person, alison: Person, group: Cohort):
    """After one no, neither has a place; the other half learns only that two places could not be made."""
    answer_offer(by=rowan, enrolment=place_of(rowan), accepts=True)
    answer_offer(by=alison, enrolment=place_of(alison), accepts=False)
    assert states() == {"Rowan": "apart", "Alison": "declined"}
    assert places_taken(group) == 0


def test_leaving_ends_the_offer_for_both(offer: OfferBundle, rowan: Person, alison: Person):
    """Someone who leaves before the other answers takes nobody's place along."""
    answer_offer(by=rowan, enrolment=place_of(rowan), accepts=True)
    leave_cohort(by=None, enrolment=place_of(rowan))
    assert states() == {"Rowan": "left", "Alison": "apart"}


def test_an_offer_is_answered_once(as_hannah: Client, study: Study, offer: OfferBundle, rowan: Person):
    """A second answer gets one sentence and changes nothing."""
    url = reverse("training:answer-offer", args=[study.slug, place_of(rowan).pk])
    assert as_hannah.post(url, {"accepts": "yes"}).status_code == 302
    answer = as_hannah.post(url, {"accepts": "no"})
    assert answer.status_code == 422
    assert "This offer has been answered" in answer.content.decode()
    assert place_of(rowan).state == Enrolment.State.ACCEPTED


def test_a_late_answer_gets_one_sentence(offer: OfferBundle, rowan: Person, group: Cohort):
    """After its day an offer can't be answered, and holds no place."""
    OfferBundle.objects.update(
        made=timezone.now() - timedelta(days=9), expires=timezone.now() - timedelta(days=1)
    )
    assert places_taken(group) == 0
    with pytest.raises(ValidationError, match="This offer was open until"):
        answer_offer(by=rowan, enrolment=place_of(rowan), accepts=True)
    assert place_of(rowan).offer_ran_out


def test_an_offer_that_ran_out_can_be_made_again(
    offer: OfferBundle, group: Cohort, rowan_and_alison: WorkingRelationship
):
    """A pair whose offer ran out can be offered two places again."""
    OfferBundle.objects.update(
        made=timezone.now() - timedelta(days=9), expires=timezone.now() - timedelta(days=1)
    )
    again = offer_pair(
        by=None, cohort=group, relationship=rowan_and_alison, expires=timezone.now() + timedelta(days=3)
    )
    assert again.enrolments.count() == 2


def test_a_pair_that_has_ended_is_offered_nothing(group: Cohort, rowan_and_alison: WorkingRelationship):
    """Two people who no longer work together are not offered places as a pair."""
    end_relationship(by=None, relationship=rowan_and_alison, ended=timezone.localdate())
    with pytest.raises(ValidationError, match="no longer work together"):
        offer_pair(
            by=None, cohort=group, relationship=rowan_and_alison, expires=timezone.now() + timedelta(days=3)
        )


def test_an_offer_in_the_past_is_refused(group: Cohort, rowan_and_alison: WorkingRelationship):
    """An offer needs time to be answered."""
    with pytest.raises(ValidationError, match="choose a day to come"):
        offer_pair(by=None, cohort=group, relationship=rowan_and_alison, expires=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_both_answer_at_the_same_moment(offer: OfferBundle, rowan: Person, alison: Person):
    """Two yeses at once give both places, whichever comes first."""

    def accept(person: Person) -> None:
        try:
            answer_offer(by=person, enrolment=place_of(person), accepts=True)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=2) as threads:
        list(threads.map(accept, (rowan, alison)))
    assert states() == {"Rowan": "enrolled", "Alison": "enrolled"}


def test_whom_one_of_them_asked_to_come_with_before_is_not_left_waiting(
    study: Study, group: Cohort, wren: Person, rowan: Person, rowan_and_alison: WorkingRelationship
):
    """Rowan asked for two places with Wren, and is offered them with Alison: Wren may come alone."""
    before = record_relationship(by=None, one=rowan, other=wren, started=timezone.localdate())
    for person in (rowan, wren):
        Enrolment.objects.create(cohort=group, person=person, state="waiting", pair=before)
    offer_pair(by=None, cohort=group, relationship=rowan_and_alison)
    assert states() == {"Rowan": "offered", "Alison": "offered", "Wren": "apart"}
    assert place_of(wren).pair is None
    assert place_of(rowan).pair == rowan_and_alison
