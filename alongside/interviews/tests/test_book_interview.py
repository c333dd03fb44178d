from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study, User
from alongside.followup.models import TimepointInstance
from alongside.interviews.actions import book_interview, cancel_interview
from alongside.interviews.models import Interview
from alongside.interviews.tests.helpers import verbs
from alongside.people.actions import (
    add_person,
    end_adjustment,
    link_user,
    record_adjustment,
    record_consent,
    record_relationship,
    share_adjustment,
)
from alongside.people.models import ConsentText, Participant, Person
from alongside.training.models import Cohort, Enrolment, Facilitation, Programme, Session

TOGETHER = "can’t hold this interview: they work together or trained together."
AT = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)


def page(study: Study) -> str:
    return reverse("interviews:book-interview", args=[study.slug])


def asked(participant: Participant, interviewer: User, **other: Any) -> dict[str, Any]:
    return {
        "participant": str(participant.pk),
        "interviewer": str(interviewer.pk),
        "on": "2026-11-24",
        "begins": "10:30",
        "finishes": "12:00",
        "mode": "in_person",
        "place": "Ferry Lane library",
        **other,
    }


def refusal(client: Client, study: Study, sent: dict[str, Any]) -> str:
    """What the page says when it refuses, having stored nothing."""
    before = (verbs(), Interview.objects.count())
    answer = client.post(page(study), sent)
    assert answer.status_code == 422
    assert (verbs(), Interview.objects.count()) == before
    return answer.content.decode()


def test_the_interviewer_reads_what_is_shared_with_them(
    study: Study, rowan: Person, rowan_as_participant: Participant, josef: User, as_hannah: Client
):
    """What Rowan shares with whoever interviews them stands in the arrangements; the rest does not, nor what
    Rowan takes back after the booking. None of it is copied into the interview."""
    for need, shared in (("A loop system", "interviews"), ("A seat by the door", "sessions")):
        record_adjustment(by=None, person=rowan, need=need, share_with=shared)
    record_adjustment(by=rowan, person=rowan, need="By day", about="evaluation", share_with="interviews")
    assert as_hannah.post(page(study), asked(rowan_as_participant, josef)).status_code == 302
    booked = Interview.objects.get()
    address = reverse("interviews:interview", args=[study.slug, booked.pk])
    told = as_hannah.get(address).content.decode()
    assert "A loop system" in told
    assert "By day" in told
    assert "A seat by the door" not in told
    assert booked.adjustments == ""
    loop, _seat, by_day = rowan.adjustments.order_by("pk")
    share_adjustment(by=rowan, adjustment=loop, share_with="sessions")
    end_adjustment(by=rowan, adjustment=by_day)
    told = as_hannah.get(address).content.decode()
    assert "A loop system" not in told
    assert "By day" not in told


def test_book_interview(
    study: Study,
    josef: User,
    rowan_as_participant: Participant,
    six_months: TimepointInstance,
    as_hannah: Client,
):
    """Who, with whom, when, where, for which timepoint; numbered and on record."""
    sent = asked(rowan_as_participant, josef, instance=str(six_months.pk))
    answer = as_hannah.post(page(study), sent, follow=True)
    interview = Interview.objects.get()
    assert (interview.participant, interview.interviewer) == (rowan_as_participant, josef)
    assert (interview.starts, interview.ends) == (AT, AT + timedelta(minutes=90))
    assert not interview.is_outside_window
    assert f"Interview {interview.number} is booked." in answer.content.decode()
    assert verbs()[-1] == "book_interview"


def test_it_starts_from_a_timepoint(study: Study, six_months: TimepointInstance, as_hannah: Client):
    """From the list of open windows the form comes filled in; from a wrong address it comes empty."""
    said = as_hannah.get(page(study), {"for": str(six_months.pk)}).content.decode()
    assert f'value="{six_months.participant_id}" selected' in said
    assert as_hannah.get(page(study), {"for": "nonsense"}).status_code == 200


