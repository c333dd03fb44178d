from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.audit.models import Entry
from alongside.audit.queries import faults
from alongside.people.actions import add_person, describe_standpoint
from alongside.people.models import ConsentEvent, Person
from alongside.training.actions import enrol_person, leave_cohort, open_cohort
from alongside.training.models import Cohort, Enrolment, Programme, Quota
from alongside.training.queries import places_taken


def newcomers(study: Study, count: int) -> list[Person]:
    return [add_person(by=None, study=study, name=f"Learner {number}") for number in range(count)]


def places_url(study: Study, group: Cohort) -> str:
    return reverse("training:enrol", args=[study.slug, group.pk])


def test_a_person_gets_a_place(as_hannah: Client, study: Study, group: Cohort, rowan: Person):
    """A coordinator gives a place, and who did it is in the log without any value."""
    assert as_hannah.post(places_url(study, group), {"person": rowan.pk}).status_code == 302
    assert Enrolment.objects.get().state == Enrolment.State.ENROLLED
    entry = Entry.objects.get(verb="enrol_person")
    assert (entry.actor_kind, entry.fields) == ("user", ["state"])


def test_a_place_needs_no_consent(study: Study, group: Cohort):
    """Someone who has decided nothing about research has the same place as anyone."""
    person = add_person(by=None, study=study, name="Bea")
    assert not ConsentEvent.objects.filter(person=person).exists()
    assert enrol_person(by=None, cohort=group, person=person).state == Enrolment.State.ENROLLED


def test_a_full_group_puts_on_the_waiting_list(study: Study, group: Cohort):
    """The fourth person of three places waits, and gets a place once one is free."""
    *inside, fourth = newcomers(study, 4)
    first, *_others = [enrol_person(by=None, cohort=group, person=person) for person in inside]
    assert enrol_person(by=None, cohort=group, person=fourth).state == Enrolment.State.WAITING
    leave_cohort(by=None, enrolment=first)
    assert enrol_person(by=None, cohort=group, person=fourth).state == Enrolment.State.ENROLLED


def test_a_full_group_refuses_who_will_not_wait(as_hannah: Client, study: Study, group: Cohort):
    """Without the waiting list a full group refuses in one sentence, and changes nothing."""
    *inside, fourth = newcomers(study, 4)
    for person in inside:
        enrol_person(by=None, cohort=group, person=person)
    answer = as_hannah.post(places_url(study, group), {"person": fourth.pk})
    assert answer.status_code == 422
    assert "There is no free place for Learner 3: 3 of 3 are taken" in answer.content.decode()
    assert not Enrolment.objects.filter(person=fourth).exists()


def test_kept_places_stay_free_for_those_they_are_kept_for(study: Study, programme: Programme):
    """Of three places one is kept for people who use services: two others get in, the third waits."""
    group = open_cohort(
        by=None, study=study, programme=programme, name="Kept", capacity=3, quotas={"uses_services": 1}
    )
    one, two, three, four = newcomers(study, 4)
    describe_standpoint(by=None, person=four, kind="uses_services")
    states = [enrol_person(by=None, cohort=group, person=person).state for person in (one, two, three, four)]
    assert states == ["enrolled", "enrolled", "waiting", "enrolled"]


def test_more_is_kept_than_is_free(study: Study, programme: Programme):
    """What is left goes to those it is kept for, and to nobody else: they aren't locked out by it too."""
    group = open_cohort(by=None, study=study, programme=programme, name="Late", capacity=4)
    *others, five, six = newcomers(study, 6)
    for person in others[:2]:
        enrol_person(by=None, cohort=group, person=person)
    Quota.objects.create(cohort=group, standpoint="practitioner", places=4)
    describe_standpoint(by=None, person=five, kind="practitioner")
    describe_standpoint(by=None, person=six, kind="practitioner")
    states = [enrol_person(by=None, cohort=group, person=person).state for person in (others[2], five, six)]
    assert states == ["waiting", "enrolled", "enrolled"]


def test_a_person_has_one_place(group: Cohort, rowan: Person, rowan_enrolled: Enrolment):
    """A second place in the same group is refused."""
    with pytest.raises(ValidationError, match="Rowan has a place already"):
        enrol_person(by=None, cohort=group, person=rowan)


def test_nobody_gives_a_place_to_someone_they_work_with(
    as_priya: Client, study: Study, group: Cohort, wren: Person, priya
):
    """A practitioner can't invite the person they work with, and the page does not offer it."""
    assert "Wren" not in as_priya.get(places_url(study, group)).content.decode()
    assert as_priya.post(places_url(study, group), {"person": wren.pk}).status_code == 422
    with pytest.raises(ValidationError, match="Ask a colleague"):
        enrol_person(by=priya, cohort=group, person=wren)
    assert not Enrolment.objects.exists()


def test_what_someone_answered_is_closed_to_whoever_works_with_them(
    as_priya: Client, as_hannah: Client, study: Study, group: Cohort, wren: Person
):
    """A practitioner sees that someone they work with has a place, and not that they left."""
    place = enrol_person(by=None, cohort=group, person=wren)
    assert "Wren" in as_priya.get(places_url(study, group)).content.decode()
    assert as_priya.post(reverse("training:leave-cohort", args=[study.slug, place.pk])).status_code == 404
    leave_cohort(by=None, enrolment=place)
    seen_by_priya = as_priya.get(places_url(study, group)).content.decode()
    assert "Wren" not in seen_by_priya
    assert "Wren" in as_hannah.get(places_url(study, group)).content.decode()
    assert as_priya.post(reverse("training:leave-cohort", args=[study.slug, place.pk])).status_code == 404


def test_a_person_leaves_and_may_come_back(
    as_hannah: Client, study: Study, group: Cohort, rowan: Person, rowan_enrolled: Enrolment
):
    """Leaving frees the place, asks nothing, and closes no door; leaving twice is refused."""
    url = reverse("training:leave-cohort", args=[study.slug, rowan_enrolled.pk])
    assert as_hannah.post(url).status_code == 302
    assert places_taken(group) == 0
    assert as_hannah.post(url).status_code == 422
    assert enrol_person(by=None, cohort=group, person=rowan).state == Enrolment.State.ENROLLED


@pytest.mark.django_db(transaction=True)
def test_ten_at_once_for_three_places(study: Study, group: Cohort):
    """Ten people enrolled at the same moment for three places: three have one, seven wait."""

    def enrol(person: Person) -> str:
        try:
            return enrol_person(by=None, cohort=group, person=person).state
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=10) as threads:
        states = list(threads.map(enrol, newcomers(study, 10)))
    assert sorted(states) == ["enrolled"] * 3 + ["waiting"] * 7
    assert places_taken(group) == 3
    assert list(faults()) == []
