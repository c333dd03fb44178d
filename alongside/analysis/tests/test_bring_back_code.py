"""Bringing a code back into use."""

from django.test import Client

from alongside.accounts.models import User
from alongside.analysis.actions import add_code, merge_codes, retire_code
from alongside.analysis.models import Act, Code
from alongside.audit.models import Entry


def url(code: Code, deed: str = "") -> str:
    return f"/s/six-months-on/analysis/codes/{code.pk}/{deed}"


def test_a_code_is_brought_back(as_hilary: Client, hilary: User, waiting: Code):
    """By the button that its page has then."""
    retire_code(by=hilary, code=waiting)
    assert url(waiting, "bring-back/") in as_hilary.get(url(waiting)).content.decode()
    assert as_hilary.post(url(waiting, "bring-back/")).status_code == 302
    waiting.refresh_from_db()
    assert waiting.retired is None
    assert Entry.objects.filter(verb="bring_back_code", object=str(waiting.pk)).count() == 1
    assert url(waiting, "bring-back/") not in as_hilary.get(url(waiting)).content.decode()


def test_one_that_was_merged_stands_for_itself_again(as_hilary: Client, hilary: User, waiting: Code):
    """Its passages stay where they went."""
    merge_codes(by=hilary, code=waiting, into=add_code(by=hilary, study=waiting.study, name="Time"))
    as_hilary.post(url(waiting, "bring-back/"))
    waiting.refresh_from_db()
    assert (waiting.retired, waiting.merged) == (None, None)


def test_brought_back_by_two_it_is_in_use(as_hilary: Client, as_dot: Client, hilary: User, waiting: Code):
    """Dot’s page still showed it as out of use: it stays in use, and there is one act."""
    retire_code(by=hilary, code=waiting)
    for client in (as_hilary, as_dot):
        assert client.post(url(waiting, "bring-back/")).status_code == 302
    waiting.refresh_from_db()
    assert waiting.retired is None
    assert Act.objects.filter(kind=Act.Kind.RETIRE_CODE).count() == 2


def test_strangers_find_nothing(as_stranger: Client, as_fern: Client, hilary: User, waiting: Code):
    """Another study's members and mere readers get the same answer."""
    retire_code(by=hilary, code=waiting)
    for client in (as_stranger, as_fern):
        assert client.post(url(waiting, "bring-back/")).status_code == 404
