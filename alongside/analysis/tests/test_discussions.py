from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from alongside.accounts.models import User
from alongside.analysis.actions import (
    add_remark,
    ask_to_read,
    finish_reading,
    reopen_discussion,
    settle_discussion,
    start_discussion,
)
from alongside.analysis.models import Act, Discussion, Remark
from alongside.audit.models import Entry
from alongside.interviews.models import Transcript
from alongside.people.models import Declared
from conftest import words_at

PAGE = "/s/six-months-on/analysis/discussions/"
SCRIPT = {"X-Workbench": "1"}


def start_url(transcript: Transcript) -> str:
    return f"/s/six-months-on/analysis/transcripts/{transcript.pk}/discussions/"


def span(transcript: Transcript, words: str) -> dict[str, int]:
    revision, start, end = words_at(transcript, words)
    return {"start": start, "end": end, "revision": revision.number}


@pytest.fixture
def talk(hilary: User, rowan_transcript: Transcript) -> Discussion:
    revision, start, end = words_at(rowan_transcript, "not so bad 🙂 and")
    return start_discussion(by=hilary, revision=revision, start=start, end=end, words="Is this irony?")


def test_a_discussion_begins_with_a_remark(as_hilary: Client, rowan_transcript: Transcript):
    """The script gets the whole list: words, place in code points, who said what. Open pages hear of it."""
    sent = {**span(rowan_transcript, "not so bad 🙂 and"), "words": "Is this irony?"}
    answer = as_hilary.post(start_url(rowan_transcript), sent, headers=SCRIPT)
    [told] = answer.json()["discussions"]
    assert (told["words"], told["turn"], told["settled"]) == ("not so bad 🙂 and", 4, None)
    assert told["start"] == sent["start"]
    assert [(r["by"], r["words"]) for r in told["remarks"]] == [("Hilary Banks", "Is this irony?")]
    assert as_hilary.get(start_url(rowan_transcript), headers=SCRIPT).json()["discussions"] == [told]
    assert Act.objects.filter(kind=Act.Kind.TELL, transcript=rowan_transcript).exists()
    assert "irony" not in str(Entry.objects.get(verb="add_remark").__dict__)


def test_beginning_on_the_same_words_is_the_next_remark(
    dot: User, talk: Discussion, rowan_transcript: Transcript
):
    """Two who begin at once talk with each other."""
    same = start_discussion(
        by=dot, revision=talk.revision, start=talk.start, end=talk.end, words="I don’t think so."
    )
    assert same == talk
    assert [remark.by.name for remark in talk.remarks.all()] == ["Hilary Banks", "Dot Ellison"]


def test_the_page_lists_what_is_open_and_what_is_settled(as_dot: Client, as_hilary: Client, talk: Discussion):
    """With the passage's words and a link to its turn; a remark, settling and taking up again by form."""
    page = as_dot.get(PAGE).content.decode()
    assert "not so bad 🙂 and" in page
    assert "#turn-4" in page
    as_dot.post(f"{PAGE}{talk.pk}/remarks/", {"words": "She wrote it down."})
    as_dot.post(f"{PAGE}{talk.pk}/settle/", {"words": "So yes."})
    assert "Nothing is being talked about." in as_hilary.get(PAGE).content.decode()
    settled = as_hilary.get(f"{PAGE}?settled=yes").content.decode()
    assert "Settled by Dot Ellison" in settled
    assert settled.index("She wrote it down.") < settled.index("So yes.")
    as_hilary.post(f"{PAGE}{talk.pk}/reopen/")
    assert "She wrote it down." in as_dot.get(PAGE).content.decode()


def test_a_lost_answer_says_nothing_twice(as_hilary: Client, talk: Discussion, rowan_transcript: Transcript):
    """The page asks again with the same name, and gets the list."""
    sent = {"words": "Once.", "key": str(uuid4())}
    for _again in range(2):
        answer = as_hilary.post(f"{PAGE}{talk.pk}/remarks/", sent, headers=SCRIPT)
        assert len(answer.json()["discussions"][0]["remarks"]) == 2
    begun = {**span(rowan_transcript, "not a visitor"), "words": "This.", "key": str(uuid4())}
    for _again in range(2):
        answer = as_hilary.post(start_url(rowan_transcript), begun, headers=SCRIPT)
        assert answer.status_code == 200
    assert Remark.objects.filter(words="This.").count() == 1


