from django.test import Client

from alongside.accounts.models import Study, User
from alongside.analysis.actions import apply_code, ask_to_read, undo
from alongside.analysis.models import Act, Code, Coding, Reading
from alongside.audit.models import Entry
from alongside.interviews.models import Transcript
from conftest import words_at

ROOM = "/s/six-months-on/analysis/"


def url(transcript: Transcript, deed: str = "") -> str:
    return f"{ROOM}transcripts/{transcript.pk}/adoption/{deed}"


def change(client: Client, transcript: Transcript, deed: str, *codings: Coding) -> str:
    sent = {"codings": [coding.pk for coding in codings], "deed": deed}
    return client.post(url(transcript, "change/"), sent, follow=True).content.decode()


def test_the_team_adopts_and_gives_back(
    as_dot: Client, dot: User, study: Study, visitor: Coding, rowan_transcript: Transcript
):
    """With who and when; it stays Hilary’s; it is an act that can be undone, and it is on record."""
    assert "I am not a visitor" in as_dot.get(url(rowan_transcript)).content.decode()
    page = change(as_dot, rowan_transcript, "adopt", visitor)
    visitor.refresh_from_db()
    assert (visitor.adopted_by, visitor.coder.name) == (dot, "Hilary Banks")
    assert visitor.adopted is not None
    assert "The team’s, by Dot Ellison" in page
    assert "1 coding is the team’s now." in page
    assert Act.objects.get(kind=Act.Kind.ADOPT).by == dot
    assert Entry.objects.filter(verb="adopt_coding").count() == 1
    change(as_dot, rowan_transcript, "give_back", visitor)
    visitor.refresh_from_db()
    assert (visitor.adopted, visitor.adopted_by) == (None, None)
    undo(by=dot, study=study, transcript=rowan_transcript)
    visitor.refresh_from_db()
    assert visitor.adopted is not None


def test_what_is_the_teams_is_filtered_and_counted(
    as_hilary: Client, dot: User, waiting: Code, visitor: Coding, rowan_transcript: Transcript
):
    """On its page by two tabs, and in the counts."""
    revision, start, end = words_at(rowan_transcript, "Not so bad")
    apply_code(by=dot, revision=revision, code=waiting, start=start, end=end)
    change(as_hilary, rowan_transcript, "adopt", visitor)
    ours = as_hilary.get(f"{url(rowan_transcript)}?which=ours").content.decode()
    assert ("not a visitor" in ours, "Not so bad" in ours) == (True, False)
    others = as_hilary.get(f"{url(rowan_transcript)}?which=others").content.decode()
    assert ("not a visitor" in others, "Not so bad" in others) == (False, True)
    assert [line.total for line in as_hilary.get(f"{ROOM}counts/").context["table"].lines] == [2]
    counted = as_hilary.get(f"{ROOM}counts/?which=ours").context["table"]
    assert [line.total for line in counted.lines] == [1]


def test_nothing_ticked_is_said(as_hilary: Client, visitor: Coding, rowan_transcript: Transcript):
    """And no act is left behind for undoing."""
    assert "Tick at least one coding." in change(as_hilary, rowan_transcript, "adopt")
    change(as_hilary, rowan_transcript, "give_back", visitor)
    assert not Act.objects.filter(kind=Act.Kind.ADOPT).exists()


def test_while_it_is_read_separately_the_team_waits(
    as_hilary: Client, hilary: User, dot: User, visitor: Coding, rowan_transcript: Transcript, as_dot: Client
):
    """Nobody chooses among what they can’t see."""
    ask_to_read(by=hilary, transcript=rowan_transcript, readers=[dot], mode="apart")
    assert "not a visitor" not in as_dot.get(url(rowan_transcript)).content.decode()
    assert "The team chooses once everyone" in change(as_hilary, rowan_transcript, "adopt", visitor)
    assert "Select a valid choice" in change(as_dot, rowan_transcript, "adopt", visitor)
    visitor.refresh_from_db()
    assert visitor.adopted is None
    Reading.objects.all().delete()
    change(as_dot, rowan_transcript, "adopt", visitor)
    visitor.refresh_from_db()
    assert visitor.adopted is not None


def test_codings_of_another_transcript_are_not_changed_from_here(
    as_hilary: Client, visitor: Coding, wren_transcript: Transcript
):
    """The address says which text."""
    change(as_hilary, wren_transcript, "adopt", visitor)
    visitor.refresh_from_db()
    assert visitor.adopted is None


def test_codings_do_not_cost_questions(
    as_hilary: Client, hilary: User, waiting: Code, rowan_transcript: Transcript, django_assert_num_queries
):
    """A page of many is the same number of queries as one of few."""
    revision = rowan_transcript.revisions.get()
    apply_code(by=hilary, revision=revision, code=waiting, start=0, end=3)
    as_hilary.get(url(rowan_transcript))
    with django_assert_num_queries(12):
        as_hilary.get(url(rowan_transcript))
    for end in range(4, 16):
        apply_code(by=hilary, revision=revision, code=waiting, start=0, end=end)
    with django_assert_num_queries(12):
        as_hilary.get(url(rowan_transcript))


def test_who_may_not_finds_nothing(
    as_josef: Client, as_priya: Client, as_fern: Client, visitor: Coding, rowan_transcript, wren_transcript
):
    """Josef reads and doesn’t choose; Priya works with Wren; Fern reads findings."""
    assert as_josef.get(url(rowan_transcript)).status_code == 200
    assert as_josef.post(url(rowan_transcript, "change/")).status_code == 404
    assert as_priya.get(url(wren_transcript)).status_code == 404
    assert as_priya.post(url(wren_transcript, "change/")).status_code == 404
    assert as_fern.get(url(rowan_transcript)).status_code == 404


def test_choosing_is_not_undone_while_it_is_read_separately(
    as_dot: Client, dot: User, hilary: User, visitor: Coding, rowan_transcript: Transcript
):
    """The codings are the others' own till everyone has finished."""
    change(as_dot, rowan_transcript, "adopt", visitor)
    ask_to_read(by=hilary, transcript=rowan_transcript, readers=[hilary], mode="apart")
    answer = as_dot.post(f"{ROOM}transcripts/{rowan_transcript.pk}/undo/", headers={"X-Workbench": "1"})
    assert answer.status_code == 422
    visitor.refresh_from_db()
    assert visitor.adopted_by == dot
