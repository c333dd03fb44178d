import pytest
from django.test import Client

from alongside.accounts.models import User
from alongside.analysis.actions import retire_code
from alongside.analysis.models import Code, Coding
from alongside.interviews.models import Transcript


def page(transcript: Transcript) -> str:
    return f"/s/six-months-on/analysis/transcripts/{transcript.pk}/"


def url(transcript: Transcript, turn: int) -> str:
    return f"{page(transcript)}turns/{turn}/code/"


def test_a_whole_turn_is_coded_by_form(
    as_hilary: Client, hilary: User, rowan_transcript: Transcript, waiting: Code
):
    """Without script: the turn's form, its code, and back at the turn with a way to take it off."""
    opened = as_hilary.get(f"{page(rowan_transcript)}?turn=5").content.decode()
    assert f'action="{url(rowan_transcript, 5)}"' in opened
    answer = as_hilary.post(url(rowan_transcript, 5), {"code": str(waiting.pk)}, follow=True)
    assert answer.redirect_chain[0][0].endswith("?turn=5#turn-5")
    coding = Coding.objects.get()
    assert coding.revision.text[coding.start : coding.end] == "And now?"
    assert f"/codings/{coding.pk}/remove/" in answer.content.decode()


def test_others_codings_have_no_button(as_dot: Client, rowan_transcript: Transcript, visitor: Coding):
    """Dot sees what Hilary coded, and whose it is."""
    opened = as_dot.get(f"{page(rowan_transcript)}?turn=7").content.decode()
    assert "Hilary Banks" in opened
    assert f"/codings/{visitor.pk}/remove/" not in opened


@pytest.mark.parametrize("code", ["", "nonsense", "00000000-0000-0000-0000-000000000000"])
def test_without_a_known_code_one_sentence_says_so(
    as_hilary: Client, rowan_transcript: Transcript, code: str
):
    """Nothing is stored."""
    answer = as_hilary.post(url(rowan_transcript, 5), {"code": code}, follow=True)
    assert answer.status_code == 200
    assert 'class="notice stop"' in answer.content.decode()
    assert not Coding.objects.exists()


def test_a_retired_code_is_not_taken(
    as_hilary: Client, hilary: User, rowan_transcript: Transcript, waiting: Code
):
    """Not from an old page either."""
    retire_code(by=hilary, code=waiting)
    as_hilary.post(url(rowan_transcript, 5), {"code": str(waiting.pk)})
    assert not Coding.objects.exists()


def test_a_turn_that_is_not_there(as_hilary: Client, rowan_transcript: Transcript, waiting: Code):
    """404, as for everything that isn't there."""
    assert as_hilary.post(url(rowan_transcript, 99), {"code": str(waiting.pk)}).status_code == 404


def test_whoever_may_not_code_finds_nothing(as_josef: Client, rowan_transcript: Transcript, waiting: Code):
    """Josef interviews; he doesn't code."""
    assert as_josef.post(url(rowan_transcript, 5), {"code": str(waiting.pk)}).status_code == 404
