from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.people.actions import record_adjustment
from alongside.people.models import WorkingRelationship
from alongside.training.actions import (
    cancel_session,
    enrol_person,
    leave_cohort,
    offer_pair,
    open_cohort,
    plan_session,
    sign_in_with_code,
    write_agreement,
)
from alongside.training.models import AttendanceMark, Cohort, Enrolment, OfferBundle, Session
from alongside.training.queries import latest_marks


@pytest.fixture
def my_sessions(rowans_link: str) -> str:
    return reverse("training:my-sessions", kwargs={"token": rowans_link})


@pytest.fixture
def my_answer(rowans_link: str, session: Session) -> str:
    return reverse("training:my-answer", kwargs={"token": rowans_link, "session": session.pk})


def test_a_learner_sees_their_next_session(
    client: Client, my_sessions: str, looked_after: Session, rowan_enrolled: Enrolment, group: Cohort
):
    """When, where, with whom, what they asked for, and what the group agreed."""
    record_adjustment(by=None, person=rowan_enrolled.person, need="Large print", share_with="sessions")
    write_agreement(by=None, cohort=group, clauses=["Anyone can pass."])
    page = client.get(my_sessions).content.decode()
    for seen in (
        "10:00",
        "Ferry Hall",
        "With Carys Bowen and Martin Osei",
        "Large print",
        "Anyone can pass.",
    ):
        assert seen in page


def test_nothing_of_anybody_else(
    client: Client,
    my_sessions: str,
    looked_after: Session,
    rowan_enrolled: Enrolment,
    alison_enrolled: Enrolment,
):
    """No other learner, no standpoint and no kind of expertise is on a learner's page."""
    seat = {"need": "A seat by the door", "share_with": "sessions"}
    record_adjustment(by=None, person=alison_enrolled.person, **seat)
    page = client.get(my_sessions).content.decode()
    for unseen in ("Alison", "seat by the door", "ractitioner", "lived experience", "practice experience"):
        assert unseen not in page


def test_the_part_for_the_persons_page(
    client: Client, my_sessions: str, session: Session, rowan_enrolled: Enrolment
):
    """Asked by htmx, the same comes as a part, without the frame."""
    part = client.get(my_sessions, headers={"HX-Request": "true"}).content.decode()
    assert "Who decides?" in part
    assert "<html" not in part


def test_someone_who_left_sees_no_session(
    client: Client, my_sessions: str, session: Session, rowan_enrolled: Enrolment
):
    """Without a place there is no session, and nothing is said about it."""
    leave_cohort(by=None, enrolment=rowan_enrolled)
    assert "Who decides?" not in client.get(my_sessions).content.decode()


@pytest.mark.parametrize(("says", "shown"), [("coming", "you are coming"), ("word", "you can’t come")])
def test_a_learner_says_whether_they_come(
    client: Client, my_answer: str, rowan_enrolled: Enrolment, says: str, shown: str
):
    """One press is enough; pressing twice says it once."""
    typed = {"id": uuid4(), "says": says}
    page = client.post(my_answer, typed, follow=True).content.decode()
    client.post(my_answer, typed)
    mark = AttendanceMark.objects.get()
    assert (mark.status, mark.person, mark.by) == (says, rowan_enrolled.person, None)
    assert shown in page


def test_who_went_back_and_says_otherwise_is_heard(
    client: Client, my_answer: str, rowan_enrolled: Enrolment, session: Session
):
    """From the same page, one press after the other: what was said last stands."""
    shown = {"id": uuid4()}
    for says in ("coming", "word"):
        client.post(my_answer, {**shown, "says": says})
    assert latest_marks(session)[rowan_enrolled.person_id].status == "word"


def test_each_group_by_its_own_clocks(
    client: Client, my_sessions: str, session: Session, rowan_enrolled: Enrolment, next_week: date
):
    """A second group that meets elsewhere; whose clocks are meant is said where they aren't one's own."""
    group = rowan_enrolled.cohort
    athens = {"name": "Group 9", "time_zone": "Europe/Athens", "capacity": 5}
    other = open_cohort(by=None, study=group.study, programme=group.programme, **athens)
    day = next_week + timedelta(days=1)
    plan_session(by=None, cohort=other, title="Afar", on=day, starts=time(17, 45), ends=time(19))
    enrol_person(by=None, cohort=other, person=rowan_enrolled.person)
    page = client.get(my_sessions).content.decode()
    assert "10:00" in page
    assert "17:45" in page
    assert page.count("Times are by the clocks in") == page.count("clocks in Europe/Athens") == 1


