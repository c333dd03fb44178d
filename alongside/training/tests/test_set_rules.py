from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.training.models import Cohort
from tests.support.editing import seen


def test_how_long_an_offer_is_kept_and_what_follows(as_hannah: Client, study: Study, group: Cohort):
    """Set for the group, and told on the page of its places; less than a day is refused."""
    url = reverse("training:rules", args=[study.slug, group.pk])
    sent = {**seen(as_hannah, url), "offers_for_days": 3, "offers_follow": "on"}
    assert as_hannah.post(url, sent).status_code == 302
    group.refresh_from_db()
    assert (group.offers_for_days, group.offers_follow) == (3, True)
    assert as_hannah.post(url, {**seen(as_hannah, url), "offers_for_days": 0}).status_code == 422
    places = as_hannah.get(reverse("training:enrol", args=[study.slug, group.pk])).content.decode()
    assert "An offer is kept for 3 days. What comes free is offered to the next by itself." in places


def test_whoever_may_not_plan_sets_nothing(as_carys: Client, study: Study, group: Cohort):
    """To a facilitator there is no such page."""
    assert as_carys.get(reverse("training:rules", args=[study.slug, group.pk])).status_code == 404
