from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from alongside.accounts.models import Study, User
from alongside.analysis.models import Coding
from alongside.audit.actions import register_export
from alongside.interviews.models import Transcript
from alongside.interviews.queries import speaking_in
from alongside.people.actions import declare
from alongside.people.models import Person
from alongside.people.tests.test_person import without_tokens

PAGE = "/s/six-months-on/stewardship/register/"
EXPORT = "/s/six-months-on/exchange/passages.csv"


def test_it_tells_who_took_what_for_whom(as_sunita: Client, as_hilary: Client, visitor: Coding):
    """By name, with the reason given and the hash."""
    as_hilary.post(EXPORT, {"reason": "Supervision"})
    page = as_sunita.get(PAGE).content.decode()
    for words in ("Hilary Banks", "passages, csv", "Supervision", "One file"):
        assert words in page


def test_a_file_that_turns_up_is_recognised(as_sunita: Client, as_hilary: Client, visitor: Coding):
    """To the byte; one that was changed by a letter is another file, and nothing is kept of either."""
    left = b"".join(as_hilary.post(EXPORT).streaming_content)
    same = as_sunita.post(PAGE, {"file": SimpleUploadedFile("found.csv", left)}).content.decode()
    assert "Taken by: Hilary Banks" in same
    other = as_sunita.post(PAGE, {"file": SimpleUploadedFile("found.csv", left + b" ")}).content.decode()
    assert "No file with exactly these bytes" in other
    assert as_sunita.post(PAGE, {"file": ""}).status_code == 422


def test_someone_on_their_own_page_is_not_named(as_sunita: Client, study: Study, rowan: Person):
    """That a person took what is theirs is on record; which person is not."""
    register_export(by=rowan, study=study.pk, what="own", format="json", rows=1, sha256="0" * 64)
    page = as_sunita.get(PAGE).content.decode()
    assert "Someone on their own page" in page
    assert "Rowan" not in page.split("<main")[1]


def test_who_works_with_someone_sees_their_own_lines_alone(
    as_priya: Client, as_hilary: Client, visitor: Coding, wren: Person
):
    """The number of rows that others took may count Wren's words; a file of theirs isn't recognised."""
    before = as_priya.get(PAGE)
    left = b"".join(as_hilary.post(EXPORT).streaming_content)
    assert without_tokens(as_priya.get(PAGE).content) == without_tokens(before.content)
    found = as_priya.post(PAGE, {"file": SimpleUploadedFile("found.csv", left)}).content.decode()
    assert "No file with exactly these bytes" in found


def test_who_said_that_they_know_someone_sees_their_own_lines_alone(
    as_sunita: Client, sunita: User, hilary: User, as_hilary: Client, rowan_transcript: Transcript
):
    """It is the same number of rows that would tell, however it is known that they are tied to Rowan; and
    the record of changes tells nobody who said so."""
    participant = speaking_in(rowan_transcript)[0]
    register_export(by=hilary, study=participant.study_id, what="passages", format="csv", rows=12, sha256="")
    audit = "/s/six-months-on/stewardship/audit/"
    declare(by=hilary, speaking=[participant], known=None)
    declare(by=hilary, speaking=[participant], known=participant)
    told = as_sunita.get(audit).content.decode()
    assert "Declare" in told
    assert "known" not in told.split("<main")[1].lower()
    assert "Hilary Banks" in as_sunita.get(PAGE).content.decode()
    declare(by=sunita, speaking=[participant], known=participant)
    assert "Hilary Banks" not in as_sunita.get(PAGE).content.decode()
    assert "this record is kept from you" in as_sunita.get(audit).content.decode()


def test_other_roles_find_nothing(as_hannah: Client, as_hilary: Client, study: Study):
    """The register is the data steward's."""
    assert as_hannah.get(PAGE).status_code == 404
    assert as_hilary.get(PAGE).status_code == 404
