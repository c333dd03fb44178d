from django.test import Client

from alongside.accounts.models import Study, User
from alongside.analysis.actions import add_code, change_code
from alongside.analysis.models import Act, Code, Codebook, Coding
from alongside.interviews.models import Transcript
from tests.support.editing import filled, seen
from tests.support.walking import plain


def url(code: Code, deed: str = "change/") -> str:
    return f"/s/six-months-on/analysis/codes/{code.pk}/{deed}"


def test_a_changed_code_keeps_its_codings(as_hilary: Client, waiting: Code, visitor: Coding):
    """The name changes everywhere and the coding stands; a version is only what somebody keeps."""
    sent = {**seen(as_hilary, url(waiting)), "name": "Waiting", "colour": "3"}
    assert as_hilary.post(url(waiting), sent).status_code == 302
    waiting.refresh_from_db()
    visitor.refresh_from_db()
    assert (waiting.name, waiting.colour) == ("Waiting", 3)
    assert Codebook.objects.get().version == 0
    assert visitor.code == waiting


def test_saving_without_a_change_makes_no_act(as_hilary: Client, waiting: Code):
    """Nothing is put on the record that did not happen."""
    as_hilary.post(url(waiting), filled(as_hilary, url(waiting)))
    assert not Act.objects.filter(kind=Act.Kind.CHANGE_CODE).exists()


def test_a_name_taken_by_a_neighbour_is_refused(as_hilary: Client, study: Study, hilary: User, waiting: Code):
    """In a sentence, and nothing changes."""
    other = add_code(by=hilary, study=study, name="Before")
    page = as_hilary.post(url(other), {**filled(as_hilary, url(other)), "name": waiting.name})
    assert page.status_code == 422
    assert "There is a code called “Asking, then waiting” here already." in page.content.decode()
    other.refresh_from_db()
    assert other.name == "Before"


def test_strangers_find_nothing(as_stranger: Client, as_fern: Client, waiting: Code):
    """Another study's members and mere readers get the same answer."""
    assert as_stranger.post(url(waiting), {"name": "X"}).status_code == 404
    assert as_fern.post(url(waiting), {"name": "X"}).status_code == 404


def test_an_example_that_is_closed_to_one_is_not_theirs_to_read_or_change(
    as_priya: Client, hilary: User, waiting: Code, wren_transcript: Transcript
):
    """Wren's words stay closed to Priya, who works with Wren: her form is to the byte as if the code had no
    example. What she writes stands above them, and is what she finds there."""
    before = plain(as_priya.get(url(waiting)), url(waiting))
    example = "“I stopped sitting by the door”"
    change_code(by=hilary, code=waiting, example=example)
    assert plain(as_priya.get(url(waiting)), url(waiting)) == before
    as_priya.post(url(waiting), {**seen(as_priya, url(waiting)), "name": "Waiting", "colour": "3"})
    waiting.refresh_from_db()
    assert (waiting.name, waiting.example) == ("Waiting", example)
    sent = {**seen(as_priya, url(waiting)), "name": "Waiting", "colour": "3", "example": "Hers"}
    assert as_priya.post(url(waiting), sent).status_code == 302
    waiting.refresh_from_db()
    assert (waiting.name, waiting.example) == ("Waiting", f"Hers\n{example}")
    assert ">\nHers</textarea>" in as_priya.get(url(waiting)).content.decode()
