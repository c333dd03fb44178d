import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from alongside.accounts.models import Study, User
from alongside.analysis.actions import delete_memo, keep_memo
from alongside.analysis.models import Code, Memo
from alongside.audit.models import Entry


@pytest.fixture
def memo(study: Study, hilary: User, waiting: Code) -> Memo:
    return keep_memo(by=hilary, study=study, words="A gap.", code=waiting)


def url(memo: Memo) -> str:
    return f"/s/six-months-on/analysis/memos/{memo.pk}/delete/"


def test_what_goes_is_shown_first(as_hilary: Client, memo: Memo):
    """Looking deletes nothing; pressing does, and it is on record without a word of it."""
    page = as_hilary.get(url(memo)).content.decode()
    assert "A gap." in page
    assert "can’t be undone" in page
    assert Memo.objects.exists()
    assert as_hilary.post(url(memo)).status_code == 302
    assert not Memo.objects.exists()
    assert "gap" not in str(Entry.objects.get(verb="delete_memo").__dict__)


def test_nobody_else_deletes_it(as_dot: Client, dot: User, memo: Memo):
    """Nothing there for them, and the action refuses, too."""
    assert as_dot.post(url(memo)).status_code == 404
    with pytest.raises(ValidationError, match="Only the person who wrote"):
        delete_memo(by=dot, memo=memo)
    assert Memo.objects.exists()
