import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from alongside.accounts.models import Study, User
from alongside.analysis.actions import add_code, keep_memo
from alongside.analysis.models import Code, Coding, Memo, Theme
from alongside.audit.models import Entry
from alongside.interviews.models import Transcript
from alongside.people.actions import link_pair
from alongside.people.models import Pair, Participant, WorkingRelationship
from tests.support.asked import knows_nobody

MEMOS = "/s/six-months-on/analysis/memos/"
WRITE = f"{MEMOS}write/"


@pytest.fixture
def pair(
    rowan_transcript: Transcript,
    alison_as_participant: Participant,
    rowan_and_alison: WorkingRelationship,
    hilary: User,
) -> Pair:
    return link_pair(by=None, relationship=rowan_and_alison)


@pytest.mark.parametrize("kind", ["waiting", "theme", "visitor", "rowan_transcript"])
def test_a_memo_is_kept_on_each_thing(kind: str, as_hilary: Client, request: pytest.FixtureRequest):
    """On a code, a theme, a passage, an interview; it stands on the page of all memos, with a link there."""
    thing: Code | Theme | Coding | Transcript = request.getfixturevalue(kind)
    about = thing._meta.model_name
    page = as_hilary.get(f"{WRITE}?{about}={thing.pk}")
    assert page.status_code == 200
    answer = as_hilary.post(f"{WRITE}?{about}={thing.pk}", {"words": "The chair again."}, follow=True)
    memo = Memo.objects.get()
    assert (getattr(memo, str(about)), memo.about, memo.private) == (thing, about, False)
    assert "The chair again." in answer.content.decode()
    assert "chair" not in str(Entry.objects.get(verb="keep_memo").__dict__)


def test_a_memo_is_kept_on_a_pair(as_hilary: Client, hilary: User, study: Study, pair: Pair):
    """Begun from the pairs among the themes."""
    knows_nobody(hilary, study)
    as_hilary.post(f"{WRITE}?pair={pair.pk}", {"words": "Two chairs."})
    assert Memo.objects.get().pair == pair
    assert "Rowan &amp; Alison" in as_hilary.get(MEMOS).content.decode()


def test_without_a_thing_it_is_about_the_study(as_hilary: Client, study: Study):
    """And says so."""
    page = as_hilary.post(WRITE, {"words": "Many chairs.", "private": "on"}, follow=True).content.decode()
    memo = Memo.objects.get()
    assert (memo.about, memo.private) == ("study", True)
    assert "The study" in page
    assert "Only I can see this" in page


def test_an_empty_memo_is_refused(as_hilary: Client, study: Study):
    """In a sentence beside the box; nothing is kept."""
    assert as_hilary.post(WRITE, {"words": "  "}).status_code == 422
    assert not Memo.objects.exists()


def test_a_second_memo_on_a_transcript_is_the_first(
    as_hilary: Client, hilary: User, study: Study, rowan_transcript: Transcript
):
    """One has one memo on a transcript: the page leads to it."""
    memo = keep_memo(by=hilary, study=study, words="Quiet.", transcript=rowan_transcript)
    answer = as_hilary.get(f"{WRITE}?transcript={rowan_transcript.pk}")
    assert answer.headers["Location"] == f"{MEMOS}{memo.pk}/change/"
    with pytest.raises(ValidationError, match="already"):
        keep_memo(by=hilary, study=study, words="Loud.", transcript=rowan_transcript)


def test_a_memo_is_about_one_thing_of_its_study(
    hilary: User, study: Study, other_study: Study, waiting: Code, theme: Theme
):
    """Two things, or one of another study, are refused."""
    with pytest.raises(ValidationError, match="about one thing"):
        keep_memo(by=hilary, study=study, words="Both.", code=waiting, theme=theme)
    elsewhere = add_code(by=None, study=other_study, name="Chairs")
    with pytest.raises(ValidationError, match="own study"):
        keep_memo(by=hilary, study=study, words="Mine.", code=elsewhere)


@pytest.mark.parametrize("asked", ["code=1", "coding=x", "coding=99", "pair=5", "theme=", "transcript=one"])
def test_what_is_not_there_takes_no_memo(asked: str, as_hilary: Client, study: Study):
    """Nothing that one can open stands under such an id."""
    assert as_hilary.get(f"{WRITE}?{asked}").status_code == 404


def test_nobody_writes_on_what_is_closed_to_them(
    as_priya: Client, as_josef: Client, wren_transcript: Transcript, hilary: User, waiting: Code
):
    """Priya works with Wren; Josef doesn't code."""
    assert as_priya.post(f"{WRITE}?transcript={wren_transcript.pk}", {"words": "x"}).status_code == 404
    assert as_josef.post(f"{WRITE}?code={waiting.pk}", {"words": "x"}).status_code == 404
    assert not Memo.objects.exists()
