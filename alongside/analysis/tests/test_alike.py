from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from alongside.accounts.models import Study, User
from alongside.analysis.actions import apply_code
from alongside.analysis.models import Code, Coding, MachineHelp, Reading
from alongside.analysis.queries import likeness
from alongside.interviews.actions import import_transcript, leave_to_nobody
from alongside.interviews.models import Transcript
from alongside.people.models import Person
from conftest import words_at


def url(transcript: Transcript) -> str:
    return f"/s/six-months-on/analysis/transcripts/{transcript.pk}/alike/"


def code_url(code: Code) -> str:
    return f"/s/six-months-on/analysis/codes/{code.pk}/alike/"


@pytest.fixture
def third(study: Study, hilary: User) -> Transcript:
    """A conversation that belongs to nobody who takes part, with a door and a story in it."""
    said = b"A: She told her own story by the door.\n\nB: Rain.\n\nA: The bus was late.\n\nB: Soup today.\n"
    made = import_transcript(by=hilary, study=study, name="third.txt", data=said, asks=["B"])
    leave_to_nobody(by=hilary, transcript=made)
    return made


@pytest.fixture
def all_three(
    machine: MachineHelp, rowan_transcript: Transcript, wren_transcript: Transcript, third: Transcript
) -> None:
    """Three transcripts, and machine help switched on."""


def turns(client: Client, address: str, **asked: object) -> list[tuple[str, int]]:
    alike = client.get(address, asked).context["alike"]
    return [(line.transcript.name, line.turn.number) for line in alike.lines]


def test_the_turn_that_shares_the_telling_words_comes_first(
    as_hilary: Client, all_three: None, wren_transcript: Transcript
):
    """With the words that they share, and a link to its place."""
    assert turns(as_hilary, url(wren_transcript), turn=2)[0] == ("third", 1)
    page = unescape(as_hilary.get(url(wren_transcript), {"turn": 2}).content.decode())
    assert "<b>story</b>" in page
    assert "When Carys told her own story." in page
    assert "Looked through 3 of 3 transcripts" in page


def test_a_passage_is_no_turn(as_hilary: Client, all_three: None, wren_transcript: Transcript):
    """The words alone can be asked about, without the turn that holds them."""
    _revision, start, end = words_at(wren_transcript, "by the door")
    found = turns(as_hilary, url(wren_transcript), start=start, end=end)
    assert found[0] == ("third", 1)
    assert (wren_transcript.name, 4) not in found


def test_of_a_code(
    as_hilary: Client, hilary: User, all_three: None, waiting: Code, wren_transcript: Transcript
):
    """What is like its passages, and isn't coded with it yet."""
    revision, start, end = words_at(wren_transcript, "When Carys told her own story.")
    apply_code(by=hilary, revision=revision, code=waiting, start=start, end=end)
    found = turns(as_hilary, code_url(waiting))
    assert found[0] == ("third", 1)
    assert (wren_transcript.name, 2) not in found


def test_whoever_stopped_is_not_looked_through(
    as_hilary: Client,
    all_three: None,
    wren: Person,
    rowan_transcript: Transcript,
    wren_transcript: Transcript,
    stops_machine_help: Callable[[Person], None],
):
    """Neither as what is asked about, nor among what is found; the page says so."""
    assert any(name == "wren" for name, _turn in turns(as_hilary, url(rowan_transcript), turn=3))
    stops_machine_help(wren)
    assert not any(name == "wren" for name, _turn in turns(as_hilary, url(rowan_transcript), turn=3))
    assert "Looked through 2 of 2" in as_hilary.get(url(rowan_transcript), {"turn": 3}).content.decode()
    page = as_hilary.get(url(wren_transcript), {"turn": 2})
    assert "these words are not compared with others" in page.content.decode()
    assert "alike" not in page.context


def test_codings_of_whoever_stopped_are_not_asked_about(
    as_hilary: Client,
    hilary: User,
    all_three: None,
    waiting: Code,
    wren: Person,
    wren_transcript: Transcript,
    stops_machine_help: Callable[[Person], None],
):
    """A code that rests on their words alone is like nothing."""
    revision, start, end = words_at(wren_transcript, "When Carys told her own story.")
    apply_code(by=hilary, revision=revision, code=waiting, start=start, end=end)
    stops_machine_help(wren)
    page = as_hilary.get(code_url(waiting)).content.decode()
    assert "Nothing like it" in page
    assert "Carys told" not in page


def test_the_firewall_holds(
    as_priya: Client, all_three: None, rowan_transcript: Transcript, wren_transcript: Transcript
):
    """Priya works with Wren: neither found, nor counted, nor to be asked about."""
    assert as_priya.get(url(wren_transcript), {"turn": 2}).status_code == 404
    page = as_priya.get(url(rowan_transcript), {"turn": 3}).content.decode()
    assert "Looked through 2 of 2" in page
    assert "wren" not in [name for name, _turn in turns(as_priya, url(rowan_transcript), turn=3)]


def test_read_apart_a_code_is_like_my_own_passages(
    as_hilary: Client, hilary: User, dot: User, all_three: None, waiting: Code, wren_transcript: Transcript
):
    """What Dot coded where it is read separately neither asks nor hides anything."""
    revision, start, end = words_at(wren_transcript, "When Carys told her own story.")
    apply_code(by=dot, revision=revision, code=waiting, start=start, end=end)
    Reading.objects.create(transcript=wren_transcript, reader=hilary, mode=Reading.Mode.APART)
    assert turns(as_hilary, code_url(waiting)) == []


@pytest.mark.parametrize(
    "asked",
    [{"turn": 99}, {"turn": "x"}, {"start": 5, "end": 5}, {"start": 0}, {"start": 0, "end": 99999}],
)
def test_what_is_not_there_is_not_asked_about(
    as_hilary: Client, all_three: None, rowan_transcript: Transcript, asked: dict[str, object]
):
    """A turn or a span beyond the text."""
    assert as_hilary.get(url(rowan_transcript), asked).status_code == 404


def test_what_was_found_can_be_coded(
    as_hilary: Client, all_three: None, waiting: Code, wren_transcript: Transcript
):
    """Ticked here, coded as whole turns."""
    line = as_hilary.get(url(wren_transcript), {"turn": 2}).context["alike"].lines[0]
    given = {"place": [line.place], "code": str(waiting.pk), "unit": "turn", "sure": "1"}
    assert as_hilary.post("/s/six-months-on/analysis/search/code/", given).status_code == 302
    coding = Coding.objects.get()
    assert (coding.start, coding.end) == (line.turn.start, line.turn.end)


def test_where_there_is_more_than_can_be_read(
    as_hilary: Client,
    all_three: None,
    rowan_transcript: Transcript,
    wren_transcript: Transcript,
    third: Transcript,
    monkeypatch: pytest.MonkeyPatch,
):
    """Those are read that hold one of the long words, as far as there is room; the page says how many."""
    room = sum(each.revisions.get().length for each in (rowan_transcript, third))
    monkeypatch.setattr(likeness, "MOST_READ", room)
    page = as_hilary.get(url(wren_transcript), {"turn": 2})
    assert "Looked through 2 of 3 transcripts" in page.content.decode()


@pytest.mark.parametrize("turn", [2, 6])
def test_the_page_asks_the_same_number_of_questions(
    turn: int, as_hilary: Client, all_three: None, wren_transcript: Transcript, django_assert_num_queries
):
    """However many turns are alike."""
    as_hilary.get(url(wren_transcript), {"turn": turn})
    with django_assert_num_queries(24):
        as_hilary.get(url(wren_transcript), {"turn": turn})
