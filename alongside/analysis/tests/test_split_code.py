import pytest
from django.test import Client

from alongside.accounts.models import Study, User
from alongside.analysis.actions import add_code, apply_code, undo
from alongside.analysis.models import Code, Coding, Memo
from alongside.interviews.models import Transcript
from conftest import words_at


def url(code: Code) -> str:
    return f"/s/six-months-on/analysis/codes/{code.pk}/split/"


@pytest.fixture
def two(hilary: User, dot: User, waiting: Code, rowan_transcript: Transcript) -> tuple[Coding, Coding]:
    revision, start, end = words_at(rowan_transcript, "Nobody decided that.")
    other, first, last = words_at(rowan_transcript, "I am not a visitor")
    return (
        apply_code(by=hilary, revision=revision, code=waiting, start=start, end=end),
        apply_code(by=dot, revision=other, code=waiting, start=first, end=last),
    )


def test_chosen_passages_go_to_a_new_code_beside_it(
    as_hilary: Client, study: Study, hilary: User, dot: User, waiting: Code, two: tuple[Coding, Coding]
):
    """Dot's coding stays hers; undoing takes the new code out of use and the passage back."""
    assert "I am not a visitor" in as_hilary.get(url(waiting)).content.decode()
    sent = {"codings": [str(two[1].pk)], "name": "Not a visitor", "definition": "At home."}
    assert as_hilary.post(url(waiting), sent).status_code == 302
    moved = Coding.objects.get(pk=two[1].pk)
    assert (moved.code.name, moved.code.definition, moved.coder) == ("Not a visitor", "At home.", dot)
    assert Coding.objects.get(pk=two[0].pk).code == waiting
    undo(by=hilary, study=study, transcript=None)
    assert Coding.objects.get(pk=two[1].pk).code == waiting
    assert Code.objects.get(name="Not a visitor").retired


def test_they_go_to_a_code_that_is_there(
    as_hilary: Client, study: Study, hilary: User, waiting: Code, two: tuple[Coding, Coding]
):
    """Where the coder had that one on the same words, the two fall together, and undoing parts them."""
    other = add_code(by=hilary, study=study, name="Other")
    twin = apply_code(by=hilary, revision=two[0].revision, code=other, start=two[0].start, end=two[0].end)
    memo = Memo.objects.create(study=study, author=hilary, coding=two[0], words="Why")
    sent = {"codings": [str(each.pk) for each in two], "into": str(other.pk)}
    assert as_hilary.post(url(waiting), sent).status_code == 302
    assert Coding.objects.filter(code=other, removed=None).count() == 2
    memo.refresh_from_db()
    assert memo.coding == twin
    undo(by=hilary, study=study, transcript=None)
    memo.refresh_from_db()
    assert memo.coding == two[0]
    assert Coding.objects.filter(code=waiting, removed=None).count() == 2
    assert Code.objects.get(pk=waiting.pk).retired is None


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"name": "New"}, "Choose at least one passage."),
        ({"codings": ["0"], "name": "New"}, "A passage that you chose is not here any more."),
        ({"codings": ["ours"]}, "Name a new code, or choose one that is there"),
        ({"codings": ["ours"], "name": "Asking, then waiting"}, "There is a code called"),
    ],
)
def test_what_is_missing_is_said(
    sent: dict[str, object], said: str, as_hilary: Client, waiting: Code, two: tuple[Coding, Coding]
):
    """In one sentence, and nothing moves."""
    if sent.get("codings") == ["ours"]:
        sent = {**sent, "codings": [str(two[0].pk)]}
    page = as_hilary.post(url(waiting), sent)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert Coding.objects.filter(code=waiting).count() == 2


def test_only_passages_with_the_words_asked_for(as_hilary: Client, waiting: Code, two: tuple[Coding, Coding]):
    """A long list is narrowed by words."""
    page = as_hilary.get(url(waiting), {"words": "VISITOR"}).content.decode()
    assert "I am not a visitor" in page
    assert "Nobody decided" not in page


def test_passages_closed_to_one_are_neither_shown_nor_moved(
    as_priya: Client, hilary: User, waiting: Code, wren_transcript: Transcript
):
    """Who works with Wren can't move what is coded in Wren's words."""
    revision = wren_transcript.revisions.get()
    coding = apply_code(by=hilary, revision=revision, code=waiting, start=0, end=9)
    assert revision.text[:9] not in as_priya.get(url(waiting)).content.decode()
    assert as_priya.post(url(waiting), {"codings": [str(coding.pk)], "name": "X"}).status_code == 422
    assert Coding.objects.get().code == waiting


def test_strangers_find_nothing(as_stranger: Client, as_fern: Client, waiting: Code):
    """Another study's members and mere readers get the same answer."""
    assert as_stranger.get(url(waiting)).status_code == 404
    assert as_fern.post(url(waiting), {"name": "X"}).status_code == 404
