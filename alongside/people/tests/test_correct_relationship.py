from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from alongside.accounts.models import Study
from alongside.people.actions import (
    add_person,
    deny_relationship,
    end_relationship,
    record_relationship,
)
from alongside.people.models import Person, WorkingRelationship
from tests.support.editing import filled

ROOM = "/s/six-months-on/people/relationships/"


def test_the_days_are_corrected(as_hannah: Client, rowan_and_alison: WorkingRelationship):
    """One that goes on has a first day; one that ended has both, and stays ended."""
    url = f"{ROOM}{rowan_and_alison.pk}/dates/"
    assert as_hannah.post(url, {**filled(as_hannah, url), "started": "2021-05-01"}).status_code == 302
    end_relationship(by=None, relationship=rowan_and_alison, ended=date(2026, 6, 1))
    sent = {**filled(as_hannah, url), "ended": "2026-05-01"}
    assert as_hannah.post(url, sent).status_code == 302
    rowan_and_alison.refresh_from_db()
    assert (rowan_and_alison.started, rowan_and_alison.ended) == (date(2021, 5, 1), date(2026, 5, 1))
    assert as_hannah.post(url, {**filled(as_hannah, url), "ended": ""}).status_code == 422


def test_that_one_of_the_two_ended_it_is_told_to_nobody(
    as_hannah: Client, rowan: Person, rowan_and_alison: WorkingRelationship
):
    """Rowan says that it isn't so while Hannah corrects the day: what changed is shown, and not by whom."""
    url = f"{ROOM}{rowan_and_alison.pk}/dates/"
    shown = filled(as_hannah, url)
    deny_relationship(by=rowan, relationship=rowan_and_alison, person=rowan)
    answer = as_hannah.post(url, {**shown, "started": "2021-05-01", "ended": "2026-05-01"})
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Changed while you were writing." in text
    assert "the person themselves" not in text


def test_days_that_can_not_be(as_hannah: Client, rowan_and_alison: WorkingRelationship):
    """An end before the start, and a day to come: one sentence each, nothing changes."""
    end_relationship(by=None, relationship=rowan_and_alison, ended=date(2026, 6, 1))
    url = f"{ROOM}{rowan_and_alison.pk}/dates/"
    shown = filled(as_hannah, url)
    tomorrow = timezone.localdate() + timedelta(days=1)
    for sent, sentence in (
        ({"started": "2026-06-02"}, "can’t end before the day it started"),
        ({"started": tomorrow}, "still to come"),
        ({"ended": tomorrow}, "still to come"),
    ):
        answer = as_hannah.post(url, {**shown, **sent})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    rowan_and_alison.refresh_from_db()
    assert (rowan_and_alison.started, rowan_and_alison.ended) == (date(2022, 5, 1), date(2026, 6, 1))


def test_what_can_not_be_recorded_says_why(
    as_hannah: Client, rowan: Person, alison: Person, wren: Person, rowan_and_alison: WorkingRelationship
):
    """With themselves, a second time, a day to come: one sentence each, and nothing is stored."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    for one, other, started, sentence in (
        (rowan, rowan, "2024-01-01", "these are the same person"),
        (alison, rowan, "2024-01-01", "on record already that these two work together"),
        (rowan, wren, tomorrow, "still to come"),
    ):
        sent = {"one": one.pk, "other": other.pk, "started": started}
        answer = as_hannah.post(f"{ROOM}record/", sent)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    assert WorkingRelationship.objects.count() == 1


def test_two_people_of_different_studies_do_not_work_together(
    as_hannah: Client, rowan: Person, other_study: Study
):
    """The page doesn't offer them; the action says why."""
    stranger = add_person(by=None, study=other_study, name="Sam")
    sent = {"one": rowan.pk, "other": stranger.pk, "started": "2024-01-01"}
    assert as_hannah.post(f"{ROOM}record/", sent).status_code == 422
    with pytest.raises(ValidationError, match="in different studies"):
        record_relationship(by=None, one=rowan, other=stranger, started=date(2024, 1, 1))
    assert not WorkingRelationship.objects.exists()


def test_an_end_to_come_is_refused(as_hannah: Client, rowan_and_alison: WorkingRelationship):
    """A working relationship ends on the day it ends, not before."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    answer = as_hannah.post(f"{ROOM}{rowan_and_alison.pk}/end/", {"ended": tomorrow})
    assert answer.status_code == 422
    rowan_and_alison.refresh_from_db()
    assert rowan_and_alison.is_open


def test_who_may_not_keep_people_finds_nothing(as_sunita: Client, rowan_and_alison: WorkingRelationship):
    """A data steward corrects nothing."""
    assert as_sunita.get(f"{ROOM}{rowan_and_alison.pk}/dates/").status_code == 404
