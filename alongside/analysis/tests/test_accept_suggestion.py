import pytest
from django.test import Client

from alongside.accounts.models import Study, User
from alongside.analysis.actions import redo, undo
from alongside.analysis.models import Act, Asking, Code, Coding, MachineHelp, Run, Suggestion
from alongside.interviews.actions import NewTurn, revise_transcript
from alongside.interviews.models import Transcript
from conftest import words_at

WORDS = "I am not a visitor in my own life"


@pytest.fixture
def suggestion(
    study: Study, machine: MachineHelp, hilary: User, rowan_transcript: Transcript, waiting: Code
) -> Suggestion:
    """What the model said of Rowan's last words."""
    revision, start, end = words_at(rowan_transcript, WORDS)
    asked = {"study": study, "transcript": rowan_transcript, "by": hilary}
    run = Run.objects.create(revision=revision, state=Run.State.DONE, **asked)
    asking = Asking.objects.create(
        run=run, address=machine.address, model="small", prompt="?", start=start, end=end, **asked
    )
    return Suggestion.objects.create(asking=asking, revision=revision, code=waiting, start=start, end=end)


def url(suggestion: Suggestion, what: str) -> str:
    transcript = suggestion.asking.transcript_id
    return f"/s/six-months-on/analysis/transcripts/{transcript}/suggestions/{suggestion.pk}/{what}/"


def test_accepted_it_is_the_coding_of_who_accepts(
    as_dot: Client, dot: User, study: Study, suggestion: Suggestion
):
    """By an act that can be undone like any other."""
    assert as_dot.post(url(suggestion, "accept")).status_code == 302
    coding = Coding.objects.get()
    assert coding.revision.text[coding.start : coding.end] == WORDS
    assert (coding.coder, coding.code) == (dot, suggestion.code)
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.answered_by, suggestion.coding) == ("accepted", dot, coding)
    assert Act.objects.get(kind=Act.Kind.APPLY).by == dot
    undo(by=dot, study=study, transcript=suggestion.asking.transcript)
    assert not Coding.objects.filter(removed=None).exists()


def test_undone_it_waits_again(
    as_dot: Client, as_hilary: Client, dot: User, hilary: User, study: Study, suggestion: Suggestion
):
    """Done again, it is accepted again; what somebody else has accepted meanwhile stays theirs."""
    where = {"study": study, "transcript": suggestion.asking.transcript}
    as_dot.post(url(suggestion, "accept"))
    undo(by=dot, **where)
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.answered, suggestion.answered_by) == ("open", None, None)
    page = as_hilary.get(url(suggestion, "")[: -len(f"{suggestion.pk}//")]).content.decode()
    assert "1 suggestion waits" in page
    redo(by=dot, **where)
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.answered_by) == ("accepted", dot)
    undo(by=dot, **where)
    as_hilary.post(url(suggestion, "accept"))
    redo(by=dot, **where)
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.answered_by) == ("accepted", hilary)
    assert set(Coding.objects.filter(removed=None).values_list("coder", flat=True)) == {dot.pk, hilary.pk}


def test_declined_it_is_nobodys(as_dot: Client, dot: User, suggestion: Suggestion):
    """It no longer waits, and nothing was coded."""
    page = as_dot.post(url(suggestion, "decline"), headers={"HX-Request": "true"}).content.decode()
    assert "0 suggestions wait" in page
    assert "0 accepted, 1 declined." in page
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.answered_by) == ("declined", dot)
    assert not Coding.objects.exists()


@pytest.mark.parametrize("then", ["accept", "decline"])
def test_answered_once_it_stays_answered(
    as_dot: Client, as_hilary: Client, suggestion: Suggestion, then: str
):
    """The second person is told, and nothing more is coded."""
    as_dot.post(url(suggestion, "decline"))
    page = as_hilary.post(url(suggestion, then), follow=True).content.decode()
    assert "Somebody has answered this suggestion already." in page
    assert not Coding.objects.exists()


def test_of_an_older_text_it_is_not_accepted(as_dot: Client, suggestion: Suggestion):
    """The words may have moved since."""
    old = suggestion.revision
    turns = [NewTurn(turn.speaker, "Hm. " + turn.words_in(old.text)) for turn in old.turns.all()]
    revise_transcript(by=None, revision=old, turns=turns, reason="Corrected")
    page = as_dot.post(url(suggestion, "accept"), follow=True).content.decode()
    assert "corrected since you opened it" in page
    assert "0 suggestions wait" in page
    assert not Coding.objects.exists()


@pytest.mark.parametrize("what", ["accept", "decline"])
@pytest.mark.parametrize("who", ["as_josef", "as_hannah", "as_fern", "as_stranger"])
def test_whoever_may_not_code_finds_nothing(
    request: pytest.FixtureRequest, suggestion: Suggestion, who: str, what: str
):
    """Accepting is coding."""
    client: Client = request.getfixturevalue(who)
    assert client.post(url(suggestion, what)).status_code == 404
    suggestion.refresh_from_db()
    assert suggestion.state == "open"


def test_once_somebody_stops_it_is_gone(as_dot: Client, rowan, suggestion: Suggestion, stops_machine_help):
    """A suggestion is made of words that may no longer be used for it."""
    stops_machine_help(rowan)
    assert as_dot.post(url(suggestion, "accept")).status_code == 404
    assert not Coding.objects.exists()


@pytest.mark.parametrize("many", [1, 8])
def test_the_page_asks_the_same_number_of_questions(
    many: int, as_dot: Client, suggestion: Suggestion, django_assert_num_queries
):
    """However many suggestions wait."""
    for end in range(suggestion.end - many, suggestion.end):
        Suggestion.objects.create(
            asking=suggestion.asking,
            revision=suggestion.revision,
            code=suggestion.code,
            start=suggestion.start,
            end=end,
        )
    page = url(suggestion, "")[: -len(f"{suggestion.pk}//")]
    as_dot.get(page)
    with django_assert_num_queries(19):
        assert as_dot.get(page).status_code == 200
