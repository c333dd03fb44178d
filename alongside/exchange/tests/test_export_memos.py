import csv
import hashlib
import io

import pytest
from django.test import Client
from docx import Document

from alongside.accounts.models import Study, User
from alongside.analysis.actions import keep_memo
from alongside.analysis.models import Code, Coding, Theme
from alongside.audit.models import Export
from alongside.people.actions import record_consent
from alongside.people.models import ConsentText, Person

ROOM = "/s/six-months-on/exchange/"


@pytest.fixture
def memos(study: Study, hilary: User, dot: User, visitor: Coding, waiting: Code, theme: Theme) -> None:
    keep_memo(by=hilary, study=study, words="=On a passage", coding=visitor)
    keep_memo(by=dot, study=study, words="On an interview", transcript=visitor.revision.transcript)
    keep_memo(by=dot, study=study, words="On a code\n\nin two parts", code=waiting)
    keep_memo(by=hilary, study=study, words="To myself", private=True)
    keep_memo(by=dot, study=study, words="To herself", theme=theme, private=True)


def taken(client: Client, format: str) -> bytes:
    answer = client.post(f"{ROOM}memos.{format}", {"reason": "Supervision"})
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def test_memos_leave_as_a_table(as_hilary: Client, memos: None):
    """All that she may read, with their places; no cell a formula; the register has its hash and reason."""
    left = taken(as_hilary, "csv")
    rows = {row["memo"]: row for row in csv.DictReader(io.StringIO(left.decode("utf-8-sig")))}
    assert set(rows) == {"'=On a passage", "On an interview", "On a code\n\nin two parts", "To myself"}
    passage = rows["'=On a passage"]
    assert (passage["about"], passage["name"], passage["turn"]) == ("passage", "rowan", "7")
    assert passage["passage"] == "I am not a visitor"
    assert passage["code"] == "Asking, then waiting"
    assert (rows["To myself"]["about"], rows["To myself"]["private"]) == ("study", "yes")
    register = Export.objects.get()
    assert (register.what, register.format, register.rows) == ("memos", "csv", 4)
    assert (register.reason, register.sha256) == ("Supervision", hashlib.sha256(left).hexdigest())


def test_memos_leave_as_a_document(as_hilary: Client, study: Study, memos: None):
    """Each under what it is about, then its words, then who wrote it."""
    document = Document(io.BytesIO(taken(as_hilary, "docx")))
    lines = [paragraph.text for paragraph in document.paragraphs]
    assert lines[0] == f"Memos: {study.name}"
    headings = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 2"]
    assert "Asking, then waiting" in headings
    assert "The study" in headings
    assert [text for text in headings if "turn 7" in text]
    assert "in two parts" in lines
    assert "To herself" not in lines
    assert [line for line in lines if line.startswith("Dot Ellison, ")]


def test_what_rests_on_words_that_may_not_be_quoted_stays(
    as_hilary: Client, memos: None, rowan: Person, consent_texts: dict[str, ConsentText]
):
    """After Rowan says no to quotation, memos on the interview and its passages stay behind."""
    record_consent(by=rowan, person=rowan, text=consent_texts["quotation_report"], decision="stopped")
    left = taken(as_hilary, "csv").decode()
    assert ("On a passage" in left, "On an interview" in left, "On a code" in left) == (False, False, True)
    assert Export.objects.get().rows == 2


def test_nobody_takes_them_without_permission(as_hannah: Client, as_josef: Client, memos: None):
    """Nor by looking, nor in another format."""
    assert as_hannah.post(f"{ROOM}memos.csv").status_code == 404
    assert as_josef.post(f"{ROOM}memos.docx").status_code == 404
    assert not Export.objects.exists()


def test_another_format_is_not_there(as_hilary: Client, memos: None):
    """CSV and DOCX, and nothing else; a link takes nothing out."""
    assert as_hilary.post(f"{ROOM}memos.xlsx").status_code == 404
    assert as_hilary.get(f"{ROOM}memos.csv").status_code == 405


def test_a_reason_that_does_not_fit_is_said(as_hilary: Client, memos: None):
    """And nothing leaves."""
    assert as_hilary.post(f"{ROOM}memos.csv", {"reason": "x" * 201}).status_code == 422
    assert not Export.objects.exists()
