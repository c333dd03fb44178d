"""Taking a code out of use."""

from django.test import Client

from alongside.accounts.models import Study, User
from alongside.analysis.actions import undo
from alongside.analysis.models import Act, Code, Coding
from alongside.audit.models import Entry


def url(code: Code, deed: str = "") -> str:
    return f"/s/six-months-on/analysis/codes/{code.pk}/{deed}"


def test_a_code_is_taken_out_of_use(
    as_hilary: Client, hilary: User, study: Study, waiting: Code, visitor: Coding
):
    """Out of use is not gone: what is coded with it stays, and it is undone like any act."""
    assert url(waiting, "retire/") in as_hilary.get(url(waiting)).content.decode()
    assert as_hilary.post(url(waiting, "retire/")).status_code == 302
    waiting.refresh_from_db()
    visitor.refresh_from_db()
    assert waiting.retired is not None
    assert (visitor.code, visitor.removed) == (waiting, None)
    assert Entry.objects.filter(verb="retire_code", object=str(waiting.pk)).count() == 1
    undo(by=hilary, study=study, transcript=None)
    waiting.refresh_from_db()
    assert waiting.retired is None


def test_taken_out_by_two_it_stays_out(as_hilary: Client, as_dot: Client, waiting: Code):
    """Dot’s page still showed it as in use: pressing the same button brings nothing back, and is no act."""
    for client in (as_hilary, as_dot):
        assert client.post(url(waiting, "retire/")).status_code == 302
    waiting.refresh_from_db()
    assert waiting.retired is not None
    assert Act.objects.filter(kind=Act.Kind.RETIRE_CODE).count() == 1


def test_strangers_find_nothing(as_stranger: Client, as_fern: Client, waiting: Code):
    """Another study's members and mere readers get the same answer."""
    for client in (as_stranger, as_fern):
        assert client.post(url(waiting, "retire/")).status_code == 404
    waiting.refresh_from_db()
    assert waiting.retired is None