def test_a_session_that_has_begun_takes_no_answer(client: Client, my_answer: str, rowan_enrolled: Enrolment):
    """After its start the room knows who is there."""
    now = timezone.now()
    Session.objects.update(starts=now - timedelta(minutes=5), ends=now + timedelta(hours=2))
    answer = client.post(my_answer, {"id": uuid4(), "says": "coming"})
    assert answer.status_code == 422
    assert "has begun" in answer.content.decode()
    assert not AttendanceMark.objects.exists()


@pytest.mark.parametrize("says", ["coming", "word"])
def test_whoever_is_here_stays_here(
    client: Client, my_sessions: str, my_answer: str, rowan_enrolled: Enrolment, session: Session, says: str
):
    """Signed in before the start: an answer is no longer offered, and one from an older page is refused."""
    now = timezone.now()
    Session.objects.update(starts=now + timedelta(minutes=20), ends=now + timedelta(hours=2))
    session.refresh_from_db()
    sign_in_with_code(by=None, session=session, person=rowan_enrolled.person)
    page = client.get(my_sessions).content.decode()
    assert "You are marked as here" in page
    assert "I am coming" not in page
    answer = client.post(my_answer, {"id": uuid4(), "says": says})
    assert answer.status_code == 422
    assert "You are marked as here already" in answer.content.decode()
    assert latest_marks(session)[rowan_enrolled.person_id].status == "here"


def test_a_learner_marks_nobody_here(client: Client, my_answer: str, rowan_enrolled: Enrolment):
    """That someone was here is not theirs to say beforehand."""
    assert client.post(my_answer, {"id": uuid4(), "says": "here"}).status_code == 422
    assert not AttendanceMark.objects.exists()


def test_another_groups_session_is_not_there(client: Client, my_answer: str):
    """Without a place in the group its session can't be answered."""
    assert client.post(my_answer, {"id": uuid4(), "says": "coming"}).status_code == 404


def test_a_cancelled_session_is_shown_as_cancelled(
    client: Client, my_sessions: str, session: Session, rowan_enrolled: Enrolment
):
    """Someone who has the day in mind learns that it is off."""
    cancel_session(by=None, session=session)
    page = client.get(my_sessions).content.decode()
    assert "Cancelled" in page
    assert "I am coming" not in page


def test_a_learner_answers_an_offer(
    client: Client, my_sessions: str, rowans_link: str, group: Cohort, rowan_and_alison: WorkingRelationship
):
    """An offer of two places shows each half only their own, and takes their answer once."""
    offer_pair(
        by=None, cohort=group, relationship=rowan_and_alison, expires=timezone.now() + timedelta(days=5)
    )
    page = client.get(my_sessions).content.decode()
    assert "offered a place in Working alongside, Group 5" in page
    assert "Alison" not in page
    mine = Enrolment.objects.get(person__name="Rowan")
    url = reverse("training:my-offer", kwargs={"token": rowans_link, "enrolment": mine.pk})
    assert client.post(url, {"accepts": "yes"}).status_code == 302
    assert client.post(url, {"accepts": "yes"}).status_code == 422
    mine.refresh_from_db()
    assert mine.state == Enrolment.State.ACCEPTED


def test_anothers_offer_is_not_there(
    client: Client, rowans_link: str, group: Cohort, rowan_and_alison: WorkingRelationship
):
    """Nobody answers for the other half."""
    offer_pair(
        by=None, cohort=group, relationship=rowan_and_alison, expires=timezone.now() + timedelta(days=5)
    )
    theirs = Enrolment.objects.get(person__name="Alison")
    url = reverse("training:my-offer", kwargs={"token": rowans_link, "enrolment": theirs.pk})
    assert client.post(url, {"accepts": "no"}).status_code == 404
    assert OfferBundle.objects.get().enrolments.filter(state="offered").count() == 2


def test_a_dead_link_leads_nowhere(client: Client, db: None):
    """An unknown link gets a plain page, with status 404."""
    assert client.get(reverse("training:my-sessions", kwargs={"token": "unknown"})).status_code == 404
