from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study, User
from alongside.audit.models import Entry
from alongside.people.actions import add_contact
from alongside.training.actions import mark_attendance, record_call
from alongside.training.models import Cohort, Enrolment, Session
from alongside.training.typed import Mark


@pytest.fixture
def reach_url(study: Study, group: Cohort, past_session: Session, rowan_enrolled: Enrolment) -> str:
    """Where a facilitator sees how Rowan, who was missed, is reached."""
    rowan = rowan_enrolled.person
    mark_attendance(by=None, session=past_session, marks=[Mark(uuid4(), rowan, "missed")])
    add_contact(by=None, person=rowan, kind="phone", value="01632 960111", preferred=True)
    add_contact(by=None, person=rowan, kind="post", value="1 Ferry Road")
    return reverse("training:see-how-to-reach", args=[study.slug, group.pk, rowan.pk])


def test_the_one_way_they_prefer_and_no_other(as_carys: Client, carys: User, reach_url: str):
    """For this purpose; and the audit says who looked."""
    page = as_carys.post(reach_url).content.decode()
    assert "01632 960111" in page
    assert "Ferry Road" not in page
    assert "rowan@example.org" not in page
    entry = Entry.objects.get(verb="see_how_to_reach")
    assert (entry.actor, entry.fields) == (carys.pk, ["contact_points"])


def test_who_prefers_nothing_is_left_in_peace(as_carys: Client, reach_url: str, rowan_enrolled: Enrolment):
    """No address is offered in its place."""
    rowan_enrolled.person.contact_points.update(preferred=False)
    page = as_carys.post(reach_url).content.decode()
    assert "They have named no way they would like to be reached" in page
    assert "01632" not in page


def test_who_was_not_missed_is_not_there(
    as_carys: Client, group: Cohort, reach_url: str, rowan_enrolled: Enrolment
):
    """Once somebody has spoken to them, how they are reached is closed again."""
    record_call(by=None, cohort=group, person=rowan_enrolled.person, outcome="spoke")
    assert as_carys.post(reach_url).status_code == 404
    assert not Entry.objects.filter(verb="see_how_to_reach").exists()


def test_it_is_never_shown_by_looking_alone(as_carys: Client, reach_url: str):
    """Nothing that a browser fetches beforehand opens it."""
    assert as_carys.get(reach_url).status_code == 405


def test_other_roles_have_no_such_address(as_hilary: Client, reach_url: str):
    """An analyst finds nothing there."""
    assert as_hilary.post(reach_url).status_code == 404
