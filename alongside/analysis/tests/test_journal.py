from django.test import Client

from alongside.accounts.models import Study, User
from alongside.analysis.actions import keep_memo
from alongside.analysis.models import Code, Memo
from tests.support.editing import filled

PAGE = "/s/six-months-on/analysis/memos/journal/"


def test_an_entry_is_ones_own(as_hilary: Client, as_dot: Client, study: Study, hilary: User):
    """Dated, private from the start, and on nobody else's page."""
    before = filled(as_hilary, PAGE)
    assert before["private"] == "on"
    as_hilary.post(PAGE, {**before, "words": "I side with Rowan."})
    entry = Memo.objects.get()
    assert (entry.author, entry.about, entry.private) == (hilary, "study", True)
    page = as_hilary.get(PAGE).content.decode()
    assert "I side with Rowan." in page
    assert f"{entry.made:%Y}" in page
    assert "I side" not in as_dot.get(PAGE).content.decode()
    assert "I side" not in as_dot.get("/s/six-months-on/analysis/memos/").content.decode()


def test_shared_it_stands_among_the_memos(as_hilary: Client, as_dot: Client, study: Study):
    """Once its author says so, and only then."""
    as_hilary.post(PAGE, {"words": "I was tired."})
    assert "Shared with the team" in as_hilary.get(PAGE).content.decode()
    assert "I was tired." in as_dot.get("/s/six-months-on/analysis/memos/").content.decode()


def test_memos_on_things_are_no_entries(as_hilary: Client, hilary: User, study: Study, waiting: Code):
    """A journal is about nothing in particular."""
    keep_memo(by=hilary, study=study, words="A gap.", code=waiting, private=True)
    assert "A gap." not in as_hilary.get(PAGE).content.decode()


def test_what_is_refused_is_still_in_its_box(as_hilary: Client, study: Study):
    """Nothing typed is lost."""
    answer = as_hilary.post(PAGE, {"words": " ", "private": "on"})
    assert answer.status_code == 422
    assert not Memo.objects.exists()


def test_whoever_does_not_code_has_none(as_josef: Client, as_fern: Client, study: Study):
    """The journal is a reader's."""
    assert as_josef.get(PAGE).status_code == 404
    assert as_fern.get(PAGE).status_code == 404
