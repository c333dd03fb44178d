from django.test import Client

from alongside.accounts.models import User
from alongside.analysis.actions import ask_to_read, finish_reading, write_summary
from alongside.analysis.models import Act, Summary
from alongside.audit.models import Entry
from alongside.interviews.models import Transcript
from tests.support.editing import filled


def url(transcript: Transcript) -> str:
    return f"/s/six-months-on/analysis/transcripts/{transcript.pk}/summary/"


def bench(transcript: Transcript) -> str:
    return f"/s/six-months-on/analysis/transcripts/{transcript.pk}/"


def test_the_team_has_one_summary(as_hilary: Client, as_dot: Client, rowan_transcript: Transcript):
    """Anyone who codes writes on in it; it stands beside the text; who changed it last is said."""
    page = url(rowan_transcript)
    as_hilary.post(page, {**filled(as_hilary, page), "words": "Two chairs."})
    as_dot.post(page, {**filled(as_dot, page), "words": "Two chairs, then one table."})
    summary = Summary.objects.get()
    assert summary.words == "Two chairs, then one table."
    assert "Two chairs, then one table." in as_hilary.get(bench(rowan_transcript)).content.decode()
    assert "Last changed by Dot Ellison" in as_hilary.get(page).content.decode()
    assert "chairs" not in str(Entry.objects.filter(verb="write_summary").last().__dict__)
    assert Act.objects.filter(kind=Act.Kind.TELL, transcript=rowan_transcript).count() == 2


def test_two_who_begin_it_at_once_do_not_overwrite(
    as_hilary: Client, as_dot: Client, rowan_transcript: Transcript
):
    """Though there was none when both opened it: the second sees the first one's words."""
    page = url(rowan_transcript)
    first, second = filled(as_hilary, page), filled(as_dot, page)
    as_hilary.post(page, {**first, "words": "Chairs."})
    refused = as_dot.post(page, {**second, "words": "Doors."})
    assert refused.status_code == 409
    assert "Chairs." in refused.content.decode()
    assert "Doors." in refused.content.decode()
    assert Summary.objects.get().words == "Chairs."


def test_emptied_it_goes(as_hilary: Client, hilary: User, rowan_transcript: Transcript):
    """No empty one is left behind."""
    write_summary(by=hilary, transcript=rowan_transcript, words="Two chairs.")
    page = url(rowan_transcript)
    as_hilary.post(page, {**filled(as_hilary, page), "words": " "})
    assert not Summary.objects.exists()


def test_while_it_is_read_separately_there_is_none(
    as_hilary: Client, as_dot: Client, hilary: User, dot: User, rowan_transcript: Transcript
):
    """It would tell what the others made of it. Afterwards it is there again."""
    write_summary(by=hilary, transcript=rowan_transcript, words="Two chairs.")
    ask_to_read(by=hilary, transcript=rowan_transcript, readers=[dot], mode="apart")
    for client in (as_hilary, as_dot):
        assert "Two chairs." not in client.get(url(rowan_transcript)).content.decode()
        assert "Two chairs." not in client.get(bench(rowan_transcript)).content.decode()
    refused = as_dot.post(url(rowan_transcript), {"words": "A café."})
    assert "waits until everyone" in refused.content.decode()
    assert "A café." in refused.content.decode()
    assert Summary.objects.get().words == "Two chairs."
    finish_reading(by=dot, transcript=rowan_transcript)
    assert "Two chairs." in as_dot.get(bench(rowan_transcript)).content.decode()


def test_it_is_read_by_whoever_reads_and_closed_to_whoever_works_with_the_person(
    as_josef: Client, as_priya: Client, as_fern: Client, hilary: User, wren_transcript: Transcript
):
    """Josef reads and doesn't code; Priya works with Wren; Fern reads findings."""
    write_summary(by=hilary, transcript=wren_transcript, words="By the door.")
    assert "By the door." in as_josef.get(url(wren_transcript)).content.decode()
    assert as_josef.post(url(wren_transcript), {"words": "Mine."}).status_code == 404
    assert as_priya.get(url(wren_transcript)).status_code == 404
    assert as_fern.get(url(wren_transcript)).status_code == 404
