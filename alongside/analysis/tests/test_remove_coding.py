import pytest
from django.test import Client

from alongside.analysis.models import Coding
from alongside.audit.models import Entry


def url(coding: Coding, deed: str = "remove") -> str:
    return f"/s/six-months-on/analysis/codings/{coding.pk}/{deed}/"


SCRIPT = {"X-Workbench": "1"}


def test_my_coding_is_taken_off(as_hilary: Client, visitor: Coding):
    """The row stays, marked, and the record has it."""
    answer = as_hilary.post(url(visitor), headers=SCRIPT)
    assert (answer.status_code, answer.json()["codings"][0][6]) == (200, True)
    visitor.refresh_from_db()
    assert visitor.removed is not None
    assert Entry.objects.filter(verb="remove_coding", object=str(visitor.pk)).count() == 1


def test_taking_off_twice_is_once(as_hilary: Client, visitor: Coding):
    """A browser that lost the answer asks again."""
    for _ in range(2):
        assert as_hilary.post(url(visitor), headers=SCRIPT).status_code == 200
    assert Entry.objects.filter(verb="remove_coding").count() == 1


def test_a_form_leads_back_to_the_turn(as_hilary: Client, visitor: Coding):
    """Without script one is where one was, with the form open."""
    answer = as_hilary.post(url(visitor))
    assert answer.status_code == 302
    assert answer["Location"].endswith("/?turn=7#turn-7")


def test_another_coders_is_refused(as_dot: Client, visitor: Coding):
    """With one sentence, for the script and for the form; the coding stands."""
    answer = as_dot.post(url(visitor), headers=SCRIPT)
    assert answer.status_code == 422
    assert answer.json()["error"] == "Only the person who made a coding can change it or take it off."
    page = as_dot.post(url(visitor), follow=True).content.decode()
    assert "Only the person who made a coding can change it or take it off." in page
    visitor.refresh_from_db()
    assert visitor.removed is None


@pytest.mark.parametrize("who", ["as_josef", "as_hannah", "as_stranger"])
@pytest.mark.parametrize("deed", ["remove", "resize", "recode", "copy", "weigh", "link"])
def test_whoever_may_not_code_finds_nothing(
    request: pytest.FixtureRequest, visitor: Coding, who: str, deed: str
):
    """Neither by guessing the coding's number."""
    client: Client = request.getfixturevalue(who)
    assert client.post(url(visitor, deed), headers=SCRIPT).status_code == 404
