import re
from html import unescape

import pytest
from django.test import Client

from alongside.accounts.models import Study, User
from alongside.analysis.models import Code, Coding
from alongside.analysis.queries import Hit, Wanted, find, search
from alongside.core.finding import phrases
from alongside.interviews.models import Transcript
from alongside.people.models import Declared

PAGE = "/s/six-months-on/analysis/search/"


def found(client: Client, **asked: str) -> list[str]:
    """The words marked on the page, turn by turn."""
    page = unescape(client.get(PAGE, asked).content.decode())
    return re.findall(r"<mark>(.*?)</mark>", page)


@pytest.fixture
def both(rowan_transcript: Transcript, wren_transcript: Transcript) -> None:
    """Rowan's interview and Wren's."""


def test_words_are_found_in_every_open_transcript(as_hilary: Client, both: None):
    """Each with its turn, and a link to its place."""
    page = unescape(as_hilary.get(PAGE, {"q": "quiet"}).content.decode())
    assert "The room went <mark>quiet</mark>, a good <mark>quiet</mark>." in page
    assert "1 turn" in page
    assert "?turn=2#turn-2" in page


@pytest.mark.parametrize(
    ("asked", "marked"),
    [
        ({"q": "chair"}, ["chair"]),
        ({"q": "chair", "whole": "whole"}, ["chair"]),
        ({"q": "thin"}, ["thin"]),
        ({"q": "thin", "whole": "whole"}, []),
        ({"q": '"not so bad"'}, ["Not so bad", "not so bad"]),
        ({"q": "bad wrote"}, ["bad", "bad", "wrote"]),
        ({"q": "bad chair"}, []),
        ({"q": "CAFÉ"}, ["cafe\u0301"]),
        ({"q": "🙂"}, ["🙂"]),
        ({"q": "what", "speakers": "asks"}, ["What", "What", "What"]),
        ({"q": "what", "speakers": "answers"}, ["what"]),
        ({"q": "nothing like it"}, []),
        ({"q": "100%"}, []),
    ],
)
def test_what_is_found(as_hilary: Client, both: None, asked: dict[str, str], marked: list[str]):
    """Whole words or parts, phrases, all words in one turn, accents in either form, by who speaks."""
    assert found(as_hilary, **asked) == marked


def test_a_phrase_does_not_run_on_into_the_next_turn(as_hilary: Client, rowan_transcript: Transcript):
    """Two people's words are no phrase."""
    assert found(as_hilary, q='"now? Now"') == []


def test_nothing_asked(as_hilary: Client, both: None):
    """One sentence, and no list."""
    page = as_hilary.get(PAGE, {"q": ' "" '})
    assert "Type a word to look for." in page.content.decode()
    assert "lines" not in page.context


def test_the_firewall_holds(as_priya: Client, as_hilary: Client, both: None):
    """Priya works with Wren: no place of Wren's, and no number that says there is one."""
    assert found(as_hilary, q="forms") == ["forms"]
    page = as_priya.get(PAGE, {"q": "forms"}).content.decode()
    assert "No turn that is open to you holds all of this." in page
    assert found(as_priya, q="visitor") == ["visitor"]


def test_before_one_said_whom_one_knows(as_hilary: Client, hilary: User, both: None):
    """Nothing is found, and a notice says which transcripts wait."""
    Declared.objects.filter(user=hilary, participant__code="P03").delete()
    assert found(as_hilary, q="quiet") == []
    assert "Words from 1 transcript don’t show here yet" in unescape(as_hilary.get(PAGE).content.decode())
    assert found(as_hilary, q="visitor") == ["visitor"]


def test_what_i_coded_can_be_left_out(
    as_hilary: Client, as_dot: Client, visitor: Coding, waiting: Code, rowan_transcript: Transcript
):
    """Mine alone: what another coded says nothing here."""
    asked = {"q": "visitor", "without": str(waiting.pk)}
    assert found(as_hilary, **asked) == []
    assert found(as_dot, **asked) == ["visitor"]


def test_a_search_ends(
    hilary: User, study: Study, both: None, as_hilary: Client, monkeypatch: pytest.MonkeyPatch
):
    """However often the words are said; the page says that there are more, and leads on."""
    monkeypatch.setattr(search, "MOST_FOUND", 3)
    assert len(find(study, hilary, Wanted(phrases("e")))) == 4


@pytest.mark.parametrize("who", ["as_hannah", "as_fern", "as_stranger"])
def test_whoever_may_not_read_finds_nothing(request: pytest.FixtureRequest, both: None, who: str):
    """Searching is reading."""
    client: Client = request.getfixturevalue(who)
    assert client.get(PAGE, {"q": "visitor"}).status_code == 404


@pytest.mark.parametrize("word", ["visitor", "e"])
def test_the_page_asks_the_same_number_of_questions(
    word: str, as_hilary: Client, both: None, django_assert_num_queries
):
    """However many turns are found."""
    as_hilary.get(PAGE, {"q": "e"})
    with django_assert_num_queries(17):
        as_hilary.get(PAGE, {"q": word})


def test_a_hit_knows_its_place(hilary: User, study: Study, rowan_transcript: Transcript):
    """The stored slice is what was looked for."""
    (hit,) = find(study, hilary, Wanted(["café"]))
    revision = rowan_transcript.revisions.get()
    assert hit == Hit(revision.pk, 6, hit.spans)
    assert [revision.text[start:end] for start, end in hit.spans] == ["cafe\u0301"]
