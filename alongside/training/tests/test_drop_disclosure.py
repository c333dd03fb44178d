import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study, User
from alongside.people.actions import make_link
from alongside.people.models import Person
from alongside.training.actions import drop_disclosure, plan_disclosure
from alongside.training.models import DisclosurePlan, Facilitation


def test_a_trainer_takes_the_plan_away(
    as_carys: Client, carys: User, study: Study, carys_leads: Facilitation
):
    """On any day; nothing of it is kept, and doing it twice is no harm."""
    plan_disclosure(by=carys, person=carys_leads.person, session=carys_leads.session, share="The first day")
    url = reverse("training:drop-disclosure", args=[study.slug, carys_leads.pk])
    assert as_carys.post(url).status_code == as_carys.post(url).status_code == 302
    assert not DisclosurePlan.objects.exists()


def test_a_trainer_without_an_account_does_so_on_their_own_page(
    client: Client, martin: Person, martin_leads: Facilitation
):
    """By their personal link."""
    plan_disclosure(by=martin, person=martin, session=martin_leads.session, share="The first day")
    keys = {
        "token": make_link(by=None, person=martin, purpose="my_page"),
        "session": martin_leads.session_id,
    }
    assert client.post(reverse("training:my-disclosure-drop", kwargs=keys)).status_code == 302
    assert not DisclosurePlan.objects.exists()


def test_nobody_else_does(
    as_hannah: Client, hannah: User, carys: User, study: Study, carys_leads: Facilitation
):
    """To a coordinator there is no such plan."""
    plan_disclosure(by=carys, person=carys_leads.person, session=carys_leads.session, share="The first day")
    url = reverse("training:drop-disclosure", args=[study.slug, carys_leads.pk])
    assert as_hannah.post(url).status_code == 404
    with pytest.raises(ValidationError, match="Only the person who leads"):
        drop_disclosure(by=hannah, person=carys_leads.person, session=carys_leads.session)
    assert DisclosurePlan.objects.exists()
