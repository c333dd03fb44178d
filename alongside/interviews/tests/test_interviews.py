from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.accounts.models import Study, User
from alongside.followup.models import FrameMember, Sample, SampleMember, SamplingFrame, TimepointInstance
from alongside.interviews.actions import book_interview, import_transcript
from alongside.interviews.models import Interview, Transcript
from alongside.interviews.queries import counts, interviews, mirror_of, to_arrange, transcripts
from alongside.people.actions import link_pair
from alongside.people.models import Participant, WorkingRelationship
from alongside.people.tests.test_person import without_tokens


def page(study: Study) -> str:
    return reverse("interviews:interviews", args=[study.slug])


def told(client: Client, study: Study, fragment: str) -> str:
    return " ".join(client.get(reverse(f"interviews:{fragment}", args=[study.slug])).content.decode().split())


def test_the_list_is_behind_the_firewall(
    study: Study,
    rowan_transcript: Transcript,
    wren_transcript: Transcript,
    priya: User,
    hilary: User,
    as_priya: Client,
    as_hilary: Client,
):
    """Priya sees neither Wren's interview nor its transcript, and no count that includes them."""
    said = as_priya.get(page(study)).content.decode()
    assert "Wren" not in said
    assert "Rowan" in said
    assert "Wren" in as_hilary.get(page(study)).content.decode()
    assert counts(study, priya) == {"held": 1, "booked": 0, "to_arrange": 0, "transcripts": 1}
    assert counts(study, hilary) == {"held": 2, "booked": 0, "to_arrange": 0, "transcripts": 2}
    assert list(interviews(study, priya)) == [rowan_transcript.interview]
    assert list(transcripts(study, priya)) == [rowan_transcript]


def test_coordinators_see_that_there_are_transcripts_and_do_not_read_them(
    study: Study, rowan_transcript: Transcript, as_hannah: Client
):
    """The name stands there without a way in."""
    said = as_hannah.get(page(study)).content.decode()
    assert "rowan" in said
    assert reverse("interviews:transcript", args=[study.slug, rowan_transcript.pk]) not in said


def test_the_list_takes_as_many_queries_for_many(
    study: Study, rowan_transcript: Transcript, wren_transcript: Transcript, as_hilary: Client
):
    """Two transcripts or twelve, the database is asked as often."""

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert as_hilary.get(page(study)).status_code == 200
        return len(seen)

    asked()
    few = asked()
    for number in range(10):
        data = f"Ann: {number}?\n\nBo: {number}.\n".encode()
        import_transcript(by=None, study=study, name=f"{number}.txt", data=data)
        Interview.objects.create(study=study, number=100 + number)
    assert asked() == few


def test_turns_and_minutes_are_counted(study: Study, rowan_transcript: Transcript, hilary: User):
    """Of the text in force, in whole minutes begun."""
    listed = vars(transcripts(study, hilary).get())
    assert (listed["turn_count"], listed["minutes"]) == (7, 1)


def test_summary(
    study: Study, booked: Interview, wren_transcript: Transcript, as_hannah: Client, as_fern: Client
):
    """One short sentence of plain text."""
    assert told(as_hannah, study, "summary") == "1 held, 1 booked, 0 to arrange"
    assert as_fern.get(reverse("interviews:summary", args=[study.slug])).status_code == 404


def test_summary_of_a_study_that_only_brings_transcripts(study: Study, as_hilary: Client):
    """A study may begin here, without people or follow-up."""
    assert told(as_hilary, study, "summary") == "No interviews yet"
    import_transcript(by=None, study=study, name="a.txt", data=b"Ann: So?\n\nBo: Well.\n")
    assert told(as_hilary, study, "summary") == "1 transcript"


