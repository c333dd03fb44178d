from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.training.actions import change_decision, create_programme, log_decision, open_cohort
from alongside.training.models import Cohort, Decision, Programme
from tests.support.editing import filled


@pytest.fixture
def chairs(study: Study) -> Decision:
    return log_decision(
        by=None, study=study, on=date(2026, 11, 1), about="Chairs", proposed_by="Group 5", hours=6, paid=150
    )


def test_an_entry_is_put_right(as_carys: Client, study: Study, group: Cohort, chairs: Decision):
    """With the group it was about, whose course it then is about; amounts stand as they were typed."""
    url = reverse("training:change-decision", args=[study.slug, chairs.pk])
    shown = filled(as_carys, url)
    assert (shown["hours"], shown["paid"]) == ("6", "150")
    typed = {**shown, "cohort": group.pk, "changed": "No tables.", "hours": "6.5"}
    assert as_carys.post(url, typed).status_code == 302
    chairs.refresh_from_db()
    assert (chairs.cohort, chairs.programme) == (group, group.programme)
    assert (chairs.changed, chairs.hours, chairs.paid) == ("No tables.", Decimal("6.5"), 150)


def test_a_group_of_another_course_is_refused(study: Study, group: Cohort, chairs: Decision):
    """A decision is about one course."""
    other = create_programme(by=None, study=study, title="Telling")
    with pytest.raises(ValidationError, match="Group 5 takes another course"):
        change_decision(
            by=None,
            decision=chairs,
            on=chairs.on,
            about="Chairs",
            proposed_by="All",
            programme=other,
            cohort=group,
        )


def test_another_studys_course_is_refused(chairs: Decision, other_study: Study):
    """What a decision is about is in its own study."""
    theirs = create_programme(by=None, study=other_study, title="Theirs")
    with pytest.raises(ValidationError, match="another study"):
        change_decision(
            by=None, decision=chairs, on=chairs.on, about="Chairs", proposed_by="All", programme=theirs
        )


def test_less_than_nothing_is_refused(as_carys: Client, study: Study, chairs: Decision):
    """Hours and pay are amounts; nothing changes."""
    url = reverse("training:change-decision", args=[study.slug, chairs.pk])
    assert as_carys.post(url, {**filled(as_carys, url), "hours": "-1"}).status_code == 422
    chairs.refresh_from_db()
    assert chairs.hours == 6


def test_whoever_pays_is_told_of_benefits(as_carys: Client, study: Study, chairs: Decision):
    """Where pay is written down, and where it is summed."""
    for name, args in (
        ("log-decision", [study.slug]),
        ("change-decision", [study.slug, chairs.pk]),
        ("decisions", [study.slug]),
    ):
        page = as_carys.get(reverse(f"training:{name}", args=args)).content.decode()
        assert "Being paid can change what somebody gets in benefits." in page


def test_another_studys_entry_is_not_here(as_carys: Client, study: Study, other_study: Study):
    """An entry is found only in its own study."""
    theirs = log_decision(by=None, study=other_study, on=date(2026, 11, 1), about="X", proposed_by="Y")
    assert as_carys.get(reverse("training:change-decision", args=[study.slug, theirs.pk])).status_code == 404


def test_a_course_that_goes_leaves_the_entry(study: Study, chairs: Decision):
    """What was decided stays on record without it."""
    programme = create_programme(by=None, study=study, title="Telling")
    cohort = open_cohort(by=None, study=study, programme=programme, name="Group 9")
    Decision.objects.update(programme=programme, cohort=cohort)
    cohort.delete()
    Programme.objects.filter(pk=programme.pk).delete()
    chairs.refresh_from_db()
    assert (chairs.programme, chairs.cohort) == (None, None)
