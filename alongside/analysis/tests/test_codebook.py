import pytest
from django.test import Client

from alongside.accounts.models import Study, User
from alongside.analysis.actions import add_code, apply_code, move_code
from alongside.analysis.models import Code, Coding
from alongside.analysis.queries import flat, tree
from alongside.interviews.models import Transcript
from conftest import words_at


def test_the_codebook_counts_under_parents(as_hilary: Client, hilary: User, study: Study, visitor: Coding):
    """A parent's number is its own codings and those below."""
    parent = add_code(by=hilary, study=study, name="Since")
    move_code(by=hilary, code=visitor.code, parent=parent)
    lines = {branch.path: branch.total for branch in flat(tree(study, hilary))}
    assert lines == {"Since": 1, "Since > Asking, then waiting": 1}
    assert "Asking, then waiting" in as_hilary.get("/s/six-months-on/analysis/codebook/").content.decode()


def test_counts_obey_the_firewall(
    study: Study, hilary: User, priya: User, waiting: Code, wren_transcript: Transcript
):
    """Who works with Wren counts nothing of what Wren said."""
    revision = wren_transcript.revisions.get()
    apply_code(by=hilary, revision=revision, code=waiting, start=0, end=5)
    assert [branch.own for branch in tree(study, hilary)] == [1]
    assert [branch.own for branch in tree(study, priya)] == [0]


@pytest.mark.parametrize("many", [3, 30])
def test_the_page_asks_the_same_number_of_questions(
    many: int, as_hilary: Client, hilary: User, study: Study, django_assert_num_queries
):
    """However many codes there are."""
    for number in range(many):
        add_code(by=hilary, study=study, name=f"Code {number}")
    with django_assert_num_queries(6):
        assert as_hilary.get("/s/six-months-on/analysis/codebook/").status_code == 200


@pytest.mark.parametrize("many", [2, 12])
def test_a_codes_page_asks_the_same_number_of_questions(
    many: int,
    as_hilary: Client,
    hilary: User,
    waiting: Code,
    rowan_transcript: Transcript,
    django_assert_num_queries,
):
    """However many passages it shows; each with its words cut out by the database."""
    revision, start, _end = words_at(rowan_transcript, "Nobody decided that.")
    for number in range(many):
        apply_code(by=hilary, revision=revision, code=waiting, start=start, end=start + 2 + number)
    address = f"/s/six-months-on/analysis/codes/{waiting.pk}/"
    as_hilary.get(address)  # The first look of a day goes on record.
    with django_assert_num_queries(13):
        page = as_hilary.get(address).content.decode()
    assert "<p>Nob</p>" in page


def test_no_code_stands_under_itself(hilary: User, study: Study, waiting: Code):
    """A circle is refused."""
    below = add_code(by=hilary, study=study, name="Below", parent=waiting)
    with pytest.raises(Exception, match="under itself"):
        move_code(by=hilary, code=waiting, parent=below)
