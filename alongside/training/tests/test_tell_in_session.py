from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.audit.models import Entry
from alongside.people.models import Person
from alongside.training.actions import (
    appoint_facilitator,
    cancel_session,
    plan_session,
    publish_session,
    tell_in_session,
)
from alongside.training.models import Cohort, Facilitation, Session
from alongside.training.queries import readiness, rota


@pytest.fixture
def weeks(group: Cohort, next_week: date, carys_herself: Person) -> list[Facilitation]:
    """Five weekly sessions that Carys leads."""
    led = []
    for week in range(5):
        session = plan_session(
            by=None,
            cohort=group,
            title=f"Week {week + 1}",
            on=next_week + timedelta(weeks=week),
            starts=time(10),
            ends=time(12),
        )
        led.append(appoint_facilitator(by=None, session=session, person=carys_herself, lived=True))
    return led


def test_a_trainer_says_that_they_tell(as_carys: Client, study: Study, weeks: list[Facilitation]):
    """By the one who leads, with a line in the audit that says nothing of what they tell."""
    url = reverse("training:tell-in-session", args=[study.slug, weeks[0].pk])
    page = as_carys.post(url, follow=True).content.decode()
    assert "Carys Bowen tells in “Week 1”" in page
    assert Facilitation.objects.get(tells=True) == weeks[0]
    as_carys.post(url)
    assert Entry.objects.filter(verb="tell_in_session").count() == 1


@pytest.mark.parametrize("other", [0, 2])
def test_nobody_tells_twice_running(as_carys: Client, study: Study, weeks: list[Facilitation], other: int):
    """Neither after nor before a session in which the same person tells."""
    tell_in_session(by=None, facilitation=weeks[other])
    answer = as_carys.post(reverse("training:tell-in-session", args=[study.slug, weeks[1].pk]))
    assert answer.status_code == 422
    assert f"Carys Bowen tells in “Week {other + 1}”, and nobody tells in two" in answer.content.decode()
    assert not Facilitation.objects.get(pk=weeks[1].pk).tells


def test_nobody_tells_more_often_than_the_group_has_said(group: Cohort, weeks: list[Facilitation]):
    """Two of five, for this group; a cancelled session doesn't count."""
    tell_in_session(by=None, facilitation=weeks[0])
    tell_in_session(by=None, facilitation=weeks[2])
    with pytest.raises(ValidationError, match="tells in 2 sessions of this group"):
        tell_in_session(by=None, facilitation=weeks[4])
    cancel_session(by=None, session=weeks[0].session)
    assert tell_in_session(by=None, facilitation=weeks[4]).tells


def test_a_cancelled_session_between_is_no_pause(weeks: list[Facilitation]):
    """Week 1 and week 3 follow one another once week 2 is cancelled."""
    tell_in_session(by=None, facilitation=weeks[0])
    cancel_session(by=None, session=weeks[1].session)
    with pytest.raises(ValidationError, match="“Week 1”, and nobody tells in two"):
        tell_in_session(by=None, facilitation=weeks[2])


def test_the_rota_says_where_somebody_now_tells_twice_running(group: Cohort, weeks: list[Facilitation]):
    """Cancelling is never refused for it; the page says so."""
    tell_in_session(by=None, facilitation=weeks[0])
    tell_in_session(by=None, facilitation=weeks[2])
    cancel_session(by=None, session=weeks[1].session)
    twice = [line.session.title for line in rota(group).lines for turn in line.tell if turn.twice_running]
    assert twice == ["Week 1", "Week 3"]


def test_whoever_appoints_writes_it_down_for_them(
    as_hannah: Client, study: Study, session: Session, carys_herself: Person
):
    """On the form of who leads, and on the rota; refused as for the trainer themselves."""
    url = reverse("training:appoint-facilitator", args=[study.slug, session.pk])
    answer = as_hannah.post(url, {"person": carys_herself.pk, "lived": "on", "tells": "on"})
    assert answer.status_code == 302
    leading = Facilitation.objects.get()
    assert leading.tells
    off = reverse("training:take-off-telling", args=[study.slug, leading.pk])
    assert as_hannah.post(off).status_code == 302
    assert not Facilitation.objects.get().tells
    on = reverse("training:put-down-for-telling", args=[study.slug, leading.pk])
    assert as_hannah.post(on).status_code == 302
    assert Facilitation.objects.get().tells


def test_appointing_someone_who_tells_next_week_is_refused(
    weeks: list[Facilitation], group: Cohort, carys_herself: Person, next_week: date
):
    """Nothing is written at all, neither that they lead."""
    tell_in_session(by=None, facilitation=weeks[0])
    between = plan_session(
        by=None, cohort=group, title="Extra", on=next_week + timedelta(days=1), starts=time(10), ends=time(11)
    )
    with pytest.raises(ValidationError, match="nobody tells in two sessions running"):
        appoint_facilitator(by=None, session=between, person=carys_herself, lived=True, tells=True)
    assert not between.facilitations.exists()


def test_another_trainer_is_not_put_down_by_a_facilitator(
    as_carys: Client, study: Study, carys_herself: Person, martin_leads: Facilitation
):
    """Nobody but themselves, and whoever appoints."""
    for name in ("tell-in-session", "step-back-from-telling", "put-down-for-telling", "take-off-telling"):
        url = reverse(f"training:{name}", args=[study.slug, martin_leads.pk])
        assert as_carys.post(url).status_code == 404


def test_readiness_never_depends_on_it(looked_after: Session, carys_leads: Facilitation):
    """A session is as ready with a story as without."""
    before = readiness(looked_after).missing
    tell_in_session(by=None, facilitation=carys_leads)
    assert readiness(looked_after).missing == before == []
    publish_session(by=None, session=looked_after)
    carys_leads.refresh_from_db()
    Facilitation.objects.update(tells=False)
    looked_after.refresh_from_db()
    assert readiness(looked_after).is_ready


def test_the_rota_takes_as_many_queries_for_twenty_as_for_five(
    as_carys: Client,
    study: Study,
    group: Cohort,
    weeks: list[Facilitation],
    next_week: date,
    django_assert_num_queries: Callable,
    django_assert_max_num_queries: Callable,
):
    """Everyone who leads is read at once."""
    url = reverse("training:rota", args=[study.slug, group.pk])
    with django_assert_max_num_queries(30) as few:
        as_carys.get(url)
    for week in range(5, 20):
        session = plan_session(
            by=None, cohort=group, title=f"Week {week}", on=next_week + timedelta(weeks=week),
            starts=time(10), ends=time(12),
        )  # fmt: skip
        appoint_facilitator(by=None, session=session, person=weeks[0].person, lived=True)
    with django_assert_num_queries(len(few)):
        as_carys.get(url)