def test_todo(
    study: Study,
    josef: User,
    rowan_as_participant: Participant,
    alison_as_participant: Participant,
    six_months: TimepointInstance,
    as_hannah: Client,
    as_josef: Client,
):
    """Open windows are to arrange; what was held waits for its transcript; nothing waits for nobody."""
    assert "1 person can be asked for an interview" in told(as_hannah, study, "todo")
    assert told(as_josef, study, "todo") == ""
    starts = datetime(2026, 11, 20, 9, tzinfo=UTC)
    interview = book_interview(
        by=None,
        study=study,
        participant=rowan_as_participant,
        interviewer=josef,
        instance=six_months,
        starts=starts,
        ends=starts + timedelta(hours=1),
    )
    said = told(as_hannah, study, "todo")
    assert "can be asked" not in said
    assert f"{interview} with Rowan is booked" in said
    assert "Josef Novak still needs an hour with someone afterwards." in said
    as_josef.post(reverse("interviews:hold-interview", args=[study.slug, interview.pk]))
    assert f"{interview} has no transcript yet" in told(as_josef, study, "todo")


def test_a_sample_says_who_is_asked(
    study: Study, hannah: User, six_months: TimepointInstance, wren_as_participant: Participant
):
    """Once a sample is chosen, only those chosen in it are to arrange."""
    frame = SamplingFrame.objects.create(study=study, name="All", criteria="Everyone")
    FrameMember.objects.create(frame=frame, participant=six_months.participant)
    sample = Sample.objects.create(frame=frame, kind="purposive")
    member = SampleMember.objects.create(
        sample=sample, participant=six_months.participant, reason="Came to every session."
    )
    assert list(to_arrange(study, hannah)) == [six_months]
    SampleMember.objects.filter(pk=member.pk).update(participant=wren_as_participant)
    assert list(to_arrange(study, hannah)) == []


def test_a_sample_of_someone_they_work_with_changes_nothing_to_arrange(
    study: Study,
    as_priya: Client,
    priya: User,
    six_months: TimepointInstance,
    wren_as_participant: Participant,
):
    """The study’s first pick is Wren: Priya goes on arranging as before, in the list and in every count."""
    pages = [page(study), *(reverse(f"interviews:{name}", args=[study.slug]) for name in ("summary", "todo"))]

    def read() -> list[str]:
        return [without_tokens(as_priya.get(url).content) for url in pages]

    before = read()
    assert list(to_arrange(study, priya)) == [six_months]
    frame = SamplingFrame.objects.create(study=study, name="All", criteria="Everyone")
    FrameMember.objects.create(frame=frame, participant=wren_as_participant)
    sample = Sample.objects.create(frame=frame, kind="purposive")
    SampleMember.objects.create(
        sample=sample, participant=wren_as_participant, reason="Came to every session."
    )
    assert read() == before


def test_the_other_half_is_named_only_when_both_agreed(
    study: Study,
    hannah: User,
    booked: Interview,
    hilary: User,
    alison_as_participant: Participant,
    rowan_and_alison: WorkingRelationship,
):
    """Mirrored interviews find each other through the pair that two consents made, and not otherwise."""
    starts = datetime(2026, 11, 25, 9, tzinfo=UTC)
    other = book_interview(
        by=None,
        study=study,
        participant=alison_as_participant,
        interviewer=hilary,
        starts=starts,
        ends=starts + timedelta(hours=1),
    )
    Interview.objects.filter(pk=booked.pk).update(instance=None)
    booked.refresh_from_db()
    assert mirror_of(booked, study, hannah) is None
    link_pair(by=None, relationship=rowan_and_alison)
    assert mirror_of(booked, study, hannah) == other
    assert mirror_of(other, study, hannah) == booked


@pytest.mark.parametrize("who", ["as_carys", "as_fern", "as_sunita", "as_stranger"])
def test_the_room_is_for_those_who_may(
    who: str, study: Study, booked: Interview, request: pytest.FixtureRequest
):
    """Facilitators, readers, data stewards and strangers find nothing there."""
    client: Client = request.getfixturevalue(who)
    for address in (page(study), reverse("interviews:interview", args=[study.slug, booked.pk])):
        assert client.get(address).status_code == 404


def test_an_interview_shows_what_was_agreed(
    study: Study, booked: Interview, as_josef: Client, sign_in: Callable
):
    """Each purpose that matters in the room, with yes or no in words."""
    said = as_josef.get(reverse("interviews:interview", args=[study.slug, booked.pk])).content.decode()
    assert "What Rowan has agreed" in said
    assert "Recording my voice" in said
    assert "Inside its window." in said
    assert 'cx="' in said
