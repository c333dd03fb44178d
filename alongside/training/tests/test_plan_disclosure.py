import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study, User
from alongside.training.actions import plan_disclosure
from alongside.training.models import DisclosurePlan, Facilitation
from tests.support.editing import seen


def test_a_trainer_plans_for_themselves(as_carys: Client, study: Study, carys_leads: Facilitation):
    """What to share and what to keep back is written, and changed, by its author."""
    url = reverse("training:plan-disclosure", args=[study.slug, carys_leads.pk])
    assert as_carys.post(url, {"share": "The first day", "keep_back": "My son"}).status_code == 302
    assert as_carys.post(url, {**seen(as_carys, url), "share": "Nothing today"}).status_code == 302
    plan = DisclosurePlan.objects.get()
    assert (plan.share, plan.keep_back) == ("Nothing today", "")
    assert "Nothing today" in as_carys.get(url).content.decode()


def test_nobody_else_sees_or_writes_it(
    as_hannah: Client, hannah: User, study: Study, carys_leads: Facilitation
):
    """A coordinator finds no such page, and the action refuses."""
    url = reverse("training:plan-disclosure", args=[study.slug, carys_leads.pk])
    assert as_hannah.get(url).status_code == 404
    with pytest.raises(ValidationError, match="Only the person who leads"):
        plan_disclosure(by=hannah, facilitation=carys_leads, share="Something")


def test_someone_without_an_account_has_no_author_but_themselves(
    as_carys: Client, hannah: User, study: Study, martin_leads: Facilitation
):
    """Whose person has no account is not open to everybody."""
    url = reverse("training:plan-disclosure", args=[study.slug, martin_leads.pk])
    assert as_carys.get(url).status_code == 404
    with pytest.raises(ValidationError):
        plan_disclosure(by=hannah, facilitation=martin_leads, share="Something")