def test_what_cannot_be_taken_is_said_and_kept_in_its_box(as_hilary: Client, hilary: User, talk: Discussion):
    """By form the words come back; to the script it is one sentence."""
    assert as_hilary.post(f"{PAGE}{talk.pk}/remarks/", {"words": " "}).status_code == 422
    settle_discussion(by=hilary, discussion=talk)
    refused = as_hilary.post(f"{PAGE}{talk.pk}/remarks/", {"words": "One more."})
    assert refused.status_code == 422
    assert "Open it again" in refused.content.decode()
    assert "One more." in refused.content.decode()
    told = as_hilary.post(f"{PAGE}{talk.pk}/remarks/", {"words": "One more."}, headers=SCRIPT)
    assert told.json() == {"error": "This is settled. Open it again to say something further."}


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"start": 5, "end": 5}, "has words in it"),
        ({"start": 5, "end": 10**6}, "between 0 and"),
        ({"revision": 9}, "corrected since"),
        ({"words": ""}, "Write what you want to say"),
    ],
)
def test_a_span_without_words_is_refused(
    sent: dict[str, int], said: str, as_hilary: Client, rowan_transcript: Transcript
):
    """So is one of another stage of the text, and saying nothing."""
    good = {**span(rowan_transcript, "not a visitor"), "words": "This."}
    answer = as_hilary.post(start_url(rowan_transcript), {**good, **sent}, headers=SCRIPT)
    assert answer.status_code == 422
    assert said in answer.json()["error"]
    assert not Discussion.objects.exists()


def test_reopening_beside_another_on_the_same_words_is_refused(hilary: User, talk: Discussion):
    """It would make two of one."""
    settle_discussion(by=hilary, discussion=talk)
    start_discussion(by=hilary, revision=talk.revision, start=talk.start, end=talk.end, words="Again.")
    with pytest.raises(ValidationError, match="the same words already"):
        reopen_discussion(by=hilary, discussion=talk)


def test_while_it_is_read_separately_nobody_talks(
    as_hilary: Client, as_dot: Client, hilary: User, dot: User, talk: Discussion, rowan_transcript: Transcript
):
    """What was said before waits for everyone, and so does what somebody would say now."""
    ask_to_read(by=hilary, transcript=rowan_transcript, readers=[dot], mode="apart")
    for client in (as_hilary, as_dot):
        assert "irony" not in client.get(PAGE).content.decode()
        assert client.get(start_url(rowan_transcript), headers=SCRIPT).json() == {"discussions": []}
        assert client.post(f"{PAGE}{talk.pk}/remarks/", {"words": "x"}).status_code == 404
    sent = {**span(rowan_transcript, "not a visitor"), "words": "Alone?"}
    answer = as_hilary.post(start_url(rowan_transcript), sent, headers=SCRIPT)
    assert "Talking waits" in answer.json()["error"]
    with pytest.raises(ValidationError, match="Talking waits"):
        add_remark(by=hilary, discussion=talk, words="x")
    finish_reading(by=dot, transcript=rowan_transcript)
    assert "irony" in as_dot.get(PAGE).content.decode()


def test_nothing_of_it_opens_to_who_works_with_the_person(
    as_priya: Client, hilary: User, wren_transcript: Transcript
):
    """Neither the list nor a word, by page or by script."""
    revision, start, end = words_at(wren_transcript, "a good quiet")
    talk = start_discussion(by=hilary, revision=revision, start=start, end=end, words="How so?")
    page = as_priya.get(PAGE).content.decode()
    assert ("good quiet" in page, "How so?" in page, "Wren" in page) == (False, False, False)
    assert as_priya.get(start_url(wren_transcript), headers=SCRIPT).status_code == 404
    for deed in ("remarks", "settle", "reopen"):
        assert as_priya.post(f"{PAGE}{talk.pk}/{deed}/", {"words": "x"}).status_code == 404
    assert Remark.objects.count() == 1


def test_it_waits_for_who_was_not_asked_yet(as_dot: Client, dot: User, talk: Discussion):
    """The page says for which transcript to answer first."""
    Declared.objects.filter(user=dot).delete()
    page = as_dot.get(PAGE).content.decode()
    assert "irony" not in page
    assert "First say whether you know" in page


def test_whoever_does_not_code_reads_along(as_josef: Client, as_fern: Client, talk: Discussion):
    """Josef reads and says nothing; Fern finds nothing."""
    assert "irony" in as_josef.get(PAGE).content.decode()
    assert as_josef.post(f"{PAGE}{talk.pk}/remarks/", {"words": "x"}).status_code == 404
    assert as_josef.post(f"{PAGE}{talk.pk}/settle/").status_code == 404
    assert as_fern.get(PAGE).status_code == 404


@pytest.mark.parametrize("many", [1, 8])
def test_discussions_do_not_cost_questions(
    many: int, as_hilary: Client, hilary: User, rowan_transcript: Transcript, django_assert_num_queries
):
    """A page of any length is the same number of queries."""
    revision = rowan_transcript.revisions.get()
    for end in range(2, 2 + many):
        start_discussion(by=hilary, revision=revision, start=0, end=end, words="Here.")
    as_hilary.get(PAGE)
    with django_assert_num_queries(12):
        assert len(as_hilary.get(PAGE).context["talks"]) == many
