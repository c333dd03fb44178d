from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.followup.actions import add_timepoint, anchor_timepoints, create_protocol
from alongside.followup.models import Protocol, TimepointInstance
from alongside.followup.windows import add_months
from alongside.people.actions import record_consent
from alongside.people.models import ConsentText, Participant, Person, Purpose
from alongside.people.tests.test_person import without_tokens
from alongside.training.actions import leave_cohort, mark_attendance, open_cohort
from alongside.training.models import Cohort
from alongside.training.typed import Mark


def test_everyone_who_may_be_asked_gets_dates(
    as_hannah: Client,
    study: Study,
    protocol: Protocol,
    cohort: Cohort,
    enrolled: list[Participant],
    first_day: date,
):
    """Dates count from the first and the last session, and the plan is fixed from then on."""
    url = reverse("followup:anchor-timepoints", args=[study.slug, protocol.pk])
    answer = as_hannah.post(url, {"cohort": cohort.pk}, follow=True)
    assert "9 dates were given." in answer.content.decode()
    six_months = TimepointInstance.objects.get(timepoint__name="Six months on", participant=enrolled[0])
    assert six_months.due == add_months(first_day + timedelta(days=14), 6)
    assert (six_months.opens, six_months.closes) == (
        six_months.due - timedelta(days=14),
        six_months.due + timedelta(days=28),
    )
    protocol.refresh_from_db()
    assert protocol.frozen


def test_again_adds_only_newcomers(
    protocol: Protocol, cohort: Cohort, anchored: list[TimepointInstance], people_with_codes
):
    """Giving dates again changes nobody's, and adds people who came since."""
    assert len(anchored) == 9
    assert anchor_timepoints(by=None, protocol=protocol, cohort=cohort) == []
    people_with_codes(1)
    assert len(anchor_timepoints(by=None, protocol=protocol, cohort=cohort)) == 3


def test_whoever_agrees_to_nothing_gets_none(
    protocol: Protocol, cohort: Cohort, enrolled: list[Participant], rowan: Person, wren: Person, stops
):
    """One yes, to questions or to being asked about an interview, is enough; none is none."""
    stops(rowan, Purpose.QUESTIONNAIRES)
    stops(wren, Purpose.QUESTIONNAIRES)
    stops(wren, Purpose.INTERVIEW_CONTACT)
    made = anchor_timepoints(by=None, protocol=protocol, cohort=cohort)
    assert {instance.participant.code for instance in made} == {"P01", "P02"}


def test_someone_who_left_after_coming_is_asked_too(
    protocol: Protocol, cohort: Cohort, enrolled: list[Participant], rowan: Person, wren: Person
):
    """Who came and left is asked like the others; who left without ever coming is not."""
    session = cohort.sessions.get(number=1)
    mark_attendance(by=None, session=session, marks=[Mark(uuid4(), rowan, "here")])
    for place in cohort.enrolments.filter(person__in=[rowan, wren]):
        leave_cohort(by=None, enrolment=place)
    made = anchor_timepoints(by=None, protocol=protocol, cohort=cohort)
    assert {instance.participant.code for instance in made} == {"P01", "P02"}


def test_whoever_works_with_someone_is_not_told_of_dates_for_them(
    as_priya: Client, as_hannah: Client, study: Study, protocol: Protocol, cohort: Cohort, enrolled,
    wren: Person, stops, consent_texts: dict[str, ConsentText],
):  # fmt: skip
    """The number is what Priya’s timeline gains, also when Wren says yes later: in both worlds the same."""
    url = reverse("followup:anchor-timepoints", args=[study.slug, protocol.pk])
    asked = (Purpose.QUESTIONNAIRES, Purpose.INTERVIEW_CONTACT)

    def told(client: Client) -> str:
        return without_tokens(client.post(url, {"cohort": cohort.pk}, follow=True).content)

    with_wren = told(as_priya)
    assert "6 dates were given." in with_wren
    TimepointInstance.objects.all().delete()
    for purpose in asked:
        stops(wren, purpose)
    assert told(as_priya) == with_wren
    nothing_new = told(as_priya)
    for purpose in asked:
        record_consent(by=None, person=wren, text=consent_texts[purpose], decision="granted")
    assert told(as_priya) == nothing_new
    assert TimepointInstance.objects.count() == 9
    TimepointInstance.objects.all().delete()
    assert "9 dates were given." in told(as_hannah)


def test_a_plan_with_dates_given_does_not_change(
    as_hannah: Client, study: Study, protocol: Protocol, anchored: list[TimepointInstance]
):
    """No timepoint is added once people have their dates."""
    typed = {
        "name": "A year on",
        "anchor": "last_session",
        "months": 12,
        "days": 0,
        "opens_days": 14,
        "closes_days": 28,
    }
    answer = as_hannah.post(reverse("followup:add-timepoint", args=[study.slug, protocol.pk]), typed)
    assert answer.status_code == 422
    assert "can’t change any more" in answer.content.decode()
    assert protocol.timepoints.count() == 3


def test_a_group_without_sessions_can_not_be_counted_from(study: Study, protocol: Protocol, cohort: Cohort):
    """Without a session there is nothing to count from, and the plan stays open."""
    empty = open_cohort(by=None, study=study, programme=cohort.programme, name="Empty")
    with pytest.raises(ValidationError, match="Empty has no sessions to count from"):
        anchor_timepoints(by=None, protocol=protocol, cohort=empty)
    protocol.refresh_from_db()
    assert protocol.frozen is None


def test_a_plan_without_times_gives_no_dates(study: Study, cohort: Cohort):
    """A plan needs at least one time."""
    empty = create_protocol(by=None, study=study, name="Empty")
    with pytest.raises(ValidationError, match="no times yet"):
        anchor_timepoints(by=None, protocol=empty, cohort=cohort)


def test_a_plan_is_made_and_told_when_to_ask(as_hannah: Client, study: Study):
    """From an empty study a coordinator makes a plan and adds a time; a second of that name is refused."""
    as_hannah.post(reverse("followup:create-protocol", args=[study.slug]), {"name": "Plan"})
    plan = Protocol.objects.get()
    typed = {
        "name": "Six",
        "anchor": "last_session",
        "months": 6,
        "days": 0,
        "opens_days": 14,
        "closes_days": 28,
    }
    url = reverse("followup:add-timepoint", args=[study.slug, plan.pk])
    assert as_hannah.post(url, typed).status_code == 302
    assert plan.timepoints.get().opens_days == -14
    assert as_hannah.post(url, typed).status_code == 422
    assert (
        as_hannah.post(reverse("followup:create-protocol", args=[study.slug]), {"name": "Plan"}).status_code
        == 422
    )


def test_a_window_holds_its_day(protocol: Protocol):
    """A window that would not hold the day it is for is refused."""
    with pytest.raises(ValidationError, match="opens before its day"):
        add_timepoint(by=None, protocol=protocol, name="Odd", anchor="last_session", opens_days=3)
