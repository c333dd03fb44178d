from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.training.actions import book_preparation_and_debrief, publish_session, stand_down
from alongside.training.models import Facilitation, Session


def test_a_looked_after_session_is_marked_ready(as_hannah: Client, study: Study, looked_after: Session):
    """With both kinds of knowing, and both who lead prepared, debriefed and supported, it is ready."""
    answer = as_hannah.post(reverse("training:publish-session", args=[study.slug, looked_after.pk]))
    assert answer.status_code == 302
    looked_after.refresh_from_db()
    assert looked_after.state == Session.State.PUBLISHED


def test_what_is_missing_is_named(
    as_hannah: Client, study: Study, session: Session, carys_leads: Facilitation
):
    """The refusal names each thing that is missing, and for whom."""
    answer = as_hannah.post(reverse("training:publish-session", args=[study.slug, session.pk]))
    assert answer.status_code == 422
    page = answer.content.decode()
    for need in (
        "someone with practice experience to lead it",
        "preparation for Carys Bowen",
        "a debrief for Carys Bowen",
        "support for Carys Bowen",
    ):
        assert need in page
    assert "someone with lived experience" not in page
    session.refresh_from_db()
    assert session.state == Session.State.PLANNED


def test_nobody_leading_is_not_ready(session: Session):
    """A session that nobody leads lacks both kinds of knowing."""
    with pytest.raises(ValidationError, match=r"lived experience to lead it; someone with practice"):
        publish_session(by=None, session=session)


def test_one_alone_who_brings_both_is_not_enough(
    looked_after: Session, carys_leads: Facilitation, martin_leads: Facilitation
):
    """Two lead each session, whatever each of them brings."""
    stand_down(by=None, facilitation=martin_leads)
    Facilitation.objects.filter(pk=carys_leads.pk).update(practice=True)
    with pytest.raises(ValidationError, match=r"needs: a second person to lead it beside Carys Bowen\."):
        publish_session(by=None, session=looked_after)


def test_two_who_lack_a_debrief_are_named_together(
    looked_after: Session, carys_leads: Facilitation, martin_leads: Facilitation
):
    """Names are joined as one says them."""
    for leading in (carys_leads, martin_leads):
        book_preparation_and_debrief(
            by=None,
            facilitation=leading,
            preparation=looked_after.starts - timedelta(days=1),
            supported_by="S",
        )
    with pytest.raises(ValidationError, match=r"needs: a debrief for Carys Bowen and Martin Osei\."):
        publish_session(by=None, session=looked_after)


def test_a_ready_session_that_stops_being_so_says_so(looked_after: Session, martin_leads: Facilitation):
    """When a facilitator stands down, the session goes back to planned."""
    publish_session(by=None, session=looked_after)
    stand_down(by=None, facilitation=martin_leads)
    looked_after.refresh_from_db()
    assert looked_after.state == Session.State.PLANNED


def test_a_facilitator_marks_nothing_ready(as_carys: Client, study: Study, looked_after: Session):
    """Planning is the coordinator's; for a facilitator there is no such page."""
    assert (
        as_carys.post(reverse("training:publish-session", args=[study.slug, looked_after.pk])).status_code
        == 404
    )


@pytest.mark.parametrize(
    ("takes_away", "missing"),
    [
        ({"lived": False, "practice": True}, "someone with lived experience to lead it"),
        ({"preparation": None}, "preparation for Carys Bowen"),
        ({"debrief": None}, "a debrief for Carys Bowen"),
        ({"supported_by": ""}, "support for Carys Bowen"),
    ],
)
def test_each_condition_holds_alone(
    looked_after: Session, carys_leads: Facilitation, takes_away: dict[str, Any], missing: str
):
    """Take one of them away, and the refusal names that one and nothing else."""
    Facilitation.objects.filter(pk=carys_leads.pk).update(**takes_away)
    with pytest.raises(ValidationError, match=f"needs: {missing}\\.'"):
        publish_session(by=None, session=looked_after)


def test_without_practice_experience_it_is_not_ready(looked_after: Session, martin_leads: Facilitation):
    """Two with lived experience lack the other kind of knowing."""
    Facilitation.objects.filter(pk=martin_leads.pk).update(lived=True, practice=False)
    with pytest.raises(ValidationError, match=r"needs: someone with practice experience to lead it\.'"):
        publish_session(by=None, session=looked_after)


def test_calendars_hear_that_it_is_ready_and_that_it_no_longer_is(
    looked_after: Session, martin_leads: Facilitation
):
    """Tentative or confirmed is something a calendar shows: each change counts."""
    assert publish_session(by=None, session=looked_after).sequence == 1
    stand_down(by=None, facilitation=martin_leads)
    looked_after.refresh_from_db()
    assert looked_after.sequence == 2
