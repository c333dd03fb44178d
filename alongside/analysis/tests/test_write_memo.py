import re

from django.test import Client

from alongside.accounts.models import User
from alongside.analysis.models import Memo
from alongside.audit.models import Entry
from alongside.interviews.models import Transcript

SCRIPT = {"X-Workbench": "1"}


def url(transcript: Transcript) -> str:
    return f"/s/six-months-on/analysis/transcripts/{transcript.pk}/memo/"


def test_a_memo_is_kept(as_hilary: Client, hilary: User, rowan_transcript: Transcript):
    """The script is told when; the page shows it from then on; the record has no word of it."""
    answer = as_hilary.post(url(rowan_transcript), {"words": "The waiting is new."}, headers=SCRIPT)
    assert re.fullmatch(r"\d{1,2}:\d\d( [ap]\.m\.)?", answer.json()["saved"])
    memo = Memo.objects.get()
    assert (memo.author, memo.words, memo.private) == (hilary, "The waiting is new.", False)
    page = as_hilary.get(f"/s/six-months-on/analysis/transcripts/{rowan_transcript.pk}/")
    assert "The waiting is new." in page.content.decode()
    assert "waiting" not in str(Entry.objects.get(verb="write_memo").__dict__)


def test_writing_again_changes_the_same_memo(as_hilary: Client, rowan_transcript: Transcript):
    """One memo a reader, private when they say so."""
    as_hilary.post(url(rowan_transcript), {"words": "One."}, headers=SCRIPT)
    as_hilary.post(url(rowan_transcript), {"words": "Two.", "private": "on"}, headers=SCRIPT)
    memo = Memo.objects.get()
    assert (memo.words, memo.private) == ("Two.", True)


def test_emptied_it_goes(as_hilary: Client, rowan_transcript: Transcript):
    """No empty memo is left behind."""
    as_hilary.post(url(rowan_transcript), {"words": "One."})
    as_hilary.post(url(rowan_transcript), {"words": "  "})
    assert not Memo.objects.exists()


def test_by_form_one_is_led_back(as_hilary: Client, rowan_transcript: Transcript):
    """Without script the page says that it is saved."""
    answer = as_hilary.post(url(rowan_transcript), {"words": "One."}, follow=True)
    assert "Your memo is saved." in answer.content.decode()


def test_two_readers_have_a_memo_each(as_hilary: Client, as_dot: Client, rowan_transcript: Transcript):
    """Neither writes over the other."""
    as_hilary.post(url(rowan_transcript), {"words": "Mine."})
    as_dot.post(url(rowan_transcript), {"words": "Mine too."})
    assert set(Memo.objects.values_list("words", flat=True)) == {"Mine.", "Mine too."}


def test_whoever_may_not_code_finds_nothing(as_josef: Client, rowan_transcript: Transcript):
    """And nothing is written."""
    assert as_josef.post(url(rowan_transcript), {"words": "Mine."}).status_code == 404
    assert not Memo.objects.exists()
