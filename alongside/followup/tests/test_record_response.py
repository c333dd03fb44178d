from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.models import Study
from alongside.followup.actions import correct_response, record_response, score_response
from alongside.followup.models import Answer, InstrumentVersion, Response, Score
from alongside.people.models import Participant, Person, Purpose

Missing = Answer.Missing


def url_of(study: Study, instance, questions: InstrumentVersion) -> str:
    return reverse("followup:record-response", args=[study.slug, instance.pk, questions.pk])


def test_answers_are_saved_and_locked(
    as_hannah: Client, study: Study, now_of, rowan_as_participant: Participant, questions: InstrumentVersion
):
    """Numbers, words and what was passed over; the second is turned before it is added: 3 + (4 - 1)."""
    instance = now_of(rowan_as_participant)
    typed = {"item-1": "3", "item-2": "1", "item-3": "", "mode": "phone"}
    assert as_hannah.post(url_of(study, instance, questions), typed).status_code == 302
    response = Response.objects.get()
    answers = list(response.answers.order_by("item__number").values_list("value", "words", "missing"))
    assert answers == [(3, "", ""), (1, "", ""), (None, "", "skipped")]
    assert (response.mode, response.score.value, response.score.answered) == ("phone", 6.0, 2)
    again = as_hannah.post(url_of(study, instance, questions), typed)
    assert again.status_code == 422
    assert "answered already" in again.content.decode()


def test_nothing_is_saved_without_a_yes(
    as_hannah: Client,
    study: Study,
    now_of,
    rowan: Person,
    rowan_as_participant: Participant,
    questions: InstrumentVersion,
    stops,
):
    """Someone who stopped answering questions is asked nothing, whoever types."""
    instance = now_of(rowan_as_participant)
    stops(rowan, Purpose.QUESTIONNAIRES)
    answer = as_hannah.post(url_of(study, instance, questions), {"item-1": "3", "mode": "paper"})
    assert answer.status_code == 422
    assert "does not agree to answering questions" in answer.content.decode()
    assert not Response.objects.exists()


def test_outside_the_window_needs_a_reason(
    as_hannah: Client, study: Study, now_of, rowan_as_participant: Participant, questions: InstrumentVersion
):
    """Out of the window nothing is taken without a reason, and with it the answers stay marked."""
    instance = now_of(rowan_as_participant, "Before")
    typed = {"item-1": "3", "item-2": "1", "mode": "paper"}
    answer = as_hannah.post(url_of(study, instance, questions), typed)
    assert answer.status_code == 422
    assert "is outside the window" in answer.content.decode()
    late = {**typed, "override": "The letter was lost"}
    assert as_hannah.post(url_of(study, instance, questions), late).status_code == 302
    assert Response.objects.get().override == "The letter was lost"
    page = as_hannah.get(reverse("followup:followup", args=[study.slug])).content.decode()
    assert "The letter was lost" in page


def test_inside_the_window_a_reason_is_not_kept(now_of, rowan_as_participant, questions: InstrumentVersion):
    """Only what was out of the window is marked so."""
    instance = now_of(rowan_as_participant)
    response = record_response(
        by=None, instance=instance, version=questions, answers=[1, 1, "Nothing"], override="Just in case"
    )
    assert response.override == ""


def test_an_answer_out_of_range_names_the_question(
    as_hannah: Client, study: Study, now_of, rowan_as_participant, questions: InstrumentVersion
):
    """The sentence names the question and its range, and nothing is stored."""
    instance = now_of(rowan_as_participant)
    with pytest.raises(ValidationError, match=r"Question 2, “I keep .+”, runs from 0 to 4; “7” came"):
        record_response(by=None, instance=instance, version=questions, answers=[1, 7, "Words"])
    typed = {"item-1": "9", "mode": "paper"}
    assert as_hannah.post(url_of(study, instance, questions), typed).status_code == 422
    assert not Response.objects.exists()


