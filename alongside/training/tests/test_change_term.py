from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.training.actions import add_term
from alongside.training.models import Term
from tests.support.editing import filled


@pytest.fixture
def autumn(study: Study) -> Term:
    return add_term(by=None, study=study, name="Autumn", starts=date(2026, 9, 14), ends=date(2026, 12, 18))


def test_a_term_is_changed(as_hannah: Client, study: Study, autumn: Term):
    """Its days move."""
    url = reverse("training:change-term", args=[study.slug, autumn.pk])
    assert as_hannah.post(url, {**filled(as_hannah, url), "ends": "2026-12-11"}).status_code == 302
    autumn.refresh_from_db()
    assert autumn.ends == date(2026, 12, 11)


def test_days_the_wrong_way_round_are_refused(as_hannah: Client, study: Study, autumn: Term):
    """Beside the question, and nothing changes."""
    url = reverse("training:change-term", args=[study.slug, autumn.pk])
    answer = as_hannah.post(url, {**filled(as_hannah, url), "ends": "2026-09-01"})
    assert answer.status_code == 422
    assert "ends" in answer.context["form"].errors
    autumn.refresh_from_db()
    assert autumn.ends == date(2026, 12, 18)


def test_a_day_far_ahead_is_refused(as_hannah: Client, study: Study, autumn: Term):
    """As it is for a session: beside the question, and nothing changes."""
    url = reverse("training:change-term", args=[study.slug, autumn.pk])
    answer = as_hannah.post(url, {**filled(as_hannah, url), "ends": "9999-12-31"})
    assert answer.status_code == 422
    assert "31 December 9999 is too far ahead" in answer.context["form"].errors["ends"][0]
    autumn.refresh_from_db()
    assert autumn.ends == date(2026, 12, 18)


def test_a_facilitator_changes_no_term(as_carys: Client, study: Study, autumn: Term):
    """Planning is not a facilitator's: the page is not there for them."""
    assert as_carys.get(reverse("training:change-term", args=[study.slug, autumn.pk])).status_code == 404
