from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.people.models import Person
from alongside.training.actions import (
    appoint_facilitator,
    cancel_session,
    change_session,
    open_cohort,
    plan_session,
    publish_session,
)
from alongside.training.models import Cohort, Facilitation, Part, Session
from tests.support.editing import seen


def typed(session: Session, day: date, **changed: Any) -> dict[str, Any]:
    return {"title": session.title, "on": day, "starts": time(10), "ends": time(12, 30), **changed}


def test_a_change_raises_the_sequence(as_hannah: Client, study: Study, session: Session, next_week: date):
    """Moving a session raises its sequence by one, so that calendars take the change."""
    url = reverse("training:change-session", args=[study.slug, session.pk])
    later = next_week + timedelta(days=1)
    assert as_hannah.post(url, typed(session, later, **seen(as_hannah, url))).status_code == 302
    session.refresh_from_db()
    assert session.sequence == 1
    assert session.local_start.date() == later


def test_no_change_changes_nothing(session: Session, next_week: date):
    """Saving what was there already leaves the sequence as it was."""
    change_session(by=None, session=session, **typed(session, next_week))
    session.refresh_from_db()
    assert session.sequence == 0


def test_a_held_session_can_be_mended_but_not_moved(
    as_hannah: Client, study: Study, past_session: Session, next_week: date
):
    """Who came is on record for its day, so it moves neither to next week nor by an hour."""
    day = past_session.local_start.date()
    url = reverse("training:change-session", args=[study.slug, past_session.pk])
    mended = typed(past_session, day, title="How we met", place="The library", ends=time(12))
    assert as_hannah.post(url, {**mended, **seen(as_hannah, url)}).status_code == 302
    past_session.refresh_from_db()
    assert (past_session.title, past_session.place) == ("How we met", "The library")
    for moved in (typed(past_session, next_week), typed(past_session, day, starts=time(11))):
        answer = as_hannah.post(url, {**moved, **seen(as_hannah, url)})
        assert answer.status_code == 422
        assert "has been held, or has begun, so it can’t be moved" in answer.content.decode()


def test_a_session_is_not_moved_into_the_past(session: Session, next_week: date):
    """The sentence says the day."""
    day = next_week - timedelta(days=20)
    with pytest.raises(ValidationError, match="is in the past"):
        change_session(by=None, session=session, **typed(session, day))


def test_a_session_is_cancelled_and_stays_to_be_seen(as_hannah: Client, study: Study, session: Session):
    """Cancelling raises the sequence, and the session is shown as cancelled."""
    answer = as_hannah.post(reverse("training:cancel-session", args=[study.slug, session.pk]), follow=True)
    session.refresh_from_db()
    assert (session.state, session.sequence) == ("cancelled", 1)
    assert "Cancelled" in answer.content.decode()


def test_a_cancelled_session_is_not_changed(
    as_hannah: Client, study: Study, session: Session, next_week: date
):
    """What is cancelled can be neither changed nor cancelled again."""
    cancel_session(by=None, session=session)
    with pytest.raises(ValidationError, match="has been cancelled"):
        change_session(by=None, session=session, **typed(session, next_week, title="Back"))
    answer = as_hannah.post(reverse("training:cancel-session", args=[study.slug, session.pk]))
    assert answer.status_code == 422
    assert "has been cancelled" in answer.content.decode()


def test_a_held_session_is_not_cancelled(past_session: Session):
    """What was held can't be undone."""
    with pytest.raises(ValidationError, match="has been held"):
        cancel_session(by=None, session=past_session)


def test_moving_onto_another_session_of_the_group_is_refused(
    as_hannah: Client, study: Study, group: Cohort, session: Session, next_week: date
):
    """The other session is named, and nothing is changed."""
    plan_session(by=None, cohort=group, title="After", on=next_week, starts=time(14), ends=time(15))
    url = reverse("training:change-session", args=[study.slug, session.pk])
    answer = as_hannah.post(url, typed(session, next_week, ends=time(14, 30), **seen(as_hannah, url)))
    assert answer.status_code == 422
    assert "This group has “After” at that time" in answer.content.decode()
    session.refresh_from_db()
    assert session.local_end.time() == time(12, 30)


def test_moving_a_trainer_into_two_rooms_is_refused(
    study: Study, session: Session, martin: Person, martin_leads: Facilitation, next_week: date
):
    """A session can't be moved to when someone who leads it leads in another group."""
    other = open_cohort(by=None, study=study, programme=session.cohort.programme, name="Group 6")
    there = plan_session(
        by=None, cohort=other, title="Elsewhere", on=next_week, starts=time(15), ends=time(16)
    )
    appoint_facilitator(by=None, session=there, person=martin, practice=True)
    late = typed(session, next_week, starts=time(14), ends=time(15, 30))
    with pytest.raises(ValidationError, match="Martin Osei leads “Elsewhere” of Group 6 at that time"):
        change_session(by=None, session=session, **late)
    cancel_session(by=None, session=there)
    assert change_session(by=None, session=session, **late).sequence == 1


def test_moving_before_the_preparation_takes_readiness_back(looked_after: Session, next_week: date):
    """What was booked has to be before and after the session still; else it is not ready."""
    publish_session(by=None, session=looked_after)
    day = next_week - timedelta(days=4)
    moved = change_session(by=None, session=looked_after, **typed(looked_after, day))
    moved.refresh_from_db()
    assert moved.state == Session.State.PLANNED
    with pytest.raises(ValidationError, match="preparation for Carys Bowen and Martin Osei"):
        publish_session(by=None, session=moved)


def test_choosing_a_part_is_no_news_for_calendars(session: Session, next_week: date):
    """Of which part a session is, no calendar shows."""
    part = Part.objects.create(programme=session.cohort.programme, number=1, title="Deciding")
    changed = change_session(by=None, session=session, **typed(session, next_week, part=part))
    assert (changed.part, changed.sequence) == (part, 0)
