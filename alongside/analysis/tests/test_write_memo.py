import re
from typing import Any

from django.test import Client

from alongside.accounts.models import User
from alongside.analysis.models import Memo
from alongside.audit.models import Entry
from alongside.interviews.models import Transcript
from tests.support.editing import seen

SCRIPT = {"X-Workbench": "1"}


def url(transcript: Transcript) -> str:
    return f"/s/six-months-on/analysis/transcripts/{transcript.pk}/memo/"


def write(client: Client, transcript: Transcript, words: str, **more: str) -> Any:
    """Open the memo anew and write in it, by script."""
    page = seen(client, url(transcript))
    return client.post(url(transcript), {**page, "words": words, **more}, headers=SCRIPT)


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
    write(as_hilary, rowan_transcript, "One.")
    write(as_hilary, rowan_transcript, "Two.", private="on")
    memo = Memo.objects.get()
    assert (memo.words, memo.private) == ("Two.", True)


def test_emptied_it_goes(as_hilary: Client, rowan_transcript: Transcript):
    """No empty memo is left behind."""
    write(as_hilary, rowan_transcript, "One.")
    write(as_hilary, rowan_transcript, "  ")
    assert not Memo.objects.exists()


def test_another_window_of_the_same_writer_is_not_written_over(
    as_hilary: Client, rowan_transcript: Transcript
):
    """Its words are told instead, with a new seal; saved again with that, mine stand."""
    first = seen(as_hilary, url(rowan_transcript))
    write(as_hilary, rowan_transcript, "Written elsewhere.")
    mine = {**first, "words": "Written here."}
    refused = as_hilary.post(url(rowan_transcript), mine, headers=SCRIPT)
    told = refused.json()
    assert (refused.status_code, told["now"]) == (409, "Written elsewhere.")
    assert "you, in another window" in told["clash"]
    assert Memo.objects.get().words == "Written elsewhere."
    again = as_hilary.post(url(rowan_transcript), {**mine, "seen": told["seen"]}, headers=SCRIPT)
    assert again.status_code == 200
    assert Memo.objects.get().words == "Written here."


def test_one_window_goes_on_after_saving(as_hilary: Client, rowan_transcript: Transcript):
    """The answer has the seal for the next time, so that a page that saves itself isn't in its own way."""
    told = write(as_hilary, rowan_transcript, "One.").json()
    asked = {"seen": told["seen"], "words": "One. Two."}
    assert as_hilary.post(url(rowan_transcript), asked, headers=SCRIPT).status_code == 200
    assert Memo.objects.get().words == "One. Two."


def test_who_may_read_it_is_changed_beside_other_words(as_hilary: Client, rowan_transcript: Transcript):
    """What only the other window changed stays, and this one is told of it."""
    write(as_hilary, rowan_transcript, "One.")
    first = seen(as_hilary, url(rowan_transcript))
    write(as_hilary, rowan_transcript, "Two.")
    asked = {**first, "words": "One.", "private": "on"}
    told = as_hilary.post(url(rowan_transcript), asked, headers=SCRIPT).json()
    assert told["words"] == "Two."
    assert (Memo.objects.get().words, Memo.objects.get().private) == ("Two.", True)


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
