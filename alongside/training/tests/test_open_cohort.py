import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.training.actions import open_cohort
from alongside.training.models import Cohort, Programme


def asked(programme: Programme, **changed: object) -> dict[str, object]:
    typed = {"programme": programme.pk, "name": "Group 6", "time_zone": "Europe/London", "capacity": 12}
    return {**typed, **changed}


def test_a_group_is_opened_with_kept_places(as_hannah: Client, study: Study, programme: Programme):
    """A group opens with the places that are kept for some."""
    url = reverse("training:open-cohort", args=[study.slug])
    answer = as_hannah.post(url, asked(programme, kept_uses_services=5, kept_practitioner=5))
    cohort = Cohort.objects.get()
    assert answer["Location"] == reverse("training:cohort", args=[study.slug, cohort.pk])
    assert dict(cohort.quotas.values_list("standpoint", "places")) == {"uses_services": 5, "practitioner": 5}


def test_more_kept_than_there_are_is_refused(as_hannah: Client, study: Study, programme: Programme):
    """Keeping more places than there are is refused in one sentence, and nothing is opened."""
    url = reverse("training:open-cohort", args=[study.slug])
    answer = as_hannah.post(url, asked(programme, kept_uses_services=8, kept_practitioner=5))
    assert answer.status_code == 422
    assert "13 places are to be kept, and the group has 12" in answer.content.decode()
    assert not Cohort.objects.exists()


def test_a_second_group_of_that_name_is_refused(group: Cohort, programme: Programme, study: Study):
    """Two groups of one study can't bear one name."""
    with pytest.raises(ValidationError, match="“Group 5” already"):
        open_cohort(by=None, study=study, programme=programme, name="Group 5")


def test_another_studys_course_is_refused(programme: Programme, other_study: Study):
    """A group takes a course of its own study."""
    with pytest.raises(ValidationError, match="another study"):
        open_cohort(by=None, study=other_study, programme=programme, name="Theirs")


def test_a_facilitator_opens_no_group(as_carys: Client, study: Study, programme: Programme):
    """Planning is not a facilitator's: the page is not there for them."""
    assert as_carys.get(reverse("training:open-cohort", args=[study.slug])).status_code == 404