def test_the_interviewer_is_not_booked_twice(
    study: Study,
    booked: Interview,
    josef: User,
    alison_as_participant: Participant,
    as_hannah: Client,
):
    """Half an hour of overlap is enough; the next hour is free; a cancelled interview takes no time."""
    sent = asked(alison_as_participant, josef, begins="11:30", finishes="13:00")
    assert "Josef Novak isn’t free at that time." in refusal(as_hannah, study, sent)
    later = asked(alison_as_participant, josef, begins="12:00", finishes="13:00")
    assert as_hannah.post(page(study), later).status_code == 302
    cancel_interview(by=None, interview=booked)
    earlier = asked(alison_as_participant, josef, begins="10:30", finishes="11:30")
    assert as_hannah.post(page(study), earlier).status_code == 302


def test_the_participant_is_not_booked_twice(
    study: Study, booked: Interview, hilary: User, rowan_as_participant: Participant, as_hannah: Client
):
    """Nobody is asked to be in two rooms."""
    sent = asked(rowan_as_participant, hilary)
    assert "Rowan isn’t free at that time." in refusal(as_hannah, study, sent)


def test_the_database_refuses_what_slips_through(study: Study, booked: Interview):
    """Two bookings of one moment can't both be stored, whoever writes them."""
    twice = {"study": study, "number": 2, "starts": booked.starts, "ends": booked.ends}
    with pytest.raises(IntegrityError), transaction.atomic():
        Interview.objects.create(interviewer=booked.interviewer, **twice)
    with pytest.raises(IntegrityError), transaction.atomic():
        Interview.objects.create(participant=booked.participant, **twice)


def test_an_interviewer_of_another_study_counts_too(
    study: Study, other_study: Study, josef: User, rowan_as_participant: Participant, as_hannah: Client
):
    """The day of whoever interviews in two studies is one day."""
    Interview.objects.create(
        study=other_study, number=1, interviewer=josef, starts=AT, ends=AT + timedelta(hours=1)
    )
    said = refusal(as_hannah, study, asked(rowan_as_participant, josef))
    assert "Josef Novak isn’t free at that time." in said


def test_not_by_someone_they_work_with(
    study: Study, priya: User, wren_as_participant: Participant, as_hannah: Client
):
    """The sentence says neither which of the two it is, nor since when."""
    assert f"Priya Nair {TOGETHER}" in refusal(as_hannah, study, asked(wren_as_participant, priya))


def test_not_by_someone_who_trained_them(
    study: Study, josef: User, rowan: Person, rowan_as_participant: Participant, as_hannah: Client
):
    """Leading one session of the person's group is enough, and gives the same sentence."""
    trainer = add_person(by=None, study=study, name="Josef Novak")
    link_user(by=None, person=trainer, user=josef)
    programme = Programme.objects.create(study=study, title="Working alongside")
    cohort = Cohort.objects.create(study=study, programme=programme, name="Group 4")
    session = Session.objects.create(
        study=study, cohort=cohort, number=1, title="Who decides?", starts=AT, ends=AT + timedelta(hours=2)
    )
    Facilitation.objects.create(session=session, person=trainer, practice=True)
    assert as_hannah.post(page(study), asked(rowan_as_participant, josef)).status_code == 302
    Interview.objects.all().delete()
    Enrolment.objects.create(cohort=cohort, person=rowan, state="enrolled")
    assert f"Josef Novak {TOGETHER}" in refusal(as_hannah, study, asked(rowan_as_participant, josef))


def test_not_before_they_agreed_to_be_asked(
    study: Study,
    josef: User,
    rowan: Person,
    rowan_as_participant: Participant,
    consent_texts: dict[str, ConsentText],
    as_hannah: Client,
):
    """Who declined isn't offered, and can't be booked by sending the id or through the action."""
    record_consent(by=None, person=rowan, text=consent_texts["interview_contact"], decision="declined")
    assert str(rowan_as_participant.pk) not in as_hannah.get(page(study)).content.decode()
    refusal(as_hannah, study, asked(rowan_as_participant, josef))
    with pytest.raises(ValidationError, match="hasn’t agreed to be asked"):
        book_interview(
            by=None,
            study=study,
            participant=rowan_as_participant,
            interviewer=josef,
            starts=AT,
            ends=AT + timedelta(hours=1),
        )


