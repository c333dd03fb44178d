import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from alongside.accounts.models import Study, User
from alongside.analysis.actions import apply_code, ask_to_read, finish_reading
from alongside.analysis.models import Act, Code, Place, Reading
from alongside.audit.models import Entry
from alongside.interviews.actions import import_transcript
from alongside.interviews.models import Transcript
from alongside.people.models import Declared
from tests.support.asked import knows_nobody

ROOM = "/s/six-months-on/analysis/"


def url(transcript: Transcript) -> str:
    return f"{ROOM}transcripts/{transcript.pk}/readers/"


def test_somebody_is_asked(
    as_hilary: Client, as_dot: Client, hilary: User, dot: User, rowan_transcript: Transcript
):
    """They find it on the page of transcripts and among what needs doing; open pages hear of it."""
    sent = {"readers": [str(dot.pk), str(hilary.pk)], "mode": "apart"}
    assert as_hilary.post(url(rowan_transcript), sent).status_code == 302
    reading = Reading.objects.get(reader=dot)
    assert (reading.mode, reading.asked_by, reading.finished) == ("apart", hilary, None)
    page = as_dot.get(ROOM).content.decode()
    assert "What I am asked to read" in page
    assert "You are asked to read" in as_dot.get(f"{ROOM}todo").content.decode()
    assert Act.objects.filter(kind=Act.Kind.READ, transcript=rowan_transcript).exists()
    assert Entry.objects.filter(verb="ask_to_read").count() == 2


def test_asking_twice_changes_nothing(hilary: User, dot: User, rowan_transcript: Transcript):
    """Who was asked already stays as they are, done or not."""
    ask_to_read(by=hilary, transcript=rowan_transcript, readers=[dot], mode="together")
    finish_reading(by=dot, transcript=rowan_transcript)
    assert ask_to_read(by=hilary, transcript=rowan_transcript, readers=[dot], mode="apart") == []
    reading = Reading.objects.get()
    assert (reading.mode, reading.finished is None) == ("together", False)


def test_only_who_may_read_is_offered(
    as_hilary: Client,
    hilary: User,
    dot: User,
    priya: User,
    josef: User,
    study: Study,
    wren_transcript: Transcript,
):
    """Priya works with Wren, Josef doesn't code, Dot hasn't been asked yet whether she knows Wren: none of
    them is on the list, and the page doesn't tell which is why."""
    Declared.objects.filter(user=dot).delete()
    page = as_hilary.get(url(wren_transcript))
    assert [user.name for user in page.context["offered"]] == ["Hilary Banks"]
    for name in ("Priya", "Josef", "Dot"):
        assert name not in page.content.decode()
    refused = as_hilary.post(url(wren_transcript), {"readers": [str(priya.pk)], "mode": "apart"})
    assert refused.status_code == 422
    with pytest.raises(ValidationError, match="can’t be asked to read this"):
        ask_to_read(by=hilary, transcript=wren_transcript, readers=[priya], mode="apart")
    knows_nobody(dot, study)
    names = [user.name for user in as_hilary.get(url(wren_transcript)).context["offered"]]
    assert names == ["Dot Ellison", "Hilary Banks"]


def test_it_is_taken_back(as_hilary: Client, dot: User, hilary: User, rowan_transcript: Transcript):
    """What the reader coded stays; that everything opens is said before."""
    ask_to_read(by=hilary, transcript=rowan_transcript, readers=[dot], mode="apart")
    assert "opens to everyone" in as_hilary.get(url(rowan_transcript)).content.decode()
    reading = Reading.objects.get()
    page = as_hilary.post(f"{url(rowan_transcript)}{reading.pk}/take-back/", follow=True).content.decode()
    assert "is no longer asked" in page
    assert not Reading.objects.exists()


def test_progress_is_shown(
    as_hilary: Client, hilary: User, dot: User, waiting: Code, rowan_transcript: Transcript
):
    """How far, how many codings of one's own, finished when; of who reads separately, not how many."""
    ask_to_read(by=hilary, transcript=rowan_transcript, readers=[dot, hilary], mode="together")
    Place.objects.create(transcript=rowan_transcript, reader=dot, turn=2, furthest=5)
    apply_code(by=dot, revision=rowan_transcript.revisions.get(), code=waiting, start=0, end=4)
    page = as_hilary.get(f"{ROOM}readers/").content.decode()
    assert "Turn 5 of 7" in page
    assert "Not begun" in page
    assert "1 coding" in page
    Reading.objects.update(mode="apart")
    page = as_hilary.get(f"{ROOM}readers/").content.decode()
    assert "Turn 5 of 7" in page
    assert "1 coding" not in page
    assert "0 codings" in page
    finish_reading(by=dot, transcript=rowan_transcript)
    finish_reading(by=hilary, transcript=rowan_transcript)
    page = as_hilary.get(f"{ROOM}readers/").content.decode()
    assert "1 coding" in page
    assert page.count("Finished ") == 2


@pytest.mark.parametrize("many", [1, 6])
def test_transcripts_do_not_cost_questions(
    many: int, as_hilary: Client, hilary: User, dot: User, study: Study, django_assert_num_queries
):
    """Neither on the page of who reads what nor on the list of what one is asked."""
    for number in range(many):
        text = import_transcript(by=None, study=study, name=f"{number}.txt", data=f"A: {number}".encode())
        ask_to_read(by=dot, transcript=text, readers=[hilary, dot], mode="apart")
    with django_assert_num_queries(12):
        assert len(as_hilary.get(f"{ROOM}readers/").context["lines"]) == many
    with django_assert_num_queries(18):
        assert len(as_hilary.get(ROOM).context["asked"]) == many


def test_a_transcript_closed_to_somebody_is_on_no_list_of_theirs(
    as_priya: Client, priya: User, wren_transcript: Transcript, hilary: User
):
    """Though somebody asked them before it was known: there is nothing to see or to say."""
    Reading.objects.create(transcript=wren_transcript, reader=priya)
    Reading.objects.create(transcript=wren_transcript, reader=hilary)
    assert "What I am asked" not in as_priya.get(ROOM).content.decode()
    page = as_priya.get(f"{ROOM}readers/").content.decode()
    assert "Nothing to read yet" in page
    assert "Wren" not in page
    reading = Reading.objects.get(reader=hilary)
    assert as_priya.get(url(wren_transcript)).status_code == 404
    assert as_priya.post(f"{url(wren_transcript)}{reading.pk}/take-back/").status_code == 404


def test_whoever_does_not_code_asks_nobody(as_josef: Client, as_fern: Client, rowan_transcript: Transcript):
    """Josef sees who reads what; Fern sees nothing."""
    assert as_josef.get(f"{ROOM}readers/").status_code == 200
    assert as_josef.get(url(rowan_transcript)).status_code == 404
    assert as_fern.get(f"{ROOM}readers/").status_code == 404


def test_a_reading_of_another_transcript_is_not_taken_back_from_here(
    as_hilary: Client, hilary: User, rowan_transcript: Transcript, wren_transcript: Transcript
):
    """The address names both."""
    reading = Reading.objects.create(transcript=wren_transcript, reader=hilary)
    assert as_hilary.post(f"{url(rowan_transcript)}{reading.pk}/take-back/").status_code == 404
    assert Reading.objects.exists()
