import pytest
from django.test import Client

from alongside.accounts.models import User
from alongside.analysis.actions import ask_to_read
from alongside.analysis.models import Reading
from alongside.interviews.models import Transcript


def url(transcript: Transcript, deed: str = "") -> str:
    return f"/s/six-months-on/analysis/transcripts/{transcript.pk}/{deed}"


@pytest.fixture
def asked(hilary: User, dot: User, rowan_transcript: Transcript) -> Transcript:
    ask_to_read(by=hilary, transcript=rowan_transcript, readers=[hilary, dot], mode="apart")
    return rowan_transcript


def test_a_reader_says_that_they_have_finished(as_dot: Client, dot: User, asked: Transcript):
    """Beside the text, where it is also said what that means; twice is as once."""
    assert "I have finished reading" in as_dot.get(url(asked)).content.decode()
    page = as_dot.post(url(asked, "finished/"), follow=True).content.decode()
    assert "The others’ work opens when they have, too." in page
    first = Reading.objects.get(reader=dot).finished
    assert first is not None
    as_dot.post(url(asked, "finished/"))
    assert Reading.objects.get(reader=dot).finished == first


def test_a_reader_is_not_done_after_all(as_dot: Client, dot: User, asked: Transcript):
    """As long as somebody else still reads."""
    as_dot.post(url(asked, "finished/"))
    assert "I am not done after all" in as_dot.get(url(asked)).content.decode()
    as_dot.post(url(asked, "not-finished/"))
    assert Reading.objects.get(reader=dot).finished is None


def test_once_everyone_has_finished_it_is_too_late(as_dot: Client, as_hilary: Client, asked: Transcript):
    """What the others did has been open to them since."""
    as_hilary.post(url(asked, "finished/"))
    as_dot.post(url(asked, "finished/"))
    assert "I am not done after all" not in as_dot.get(url(asked)).content.decode()
    page = as_dot.post(url(asked, "not-finished/"), follow=True).content.decode()
    assert "Everyone has finished" in page
    assert not Reading.objects.filter(finished=None).exists()


def test_who_reads_together_can_always_go_on(as_dot: Client, dot: User, hilary: User, rowan_transcript):
    """Nothing was hidden, so nothing is given away."""
    ask_to_read(by=hilary, transcript=rowan_transcript, readers=[dot], mode="together")
    as_dot.post(url(rowan_transcript, "finished/"))
    as_dot.post(url(rowan_transcript, "not-finished/"))
    assert Reading.objects.get().finished is None


def test_who_was_not_asked_is_told_so(as_hilary: Client, rowan_transcript: Transcript):
    """A page left open after it was taken back: a sentence, and nothing is kept."""
    page = as_hilary.post(url(rowan_transcript, "finished/"), follow=True).content.decode()
    assert "You aren’t asked to read this now." in page
    assert not Reading.objects.exists()


def test_nobody_says_it_of_what_is_closed_to_them(as_priya: Client, priya: User, wren_transcript: Transcript):
    """Priya works with Wren."""
    Reading.objects.create(transcript=wren_transcript, reader=priya)
    assert as_priya.post(url(wren_transcript, "finished/")).status_code == 404
    assert Reading.objects.get().finished is None
