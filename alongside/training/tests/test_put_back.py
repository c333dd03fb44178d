import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.people.actions import record_adjustment, record_relationship
from alongside.people.models import Person
from alongside.training.actions import enrol_person, put_back, take_up, turn_down_application
from alongside.training.models import Application, Cohort, Enrolment


@pytest.fixture
def dilys(group: Cohort) -> Application:
    return Application.objects.create(cohort=group, name="Dilys", email="dilys@example.org", needs="Breaks")


def test_a_taking_up_is_taken_back_whole(as_hannah: Client, study: Study, dilys: Application):
    """The new person goes with what was made for them, and the asking waits again."""
    take_up(by=None, application=dilys)
    url = reverse("training:put-back", args=[study.slug, dilys.pk])
    assert as_hannah.post(url).status_code == 302
    dilys.refresh_from_db()
    assert (dilys.state, dilys.person) == ("open", None)
    assert not Person.objects.filter(name="Dilys").exists()
    assert not Enrolment.objects.exists()
    assert as_hannah.post(url).status_code == 422


def test_a_person_on_record_stays(dilys: Application, rowan: Person):
    """Taken up as somebody known, only the asking for a place is taken back."""
    take_up(by=None, application=dilys, person=rowan)
    put_back(by=None, application=dilys)
    assert Person.objects.filter(pk=rowan.pk).exists()
    assert not Enrolment.objects.exists()


def test_what_was_decided_since_stands(dilys: Application, group: Cohort):
    """Once there is a place, taking up can't be undone; nothing is changed."""
    person = take_up(by=None, application=dilys).person
    assert person is not None
    enrol_person(by=None, cohort=group, person=person)
    with pytest.raises(ValidationError, match="Something was decided about Dilys"):
        put_back(by=None, application=dilys)
    assert Enrolment.objects.get().state == "enrolled"
    dilys.refresh_from_db()
    assert dilys.state == "taken_up"


def test_what_was_added_since_is_not_lost(dilys: Application, rowan: Person):
    """Someone who works with others by now is not taken back."""
    person = take_up(by=None, application=dilys).person
    assert person is not None
    record_adjustment(by=None, person=person, need="Large print")
    record_relationship(by=None, one=person, other=rowan, started=person.added.date())
    with pytest.raises(ValidationError, match="Something was added about Dilys"):
        put_back(by=None, application=dilys)
    assert Person.objects.filter(name="Dilys").exists()


def test_a_no_is_taken_back(as_hannah: Client, study: Study, dilys: Application):
    """What was turned down by mistake waits again, without its reason."""
    turn_down_application(by=None, application=dilys, why="full")
    assert as_hannah.post(reverse("training:put-back", args=[study.slug, dilys.pk])).status_code == 302
    dilys.refresh_from_db()
    assert (dilys.state, dilys.why) == ("open", "")
