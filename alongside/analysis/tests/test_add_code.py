from django.test import Client

from alongside.accounts.models import Study, User
from alongside.analysis.actions import add_code, undo
from alongside.analysis.models import COLOURS, Code
from alongside.audit.models import Entry

URL = "/s/six-months-on/analysis/codebook/add/"


def test_a_code_enters_the_codebook(as_hilary: Client, study: Study):
    """It has a colour of its own and is on the record."""
    response = as_hilary.post(URL, {"name": "Left a silence", "definition": "Nobody filled it in."})
    assert response.status_code == 302
    code = Code.objects.get()
    assert (code.name, code.definition, code.parent) == ("Left a silence", "Nobody filled it in.", None)
    assert 1 <= code.colour <= COLOURS
    assert Entry.objects.filter(verb="add_code", object=str(code.pk)).count() == 1


def test_two_codes_share_a_name_under_different_parents(as_hilary: Client, study: Study, waiting: Code):
    """“Trust > Time” and “Time” are two codes."""
    assert as_hilary.post(URL, {"name": "Time"}).status_code == 302
    assert as_hilary.post(URL, {"name": "Time", "parent": str(waiting.pk)}).status_code == 302
    assert Code.objects.filter(name="Time").count() == 2


def test_the_same_name_in_the_same_place_is_refused(as_hilary: Client, waiting: Code):
    """One sentence says so, and nothing is stored."""
    response = as_hilary.post(URL, {"name": waiting.name})
    assert response.status_code == 422
    assert "There is a code called" in response.content.decode()
    assert Code.objects.count() == 1


def test_a_code_without_a_name_is_refused(as_hilary: Client, study: Study):
    """The form says what is missing."""
    assert as_hilary.post(URL, {"name": "  "}).status_code == 422
    assert not Code.objects.exists()


def test_a_coordinator_alone_may_not(as_hannah: Client, study: Study):
    """Whoever can't edit the codebook finds no such page."""
    assert as_hannah.post(URL, {"name": "X"}).status_code == 404


def test_what_is_said_of_it_anew_stands(as_hilary: Client, dot: User, hilary: User, study: Study):
    """Added and taken back, by oneself or by a colleague, it comes back with what is typed now."""
    code = add_code(by=hilary, study=study, name="Chairs", colour=3, definition="Wrong", example="A stool")
    undo(by=hilary, study=study, transcript=None)
    said = {"name": "Chairs", "definition": "Right", "colour": 5}
    assert as_hilary.post(URL, said).status_code == 302
    code.refresh_from_db()
    assert (code.retired, code.definition, code.example) == (None, "Right", "")
    undo(by=hilary, study=study, transcript=None)
    add_code(by=dot, study=study, name="Chairs", colour=7, definition="What one sits on")
    code.refresh_from_db()
    assert (code.retired, code.colour, code.definition) == (None, 7, "What one sits on")
