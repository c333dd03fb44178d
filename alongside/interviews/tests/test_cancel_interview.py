from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.interviews.models import Interview
from alongside.interviews.tests.helpers import verbs


def test_cancel_interview(study: Study, booked: Interview, as_hannah: Client):
    """No reason is asked; the row stays, marked so."""
    address = reverse("interviews:cancel-interview", args=[study.slug, booked.pk])
    answer = as_hannah.post(address, follow=True)
    assert "Its time is free again." in answer.content.decode()
    booked.refresh_from_db()
    assert booked.state == "cancelled"
    assert verbs()[-1] == "cancel_interview"


def test_not_once_it_was_held(study: Study, booked: Interview, as_hannah: Client):
    """What took place can't be called off; nothing changes."""
    as_hannah.post(reverse("interviews:hold-interview", args=[study.slug, booked.pk]))
    before = verbs()
    answer = as_hannah.post(reverse("interviews:cancel-interview", args=[study.slug, booked.pk]))
    assert answer.status_code == 422
    booked.refresh_from_db()
    assert booked.state == "held"
    assert verbs() == before


def test_looking_cancels_nothing(study: Study, booked: Interview, as_hannah: Client):
    """Only a button press does."""
    assert (
        as_hannah.get(reverse("interviews:cancel-interview", args=[study.slug, booked.pk])).status_code == 405
    )
