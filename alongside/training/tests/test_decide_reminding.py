from datetime import time

from django.test import Client
from django.urls import reverse

from alongside.audit.models import Entry
from alongside.training.models import Cohort, Reminding
from tests.support.editing import filled


def address(group: Cohort) -> str:
    return reverse("training:decide-reminding", args=[group.study.slug, group.pk])


def test_it_starts_with_what_is_usual(group: Cohort, as_hannah: Client):
    """Two days before at ten, and at eight on the day."""
    shown = filled(as_hannah, address(group))
    assert (shown["early_days"], shown["early_at"], shown["morning_at"]) == ("2", "10:00", "08:00")


def test_a_group_has_its_own_times(group: Cohort, as_hannah: Client):
    """Both can be left out, each by itself."""
    shown = filled(as_hannah, address(group))
    answer = as_hannah.post(
        address(group), {**shown, "early_days": "5", "early_at": "18:30", "morning_at": ""}
    )
    assert answer.status_code == 302
    plan = Reminding.objects.get(cohort=group)
    assert (plan.early_days, plan.early_at, plan.morning_at) == (5, time(18, 30), None)
    assert Entry.objects.filter(verb="decide_reminding").count() == 1


def test_more_than_two_weeks_before_is_refused(group: Cohort, as_hannah: Client):
    """Nothing is changed."""
    answer = as_hannah.post(address(group), {**filled(as_hannah, address(group)), "early_days": "15"})
    assert answer.status_code == 422
    assert not Reminding.objects.exists()


def test_only_whoever_plans_the_training_decides(group: Cohort, as_carys: Client):
    """Nobody else finds the page."""
    assert as_carys.get(address(group)).status_code == 404
