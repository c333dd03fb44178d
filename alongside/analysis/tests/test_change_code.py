from django.test import Client

from alongside.analysis.models import Code, Codebook, Coding
from tests.support.editing import seen


def url(code: Code, deed: str = "change/") -> str:
    return f"/s/six-months-on/analysis/codes/{code.pk}/{deed}"


def test_a_changed_code_keeps_its_codings(as_hilary: Client, waiting: Code, visitor: Coding):
    """The name changes everywhere, the codebook has a new version, the coding stands."""
    sent = {**seen(as_hilary, url(waiting)), "name": "Waiting", "colour": "3"}
    assert as_hilary.post(url(waiting), sent).status_code == 302
    waiting.refresh_from_db()
    visitor.refresh_from_db()
    assert (waiting.name, waiting.colour) == ("Waiting", 3)
    assert Codebook.objects.get().version == 2
    assert visitor.code == waiting


def test_saving_without_a_change_makes_no_version(as_hilary: Client, waiting: Code):
    """Nothing is put on the record that did not happen."""
    as_hilary.post(
        url(waiting), {"name": waiting.name, "definition": waiting.definition, "colour": waiting.colour}
    )
    assert Codebook.objects.get().version == 1


def test_a_code_is_retired_and_brought_back(as_hilary: Client, waiting: Code):
    """Out of use is not gone."""
    as_hilary.post(url(waiting, "retire/"))
    waiting.refresh_from_db()
    assert waiting.retired is not None
    as_hilary.post(url(waiting, "retire/"))
    waiting.refresh_from_db()
    assert waiting.retired is None


def test_strangers_find_nothing(as_stranger: Client, as_fern: Client, waiting: Code):
    """Another study's members and mere readers get the same answer."""
    assert as_stranger.post(url(waiting), {"name": "X"}).status_code == 404
    assert as_fern.post(url(waiting), {"name": "X"}).status_code == 404
