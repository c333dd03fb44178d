import pytest
from django.test import Client

from alongside.accounts.models import Study, User
from alongside.analysis.actions import apply_code, keep_memo
from alongside.analysis.models import Code, Coding, Memo, Theme
from alongside.interviews.models import Transcript
from alongside.people.models import Declared, Pair, Participant
from conftest import words_at

PAGE = "/s/six-months-on/analysis/memos/"


@pytest.fixture
def several(study: Study, hilary: User, dot: User, visitor: Coding, theme: Theme, waiting: Code) -> None:
    """One of each kind, by two people."""
    said = {"study": study}
    keep_memo(by=hilary, words="On a passage: no visitor", coding=visitor, **said)
    keep_memo(by=hilary, words="On a code: gaps", code=waiting, **said)
    keep_memo(by=dot, words="On a theme: size", theme=theme, **said)
    keep_memo(by=dot, words="On an interview: chairs", transcript=visitor.revision.transcript, **said)
    keep_memo(by=dot, words="On everything: slow", **said)
    keep_memo(by=dot, words="To myself: tired", private=True, **said)


def shown(client: Client, asked: str = "") -> set[str]:
    page = client.get(PAGE + asked)
    assert page.status_code == 200
    return {each.memo.words for each in page.context["memos"]}


def test_everything_one_may_read_is_on_one_page(as_hilary: Client, as_dot: Client, several: None):
    """With its place, and the words of a passage; without what another keeps to herself."""
    page = as_hilary.get(PAGE).content.decode()
    assert "On a passage: no visitor" in page
    assert "I am not a visitor" in page
    assert "#turn-7" in page
    assert "A gap that size" in page
    assert "To myself" not in page
    assert "5 memos" in page
    assert len(shown(as_dot)) == 6


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("?kind=coding", {"On a passage: no visitor"}),
        ("?kind=theme", {"On a theme: size"}),
        ("?kind=transcript", {"On an interview: chairs"}),
        ("?kind=study", {"On everything: slow"}),
        ("?words=ON+gaps", {"On a code: gaps"}),
        ("?words=gaps+chairs", set()),
    ],
)
def test_memos_are_found_by_kind_and_words(asked: str, expected: set[str], as_hilary: Client, several: None):
    """Every word has to stand in it, in whatever case."""
    assert shown(as_hilary, asked) == expected


def test_memos_are_found_by_author_and_by_what_they_are_about(
    as_hilary: Client, dot: User, waiting: Code, rowan_transcript: Transcript, several: None
):
    """About a code or a transcript, the passages count, too."""
    assert shown(as_hilary, f"?author={dot.pk}&kind=theme") == {"On a theme: size"}
    assert shown(as_hilary, f"?about=code.{waiting.pk}") == {"On a passage: no visitor", "On a code: gaps"}
    about = f"?about=transcript.{rowan_transcript.pk}"
    assert shown(as_hilary, about) == {"On a passage: no visitor", "On an interview: chairs"}


def test_what_cannot_be_asked_is_said(as_hilary: Client, several: None):
    """A kind or a thing that is none: a sentence beside the box, and everything below."""
    page = as_hilary.get(f"{PAGE}?kind=dream&about=code.7")
    assert page.status_code == 200
    assert "Select a valid choice" in page.content.decode()
    assert len(page.context["memos"]) == 5


def test_who_works_with_wren_reads_no_memo_on_them(
    as_priya: Client,
    as_hilary: Client,
    priya: User,
    hilary: User,
    study: Study,
    waiting: Code,
    wren_transcript: Transcript,
    wren_as_participant: Participant,
    alison_as_participant: Participant,
):
    """Not on the transcript, a passage or a pair; nor is it counted, or offered for looking among."""
    revision, start, end = words_at(wren_transcript, "a good quiet")
    coding = apply_code(by=hilary, revision=revision, code=waiting, start=start, end=end)
    pair = Pair.objects.create(study=study, one=alison_as_participant, two=wren_as_participant)
    Declared.objects.bulk_create(
        Declared(user=who, participant=alison_as_participant) for who in (hilary, priya)
    )
    for about in ({"coding": coding}, {"transcript": wren_transcript}, {"pair": pair}):
        keep_memo(by=hilary, study=study, words="The door", **about)
    keep_memo(by=hilary, study=study, words="On a code", code=waiting)
    assert len(shown(as_hilary)) == 2
    assert as_hilary.get(PAGE).content.decode().count("The door") >= 3
    page = as_priya.get(PAGE).content.decode()
    assert "The door" not in page
    assert "good quiet" not in page
    assert "Wren" not in page
    assert "1 memo<" in page


def test_nothing_shows_before_one_is_asked(
    as_dot: Client, hilary: User, study: Study, visitor: Coding, dot: User, rowan_as_participant: Participant
):
    """A memo on words that one hasn't been asked about yet waits; the page says for whom to answer."""
    keep_memo(by=hilary, study=study, words="The door", coding=visitor)
    Declared.objects.filter(user=dot).delete()
    page = as_dot.get(PAGE).content.decode()
    assert "The door" not in page
    assert "First say whether you know" in page


@pytest.mark.parametrize("many", [2, 12])
def test_memos_do_not_cost_questions(
    many: int, as_hilary: Client, dot: User, study: Study, visitor: Coding, django_assert_num_queries
):
    """A page of any length is the same number of queries."""
    for number in range(many):
        keep_memo(by=dot, study=study, words=f"Memo {number}", coding=visitor)
    as_hilary.get(PAGE)
    with django_assert_num_queries(18):
        assert len(shown(as_hilary)) == many


def test_a_code_and_a_theme_show_their_memos(as_hilary: Client, theme: Theme, waiting: Code, several: None):
    """Each on its own page, with a way to write another."""
    room = "/s/six-months-on/analysis/"
    assert "On a code: gaps" in as_hilary.get(f"{room}codes/{waiting.pk}/").content.decode()
    page = as_hilary.get(f"{room}themes/{theme.pk}/").content.decode()
    assert "On a theme: size" in page
    assert f"write/?theme={theme.pk}" in page


def test_a_reader_of_findings_sees_none(as_fern: Client, several: None):
    """Nor a page for them."""
    assert as_fern.get(PAGE).status_code == 404
    assert Memo.objects.count() == 6
