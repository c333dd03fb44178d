from html import unescape
from typing import Any

import pytest
from django.test import Client

from alongside.accounts.models import Study, User
from alongside.analysis.actions import add_code, retire_code, undo
from alongside.analysis.models import Act, Code, Coding
from alongside.analysis.queries import Wanted, find
from alongside.analysis.queries.search import place_of
from alongside.audit.models import Entry
from alongside.core.finding import phrases
from alongside.interviews.models import Transcript

PAGE = "/s/six-months-on/analysis/search/code/"


def places(study: Study, user: User, words: str) -> list[str]:
    return [place_of(hit) for hit in find(study, user, Wanted(phrases(words)))]


def coded() -> list[str]:
    rows = Coding.objects.filter(removed=None).order_by("revision__transcript__name", "start")
    return [each.revision.text[each.start : each.end] for each in rows]


@pytest.fixture
def ticked(
    study: Study, hilary: User, waiting: Code, rowan_transcript: Transcript, wren_transcript: Transcript
) -> dict[str, Any]:
    """Every turn with “that” or “quiet” in it, of both interviews."""
    found = [*places(study, hilary, "that"), *places(study, hilary, "quiet")]
    return {"place": found, "code": str(waiting.pk), "unit": "sentence", "next": "/s/six-months-on/analysis/"}


def test_nothing_is_coded_before_it_was_shown(as_hilary: Client, ticked: dict[str, Any]):
    """The page says how much it would be, and each passage."""
    page = unescape(as_hilary.post(PAGE, ticked).content.decode())
    assert "Nobody decided that." in page
    assert "The room went quiet, a good quiet." in page
    assert "passages in 2 transcripts" in page
    assert not Coding.objects.exists()


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("words", ["that", "That", "that", "that", "quiet", "quiet"]),
        (
            "sentence",
            [
                "Nobody decided that.",
                "That took getting used to.",
                "Is there a moment from the sessions that has stayed with you?",
                "The room went quiet, a good quiet.",
            ],
        ),
        (
            "turn",
            [
                "She had the chair with the arms and I had the one without. Nobody decided that.",
                "When Carys told her own story. The room went quiet, a good quiet.",
            ],
        ),
    ],
)
def test_what_was_ticked_is_coded(
    as_hilary: Client, hilary: User, waiting: Code, ticked: dict[str, Any], unit: str, words: list[str]
):
    """The words alone, their sentences or whole turns, as one's own codings."""
    answer = as_hilary.post(PAGE, {**ticked, "unit": unit, "sure": "1"})
    assert (answer.status_code, answer["Location"]) == (302, ticked["next"])
    assert set(words) <= set(coded())
    assert {(each.coder, each.code) for each in Coding.objects.all()} == {(hilary, waiting)}
    assert Entry.objects.filter(verb="apply_code").count() == Coding.objects.count()


def test_it_is_one_act_in_each_transcript(
    as_hilary: Client,
    hilary: User,
    study: Study,
    ticked: dict[str, Any],
    rowan_transcript: Transcript,
    wren_transcript: Transcript,
):
    """Undone there in one stroke, and done again."""
    as_hilary.post(PAGE, {**ticked, "sure": "1"})
    assert Act.objects.filter(kind=Act.Kind.APPLY).count() == 2
    undo(by=hilary, study=study, transcript=wren_transcript)
    assert [words for words in coded() if "quiet" in words] == []
    assert "Nobody decided that." in coded()
    undo(by=hilary, study=study, transcript=rowan_transcript)
    assert coded() == []


def test_twice_it_is_coded_once(as_hilary: Client, ticked: dict[str, Any]):
    """And the second time says so; there would be nothing to undo."""
    as_hilary.post(PAGE, {**ticked, "sure": "1"})
    before = Coding.objects.count()
    page = as_hilary.post(PAGE, {**ticked, "sure": "1"}, follow=True).content.decode()
    assert "Nothing new: all of it was coded so already." in page
    assert (Coding.objects.count(), Act.objects.filter(kind=Act.Kind.APPLY).count()) == (before, 2)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"place": []}, "Tick at least one place."),
        ({"place": ["no place"]}, "These places can’t be read."),
        ({"place": ["1.1.5-3x"]}, "These places can’t be read."),
        ({"code": ""}, "required"),
        ({"unit": "page"}, "Select a valid choice"),
    ],
)
def test_bad_choices_are_refused(
    as_hilary: Client, ticked: dict[str, Any], wrong: dict[str, Any], sentence: str
):
    """With a sentence; nothing is coded."""
    answer = as_hilary.post(PAGE, {**ticked, **wrong, "sure": "1"})
    assert answer.status_code == 422
    assert sentence in unescape(answer.content.decode())
    assert not Coding.objects.exists()


def test_places_that_are_none(as_hilary: Client, ticked: dict[str, Any], rowan_transcript: Transcript):
    """A turn that isn't there, and words that don't stand in the turn, are nothing."""
    revision = rowan_transcript.revisions.get()
    for place in (f"{revision.pk}.99.0-3", f"{revision.pk}.2.0-3", "987654.1.0-3", f"{revision.pk}.1.3-3"):
        assert as_hilary.post(PAGE, {**ticked, "place": [place], "sure": "1"}).status_code == 404
    assert not Coding.objects.exists()


def test_the_firewall_holds(as_priya: Client, ticked: dict[str, Any]):
    """Priya works with Wren: places of Wren's are nothing to her, seen or not."""
    for sure in ({}, {"sure": "1"}):
        answer = as_priya.post(PAGE, {**ticked, **sure})
        assert answer.status_code == 404
    assert not Coding.objects.exists()


def test_a_code_out_of_use_or_of_another_study_is_refused(
    as_hilary: Client, hilary: User, ticked: dict[str, Any], waiting: Code, other_study: Study
):
    """It isn't among those to choose from."""
    theirs = add_code(by=None, study=other_study, name="Theirs")
    retire_code(by=hilary, code=waiting)
    for code in (theirs, waiting):
        assert as_hilary.post(PAGE, {**ticked, "code": str(code.pk), "sure": "1"}).status_code == 422
    assert not Coding.objects.exists()


def test_it_leads_back_to_this_site_alone(as_hilary: Client, ticked: dict[str, Any]):
    """Whatever address a form names."""
    answer = as_hilary.post(PAGE, {**ticked, "next": "https://elsewhere.example/", "sure": "1"})
    assert answer["Location"] == "/s/six-months-on/analysis/search/"


@pytest.mark.parametrize("who", ["as_josef", "as_hannah", "as_fern", "as_stranger"])
def test_whoever_may_not_code_finds_nothing(request: pytest.FixtureRequest, ticked: dict[str, Any], who: str):
    """Reading and searching is not coding."""
    client: Client = request.getfixturevalue(who)
    assert client.post(PAGE, {**ticked, "sure": "1"}).status_code == 404
    assert not Coding.objects.exists()
