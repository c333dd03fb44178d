from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.models import Study
from alongside.people.models import Person, WorkingRelationship
from alongside.training.actions import answer_offer, offer_place, turn_down
from alongside.training.models import Cohort, Enrolment, OfferBundle


def url(study: Study, group: Cohort) -> str:
    return reverse("training:offer-place", args=[study.slug, group.pk])


def test_a_place_is_kept_for_as_many_days_as_the_group_says(
    as_hannah: Client, study: Study, group: Cohort, rowan: Person
):
    """Until the end of that day, by the clocks where the group meets."""
    Cohort.objects.update(offers_for_days=3)
    assert as_hannah.post(url(study, group), {"person": rowan.pk}).status_code == 302
    assert Enrolment.objects.get().state == "offered"
    expires = OfferBundle.objects.get().expires
    assert timezone.localdate(expires, group.zone) == timezone.localdate() + timedelta(days=3)
    place = answer_offer(by=rowan, enrolment=Enrolment.objects.get(), accepts=True)
    assert place.state == "enrolled"


def test_without_a_free_place_nothing_is_offered(
    as_hannah: Client, study: Study, group: Cohort, rowan: Person, waits: Callable[..., Enrolment]
):
    """The sentence says how many of how many are taken."""
    for name in ("Ada", "Bo", "Cy"):
        waits(name, state="enrolled")
    answer = as_hannah.post(url(study, group), {"person": rowan.pk})
    assert answer.status_code == 422
    assert "There is no free place for Rowan: 3 of 3 are taken" in answer.content.decode()
    assert not OfferBundle.objects.exists()


def test_nobody_is_offered_a_place_by_who_works_with_them(
    as_priya: Client, study: Study, group: Cohort, wren: Person, priya
):
    """Not by the page, which doesn't offer it, nor by the action."""
    assert as_priya.post(url(study, group), {"person": wren.pk}).status_code == 422
    with pytest.raises(ValidationError, match="never given by someone who works with"):
        offer_place(by=priya, cohort=group, person=wren)
    assert not Enrolment.objects.exists()


def test_who_wants_to_come_with_someone_is_not_offered_one_place(
    group: Cohort, rowan: Person, rowan_and_alison: WorkingRelationship
):
    """They asked for two: one place alone is theirs to ask for."""
    Enrolment.objects.create(cohort=group, person=rowan, state="waiting", pair=rowan_and_alison)
    with pytest.raises(ValidationError, match="Rowan asked to come with someone"):
        offer_place(by=None, cohort=group, person=rowan)


@pytest.mark.parametrize("state", ["declined", "lapsed", "left", "turned_down", "apart"])
def test_a_place_is_offered_again(group: Cohort, rowan: Person, state: str):
    """To whoever said no, left, or let an offer run out; why they got none before is not kept then."""
    why = "full" if state == "turned_down" else ""
    Enrolment.objects.create(cohort=group, person=rowan, state=state, why=why)
    offer_place(by=None, cohort=group, person=rowan)
    place = Enrolment.objects.get()
    assert (place.state, place.why) == ("offered", "")
    with pytest.raises(ValidationError, match="Rowan has been offered a place already"):
        offer_place(by=None, cohort=group, person=rowan)


def test_a_late_answer_gets_the_day_it_was_open_until(group: Cohort, rowan: Person):
    """Also once the offer is off the list; a place that was turned down can't be said yes to."""
    offer_place(by=None, cohort=group, person=rowan)
    OfferBundle.objects.update(
        made=timezone.now() - timedelta(days=9), expires=timezone.now() - timedelta(days=1)
    )
    for state in ("offered", "lapsed"):
        Enrolment.objects.update(state=state)
        with pytest.raises(ValidationError, match="This offer was open until"):
            answer_offer(by=rowan, enrolment=Enrolment.objects.get(), accepts=True)
    Enrolment.objects.update(state="waiting")
    place = turn_down(by=None, enrolment=Enrolment.objects.get(), why="full")
    with pytest.raises(ValidationError, match="answered, or is no longer open"):
        answer_offer(by=rowan, enrolment=place, accepts=True)
