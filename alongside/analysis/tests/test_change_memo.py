import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from alongside.accounts.models import Study, User
from alongside.analysis.actions import change_memo, keep_memo
from alongside.analysis.models import Code, Memo
from alongside.audit.models import Entry
from tests.support.editing import filled


@pytest.fixture
def memo(study: Study, hilary: User, waiting: Code) -> Memo:
    return keep_memo(by=hilary, study=study, words="A gap.", code=waiting)


def url(memo: Memo) -> str:
    return f"/s/six-months-on/analysis/memos/{memo.pk}/change/"


def test_its_author_changes_it_and_who_may_read_it(as_hilary: Client, as_dot: Client, memo: Memo):
    """Kept to herself, it is gone from the others' pages at once."""
    assert "A gap." in as_dot.get("/s/six-months-on/analysis/memos/").content.decode()
    sent = {**filled(as_hilary, url(memo)), "words": "A wider gap.", "private": "on"}
    assert as_hilary.post(url(memo), sent).status_code == 302
    memo.refresh_from_db()
    assert (memo.words, memo.private) == ("A wider gap.", True)
    assert "gap" not in as_dot.get("/s/six-months-on/analysis/memos/").content.decode().lower().replace(
        "asking, then waiting", ""
    )
    assert Entry.objects.get(verb="change_memo").fields == ["private", "words"]


def test_an_emptied_memo_is_refused(as_hilary: Client, memo: Memo):
    """To be rid of it, one deletes it."""
    assert as_hilary.post(url(memo), {**filled(as_hilary, url(memo)), "words": ""}).status_code == 422
    memo.refresh_from_db()
    assert memo.words == "A gap."


def test_nobody_else_changes_it(as_dot: Client, dot: User, memo: Memo):
    """Nothing there for them, and the action refuses, too."""
    assert as_dot.get(url(memo)).status_code == 404
    assert as_dot.post(url(memo), {"words": "Mine."}).status_code == 404
    with pytest.raises(ValidationError, match="Only the person who wrote"):
        change_memo(by=dot, memo=memo, words="Mine.", private=False)
