from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.models import Study
from alongside.training.actions import revisit_agreement, write_agreement
from alongside.training.models import Cohort, LearningAgreement, Revisit


@pytest.fixture
def agreement(group: Cohort) -> LearningAgreement:
    return write_agreement(
        by=None, cohort=group, clauses=["Phones off."], written=timezone.now() - timedelta(days=14)
    )


def test_the_group_came_back_to_it_and_left_it(
    as_carys: Client, study: Study, group: Cohort, agreement: LearningAgreement
):
    """It is on the agreement's page, with the day; no version comes of it."""
    url = reverse("training:revisit-agreement", args=[study.slug, group.pk])
    assert "Phones off." in as_carys.get(url).content.decode()
    today = timezone.localdate().isoformat()
    assert as_carys.post(url, {"on": today, "note": "Still ours"}).status_code == 302
    page = as_carys.get(reverse("training:agreement", args=[study.slug, group.pk])).content.decode()
    assert "The group came back to it on" in page
    assert "Still ours" in page
    assert LearningAgreement.objects.count() == 1


@pytest.mark.parametrize(("days", "said"), [(1, "still to come"), (-30, "was not written yet")])
def test_only_on_a_day_when_it_stood(group: Cohort, agreement: LearningAgreement, days: int, said: str):
    """Not ahead of time, and not before there was a version."""
    with pytest.raises(ValidationError, match=said):
        revisit_agreement(by=None, cohort=group, on=timezone.localdate() + timedelta(days=days))
    assert not Revisit.objects.exists()


def test_twice_on_one_day_is_refused(group: Cohort, agreement: LearningAgreement):
    """It is written down already."""
    revisit_agreement(by=None, cohort=group)
    with pytest.raises(ValidationError, match="written down already"):
        revisit_agreement(by=None, cohort=group)


def test_there_has_to_be_one_to_come_back_to(as_carys: Client, study: Study, group: Cohort):
    """The page says that there is none."""
    url = reverse("training:revisit-agreement", args=[study.slug, group.pk])
    answer = as_carys.post(url, {"on": timezone.localdate().isoformat()})
    assert answer.status_code == 422
    assert "no agreement yet" in answer.content.decode()


def test_only_whoever_runs_the_training(as_fern: Client, study: Study, group: Cohort):
    """For others the page is not there."""
    assert as_fern.post(reverse("training:revisit-agreement", args=[study.slug, group.pk])).status_code == 404
