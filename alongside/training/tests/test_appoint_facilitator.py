from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.people.actions import add_person, make_link
from alongside.people.models import Person
from alongside.training.actions import (
    appoint_facilitator,
    cancel_session,
    open_cohort,
    plan_disclosure,
    plan_session,
)
from alongside.training.models import Cohort, DisclosurePlan, Facilitation, Programme, Session
from tests.support.editing import seen


def test_someone_leads_with_what_they_bring(
    as_hannah: Client, study: Study, session: Session, martin: Person
):
    """Expertise is declared for this session alone."""
    url = reverse("training:appoint-facilitator", args=[study.slug, session.pk])
    assert as_hannah.post(url, {"person": martin.pk, "practice": "on"}).status_code == 302
    leading = Facilitation.objects.get()
    assert (leading.person, leading.lived, leading.practice) == (martin, False, True)


def test_bringing_nothing_is_refused(as_hannah: Client, study: Study, session: Session, martin: Person):
    """Someone who leads says what they bring; the database asks the same."""
    answer = as_hannah.post(
        reverse("training:appoint-facilitator", args=[study.slug, session.pk]), {"person": martin.pk}
    )
    assert answer.status_code == 422
    assert "Say what Martin Osei brings" in answer.content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        Facilitation.objects.create(session=session, person=martin)


def test_nobody_leads_twice(session: Session, martin: Person, martin_leads: Facilitation):
    """A second appointment to the same session is refused."""
    with pytest.raises(ValidationError, match="leads this session already"):
        appoint_facilitator(by=None, session=session, person=martin, lived=True)


def test_nobody_is_in_two_places(
    study: Study, programme: Programme, martin: Person, martin_leads: Facilitation, next_week: date
):
    """A trainer can't lead two sessions at once; once the other is cancelled they can."""
    other = open_cohort(by=None, study=study, programme=programme, name="Group 6")
    same_time = plan_session(
        by=None, cohort=other, title="Elsewhere", on=next_week, starts=time(12), ends=time(13)
    )
    with pytest.raises(ValidationError, match="leads “Who decides\\?” of Group 5 at that time"):
        appoint_facilitator(by=None, session=same_time, person=martin, practice=True)
    cancel_session(by=None, session=martin_leads.session)
    assert appoint_facilitator(by=None, session=same_time, person=martin, practice=True)


def test_someone_of_another_study_is_refused(session: Session, other_study: Study):
    """Who leads is of the same study."""
    outsider = add_person(by=None, study=other_study, name="Otto")
    with pytest.raises(ValidationError, match="another study"):
        appoint_facilitator(by=None, session=session, person=outsider, lived=True)


def test_someone_stands_down(
    as_hannah: Client, study: Study, group: Cohort, session: Session, martin_leads: Facilitation
):
    """A facilitator can stop leading, and no reason is asked."""
    assert (
        as_hannah.post(reverse("training:stand-down", args=[study.slug, martin_leads.pk])).status_code == 302
    )
    assert not Facilitation.objects.exists()


def test_a_plan_outlasts_standing_down(
    as_hannah: Client, client: Client, study: Study, martin: Person, martin_leads: Facilitation
):
    """What the trainer wrote is theirs to read, change and delete; who leads again finds it."""
    session = martin_leads.session
    plan_disclosure(by=martin, person=martin, session=session, keep_back="My son")
    as_hannah.post(reverse("training:stand-down", args=[study.slug, martin_leads.pk]))
    keys = {"token": make_link(by=None, person=martin, purpose="my_page")}
    plan = reverse("training:my-disclosure", kwargs={**keys, "session": session.pk})
    listed = client.get(reverse("training:my-leading", kwargs=keys)).content.decode()
    assert "You do not lead this session now" in listed
    assert plan in listed
    assert (
        reverse("training:my-leading", kwargs=keys)
        in client.get(reverse("training:my-sessions", kwargs=keys)).content.decode()
    )
    assert "My son" in client.get(plan).content.decode()
    assert (
        client.post(plan, {**seen(client, plan), "keep_back": "My son", "how_it_went": "Well"}).status_code
        == 302
    )

    again = appoint_facilitator(by=None, session=session, person=martin, practice=True)
    assert "My son" in client.get(plan).content.decode()
    drop = reverse("training:my-disclosure-drop", kwargs={**keys, "session": session.pk})
    as_hannah.post(reverse("training:stand-down", args=[study.slug, again.pk]))
    assert client.post(drop).status_code == 302
    assert not DisclosurePlan.objects.exists()
    assert client.get(plan).status_code == 404
