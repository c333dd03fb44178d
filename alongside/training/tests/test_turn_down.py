from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.people.models import Person, WorkingRelationship
from alongside.training.models import Cohort, Enrolment


def url(study: Study, place: Enrolment) -> str:
    return reverse("training:turn-down", args=[study.slug, place.pk])


def test_no_place_this_time_for_a_reason_the_team_keeps(
    as_hannah: Client,
    client: Client,
    study: Study,
    group: Cohort,
    rowan: Person,
    rowans_link: str,
):
    """The person reads that there was none, not why; the team does."""
    place = Enrolment.objects.create(cohort=group, person=rowan, state="applied")
    assert "Only the team reads this" in as_hannah.get(url(study, place)).content.decode()
    assert as_hannah.post(url(study, place), {"why": "not_for"}).status_code == 302
    place.refresh_from_db()
    assert (place.state, place.why) == ("turned_down", "not_for")
    places = reverse("training:enrol", args=[study.slug, group.pk])
    assert "The group is not meant for them" in as_hannah.get(places).content.decode()
    own = client.get(reverse("training:my-courses", kwargs={"token": rowans_link})).content.decode()
    assert "There was no place for you in this group this time" in own
    assert "not meant" not in own


def test_only_who_waits_is_turned_down(as_hannah: Client, study: Study, waits: Callable[..., Enrolment]):
    """Somebody who has a place keeps it."""
    place = waits("Ada", state="enrolled")
    answer = as_hannah.post(url(study, place), {"why": "full"})
    assert answer.status_code == 422
    assert "does not wait for an answer any more" in answer.content.decode()
    place.refresh_from_db()
    assert place.state == "enrolled"


def test_of_two_the_other_may_come_alone(
    as_hannah: Client,
    study: Study,
    group: Cohort,
    rowan: Person,
    alison: Person,
    rowan_and_alison: WorkingRelationship,
):
    """They learn only that two places could not be made."""
    for person in (rowan, alison):
        Enrolment.objects.create(cohort=group, person=person, state="applied", pair=rowan_and_alison)
    as_hannah.post(url(study, Enrolment.objects.get(person=rowan)), {"why": "not_reached"})
    assert Enrolment.objects.get(person=alison).state == "apart"


def test_nobody_turns_down_someone_they_work_with(
    as_priya: Client, study: Study, group: Cohort, wren: Person
):
    """To Priya it isn't there that Wren asked."""
    place = Enrolment.objects.create(cohort=group, person=wren, state="applied")
    assert as_priya.post(url(study, place), {"why": "full"}).status_code == 404
