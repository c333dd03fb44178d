"""The two halves of an asking from the public page, each by the link in a letter of their own."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.models import Study
from alongside.training.actions import ask_half, lapse_offers
from alongside.training.models import Application, Cohort, Question
from alongside.training.queries import answer_address


@pytest.fixture
def pair(listed: Cohort) -> Application:
    """Dilys asked for two: for herself and for Owen, of whom she gave a number."""
    owen = Application.objects.create(cohort=listed, name="Owen", phone="01632 960111", state="named")
    return Application.objects.create(
        cohort=listed, name="Dilys", email="dilys@example.org", needs="Nobody behind me", half=owen
    )


@pytest.fixture
def owen(pair: Application) -> Application:
    """Owen, who has been asked."""
    return ask_half(by=None, application=pair)


def state(application: Application) -> str:
    return Application.objects.get(pk=application.pk).state


YES = {"says": "yes", "name": "Owen", "phone": "01632 960111"}


def test_a_coordinator_lets_the_other_half_be_asked(as_hannah: Client, study: Study, pair: Application):
    """From then on there is a letter to send, with two weeks to answer; asked once."""
    url = reverse("training:ask-half", args=[study.slug, pair.pk])
    assert as_hannah.post(url).status_code == 302
    owen = Application.objects.get(state="asked")
    assert owen.answer_until is not None
    assert owen.answer_until > timezone.now() + timedelta(days=13)
    page = as_hannah.get(reverse("training:application", args=[study.slug, pair.pk])).content.decode()
    assert answer_address(owen) in page
    assert as_hannah.post(url).status_code == 422


def test_the_other_half_says_yes_for_themselves(client: Client, pair: Application, owen: Application):
    """Who asked is named on the page, and nothing that they wrote; the yes is an asking of its own."""
    question = Question.objects.create(cohort=pair.cohort, number=1, words="On Thursdays?")
    page = client.get(answer_address(owen)).content.decode()
    assert "Dilys would like to come with you" in page
    assert "Nobody behind me" not in page
    assert "dilys@example.org" not in page
    sent = {**YES, "needs": "Breaks", f"question_{question.pk}": "yes"}
    assert client.post(answer_address(owen), sent).status_code == 302
    owen.refresh_from_db()
    assert (owen.state, owen.needs, owen.replies.get().said) == ("open", "Breaks", "yes")
    assert state(pair) == "open"


def test_a_no_tells_the_first_one_thing_only(client: Client, pair: Application, owen: Application):
    """Neither who said what nor why: two places could not be made, and one may be asked for."""
    assert client.post(answer_address(owen), {"says": "no"}).status_code == 302
    assert (state(owen), state(pair)) == ("said_no", "apart")
    page = client.get(answer_address(pair)).content.decode()
    assert "Two places could not be made" in page
    assert "Owen" not in page
    assert client.post(answer_address(pair), {"says": "alone"}).status_code == 302
    pair.refresh_from_db()
    assert (pair.state, pair.half) == ("open", None)


def test_no_answer_looks_like_a_no(client: Client, pair: Application, owen: Application):
    """To the first of the two the page is the same, whatever the other did."""
    Application.objects.filter(pk=owen.pk).update(answer_until=timezone.now() - timedelta(minutes=1))
    late = client.post(answer_address(owen), YES)
    assert late.status_code == 422
    assert "This could be answered until" in late.content.decode()
    assert lapse_offers().questions == 1
    assert lapse_offers().questions == 0
    assert (state(owen), state(pair)) == ("lapsed", "apart")
    assert "Two places could not be made" in client.get(answer_address(pair)).content.decode()
    for says in (YES, {"says": "no"}):
        later = client.post(answer_address(owen), says)
        assert later.status_code == 422
        assert "This could be answered until" in later.content.decode()
        assert "already" not in later.content.decode()
    assert state(owen) == "lapsed"


def test_it_is_answered_once(client: Client, pair: Application, owen: Application):
    """After a no, a yes by the same link changes nothing, and gets one sentence."""
    client.post(answer_address(owen), {"says": "no"})
    again = client.post(answer_address(owen), YES)
    assert again.status_code == 422
    assert "You have answered this already" in again.content.decode() or "nothing to answer" in (
        again.content.decode()
    )
    assert state(owen) == "said_no"


def test_what_was_asked_can_be_taken_back(client: Client, pair: Application, owen: Application):
    """The first takes it back before the other answered: the other is asked nothing more."""
    Application.objects.filter(pk=pair.pk).update(state="open")
    assert client.post(answer_address(pair), {"says": "no"}).status_code == 302
    assert (state(pair), state(owen)) == ("said_no", "lapsed")
    assert "nothing to answer here" in client.get(answer_address(owen)).content.decode()
    from_an_open_page = client.post(answer_address(owen), YES)
    assert from_an_open_page.status_code == 422
    assert "This can’t be answered any more" in from_an_open_page.content.decode()


def test_alone_is_said_once_and_in_time(client: Client, pair: Application, owen: Application):
    """Told twice, or after the last day for asking, it gets one sentence."""
    client.post(answer_address(owen), {"says": "no"})
    pair.cohort.apply_until = timezone.localdate() - timedelta(days=1)
    pair.cohort.save()
    late = client.post(answer_address(pair), {"says": "alone"})
    assert late.status_code == 422
    assert "You could ask for a place in Group 5 until" in late.content.decode()
    pair.cohort.apply_until = None
    pair.cohort.save()
    assert client.post(answer_address(pair), {"says": "alone"}).status_code == 302
    assert client.post(answer_address(pair), {"says": "alone"}).status_code == 422


def test_a_link_that_was_made_up_opens_nothing(client: Client, pair: Application, owen: Application):
    """Neither the id alone nor another's seal is enough."""
    for letter in (str(owen.pk), f"{owen.pk}~AAAA", answer_address(pair).split("~")[-1].strip("/")):
        assert client.get(reverse("training:answer-application", args=[letter])).status_code == 404