def test_as_many_answers_as_questions(now_of, rowan_as_participant, questions: InstrumentVersion):
    """A list that is too short says how many came."""
    with pytest.raises(ValidationError, match="There are 3 questions, and 2 answers came"):
        record_response(by=None, instance=now_of(rowan_as_participant), version=questions, answers=[1, 2])


def test_a_value_or_a_reason_never_both(now_of, rowan_as_participant, questions: InstrumentVersion):
    """The database refuses an answer with both, and one with neither."""
    response = record_response(
        by=None,
        instance=now_of(rowan_as_participant),
        version=questions,
        answers=[Missing.DECLINED, 2, Missing.NOT_ASKED],
    )
    answer = response.answers.get(item__number=1)
    for broken in ({"value": 2}, {"missing": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Answer.objects.filter(pk=answer.pk).update(**broken)


def test_a_correction_is_a_new_revision(
    as_hannah: Client, study: Study, now_of, rowan_as_participant, questions: InstrumentVersion
):
    """What was written down before stays, and the score is of the newest."""
    given = record_response(
        by=None,
        instance=now_of(rowan_as_participant),
        version=questions,
        answers=[1, 1, "Chairs"],
        mode="paper",
    )
    url = reverse("followup:correct-response", args=[study.slug, given.pk])
    assert "Chairs" in as_hannah.get(url).content.decode()
    assert as_hannah.post(url, {"item-1": "4", "item-2": "1", "item-3": "Chairs"}).status_code == 302
    first, second = Response.objects.order_by("revision")
    assert (first.answers.get(item__number=1).value, second.answers.get(item__number=1).value) == (1, 4)
    assert (second.submitted, second.mode) == (first.submitted, "paper")
    assert second.score.value == 7
    with pytest.raises(ValidationError, match="corrected these answers since"):
        correct_response(by=None, response=first, answers=[2, 2, "Chairs"])


def test_a_score_is_computed_afresh(now_of, rowan_as_participant, questions: InstrumentVersion):
    """A score that was tampered with comes out as it was; with too few answers there is none."""
    response = record_response(
        by=None, instance=now_of(rowan_as_participant), version=questions, answers=[4, 0, Missing.SKIPPED]
    )
    Score.objects.update(value=99)
    score = score_response(by=None, response=response)
    assert score is not None
    assert score.value == 8
    Answer.objects.filter(response=response, value__isnull=False).update(value=None, missing="skipped")
    assert score_response(by=None, response=Response.objects.get()) is None


def test_whoever_works_with_them_finds_nothing(
    as_priya: Client, study: Study, now_of, wren_as_participant: Participant, questions: InstrumentVersion
):
    """For someone who works with Wren, neither the questions nor the answers are there."""
    instance = now_of(wren_as_participant)
    assert as_priya.get(url_of(study, instance, questions)).status_code == 404
    given = record_response(by=None, instance=instance, version=questions, answers=[1, 1, "x"])
    assert as_priya.get(reverse("followup:correct-response", args=[study.slug, given.pk])).status_code == 404
    page = as_priya.get(reverse("followup:followup", args=[study.slug])).content.decode()
    assert wren_as_participant.code not in page
    assert "0 of 2 answered" in page


def test_another_studys_questions_are_refused(
    now_of, rowan_as_participant, other_study: Study, questions: InstrumentVersion
):
    """Questions and people are of one study."""
    questions.instrument.study = other_study
    questions.instrument.save()
    with pytest.raises(ValidationError, match="another study"):
        record_response(
            by=None, instance=now_of(rowan_as_participant), version=questions, answers=[1, 1, "x"]
        )


def test_what_was_answered_earlier_is_recorded_as_of_then(now_of, rowan_as_participant, questions):
    """Paper that came in last week counts as of its own day."""
    instance = now_of(rowan_as_participant, "Before")
    then = timezone.now() - timedelta(days=25)
    given = record_response(by=None, instance=instance, version=questions, answers=[1, 1, "x"], at=then)
    assert (given.submitted, given.override) == (then, "")
