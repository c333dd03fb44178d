from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.training.models import Application, Cohort, Question, Reply


def test_a_group_asks_and_stops_asking(as_hannah: Client, client: Client, study: Study, listed: Cohort):
    """What was answered stays with whoever answered when a question is asked no more."""
    url = reverse("training:add-question", args=[study.slug, listed.pk])
    asked = {"words": "On Thursdays?", "kind": "yes_no", "needed": "yes"}
    assert as_hannah.post(url, asked).status_code == 302
    assert as_hannah.post(url, {"words": "Why?", "kind": "words"}).status_code == 302
    page = client.get(reverse("training:apply", args=[study.slug, listed.pk])).content.decode()
    assert page.index("On Thursdays?") < page.index("Why?")
    question = Question.objects.get(number=1)
    application = Application.objects.create(cohort=listed, name="Dilys", email="d@example.org")
    Reply.objects.create(
        cohort=listed, application=application, number=1, asked="On Thursdays?", kind="yes_no", said="no"
    )
    assert as_hannah.post(reverse("training:drop-question", args=[study.slug, question.pk])).headers[
        "Location"
    ] == reverse("training:rules", args=[study.slug, listed.pk])
    assert list(Question.objects.values_list("words", flat=True)) == ["Why?"]
    assert application.replies.get().asked == "On Thursdays?"


def test_only_yes_or_no_can_be_needed(as_hannah: Client, study: Study, group: Cohort):
    """Of an answer in words none can be needed; nothing is added, and what was typed stays."""
    url = reverse("training:add-question", args=[study.slug, group.pk])
    answer = as_hannah.post(url, {"words": "Why you?", "kind": "words", "needed": "yes"})
    assert answer.status_code == 422
    assert "Only a question that is answered with yes or no can need one" in answer.content.decode()
    assert "Why you?" in answer.content.decode()
    assert not Question.objects.exists()


def test_a_question_of_another_study_is_not_there(as_stranger: Client, study: Study, group: Cohort):
    """Neither to add to nor to drop."""
    question = Question.objects.create(cohort=group, number=1, words="Why?")
    assert (
        as_stranger.post(reverse("training:drop-question", args=["elsewhere", question.pk])).status_code
        == 404
    )
