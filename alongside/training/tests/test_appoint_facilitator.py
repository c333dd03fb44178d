from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.people.actions import add_person
from alongside.people.models import Person
from alongside.training.actions import appoint_facilitator, cancel_session, open_cohort, plan_session
from alongside.training.models import Cohort, Facilitation, Programme, Session


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
