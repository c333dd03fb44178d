from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.training.models import Application, Cohort


def test_no_place_this_time_with_a_reason_for_the_team(as_hannah: Client, study: Study, group: Cohort):
    """The reason is a choice among plain words, and is on the team's page alone."""
    application = Application.objects.create(cohort=group, name="Dilys", email="dilys@example.org")
    url = reverse("training:turn-down-application", args=[study.slug, application.pk])
    assert as_hannah.post(url, {"why": "because"}).status_code == 422
    assert as_hannah.post(url, {"why": "other_group"}).status_code == 302
    application.refresh_from_db()
    assert (application.state, application.why) == ("turned_down", "other_group")
    again = as_hannah.post(url, {"why": "full"})
    assert again.status_code == 422
    assert "answered already" in again.content.decode()


def test_the_other_of_two_learns_one_thing_only(as_hannah: Client, study: Study, group: Cohort):
    """Whoever said yes to coming along is told that two places could not be made."""
    half = Application.objects.create(cohort=group, name="Owen", phone="01632 960111", state="open")
    first = Application.objects.create(cohort=group, name="Dilys", email="dilys@example.org", half=half)
    url = reverse("training:turn-down-application", args=[study.slug, first.pk])
    as_hannah.post(url, {"why": "full"})
    half.refresh_from_db()
    assert half.state == "apart"