def test_outside_the_window_needs_a_reason_and_stays_flagged(
    study: Study,
    josef: User,
    rowan_as_participant: Participant,
    six_months: TimepointInstance,
    as_hannah: Client,
):
    """Without a reason the page names the window; with one the interview is kept and marked."""
    sent = asked(rowan_as_participant, josef, instance=str(six_months.pk), on="2027-01-12")
    said = refusal(as_hannah, study, sent)
    assert "12 January 2027 is outside the window (30 October 2026 to 11 December 2026)" in said
    as_hannah.post(page(study), {**sent, "override": "Was in hospital until the new year."})
    interview = Interview.objects.get()
    assert interview.is_outside_window
    said = as_hannah.get(reverse("interviews:interviews", args=[study.slug])).content.decode()
    assert "Outside its window" in said


def test_a_reason_is_not_kept_where_none_is_needed(
    study: Study, josef: User, rowan_as_participant: Participant, six_months: TimepointInstance
):
    """Inside the window there is nothing to explain."""
    interview = book_interview(
        by=None,
        study=study,
        participant=rowan_as_participant,
        interviewer=josef,
        instance=six_months,
        starts=AT,
        ends=AT + timedelta(hours=1),
        override="No reason",
    )
    assert interview.override == ""


def test_another_participants_timepoint(
    study: Study,
    josef: User,
    alison_as_participant: Participant,
    six_months: TimepointInstance,
    as_hannah: Client,
):
    """Rowan's window is no window of Alison's."""
    sent = asked(alison_as_participant, josef, instance=str(six_months.pk))
    assert "another participant" in refusal(as_hannah, study, sent)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"finishes": "10:00"}, "ends before it starts"),
        ({"on": "the 24th"}, "Enter a valid date"),
        ({"on": ""}, "required"),
    ],
)
def test_times_that_make_no_sense(
    wrong: dict[str, str],
    sentence: str,
    study: Study,
    josef: User,
    rowan_as_participant: Participant,
    as_hannah: Client,
):
    """One sentence each; nothing is stored."""
    assert sentence in refusal(as_hannah, study, asked(rowan_as_participant, josef, **wrong))


def test_only_members_who_read_interviews_hold_them(
    study: Study, carys: User, rowan_as_participant: Participant, as_hannah: Client
):
    """A facilitator isn't offered, and the action says so."""
    refusal(as_hannah, study, asked(rowan_as_participant, carys))
    with pytest.raises(ValidationError, match="Carys Bowen doesn’t hold interviews"):
        book_interview(
            by=None,
            study=study,
            participant=rowan_as_participant,
            interviewer=carys,
            starts=AT,
            ends=AT + timedelta(hours=1),
        )


def test_the_coordinator_is_behind_the_firewall_too(
    study: Study,
    josef: User,
    hannah: User,
    rowan: Person,
    rowan_as_participant: Participant,
    as_hannah: Client,
):
    """Hannah, once she works with Rowan, can't book for Rowan nor learn that there is such a participant."""
    herself = add_person(by=None, study=study, name="Hannah")
    record_relationship(by=None, one=herself, other=rowan, started=date(2026, 1, 1))
    link_user(by=None, person=herself, user=hannah)
    refusal(as_hannah, study, asked(rowan_as_participant, josef))
    with pytest.raises(Http404):
        book_interview(
            by=hannah,
            study=study,
            participant=rowan_as_participant,
            interviewer=josef,
            starts=AT,
            ends=AT + timedelta(hours=1),
        )


@pytest.mark.parametrize("who", ["as_josef", "as_hilary", "as_carys", "as_fern", "as_stranger"])
def test_booking_is_for_those_who_arrange(
    who: str, study: Study, josef: User, rowan_as_participant: Participant, request: pytest.FixtureRequest
):
    """Everybody else finds nothing there."""
    client: Client = request.getfixturevalue(who)
    assert client.get(page(study)).status_code == 404
    assert client.post(page(study), asked(rowan_as_participant, josef)).status_code == 404
    assert not Interview.objects.exists()
