import hashlib
from io import BytesIO

import pytest
from django.test import Client
from docx import Document

from alongside.audit.models import Entry, Export
from alongside.people.actions import record_consent
from alongside.people.models import ConsentText, Person
from alongside.reporting.models import Report

ROOM = "/s/six-months-on/reporting/"


def words_of(data: bytes) -> str:
    document = Document(BytesIO(data))
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def test_a_word_document_has_headings_and_the_words(as_hilary: Client, report: Report):
    """The same finding, for those who read in Word."""
    answer = as_hilary.get(f"{ROOM}{report.pk}/download/docx/")
    assert "attachment" in answer.headers["Content-Disposition"]
    words = words_of(answer.content)
    for expected in (report.title, "Aim", "To learn what changed.", "A gap that size", "I am not a visitor"):
        assert expected in words
    assert Entry.objects.filter(verb="export").count() == 1
    row = Export.objects.get()
    assert (row.what, row.about, row.format, row.rows) == ("finding", report.title, "docx", 1)
    assert row.sha256 == hashlib.sha256(answer.content).hexdigest()


def test_a_page_stands_alone(as_hilary: Client, report: Report):
    """Its look is inside it; it fetches nothing and runs nothing."""
    page = as_hilary.get(f"{ROOM}{report.pk}/download/html/").content.decode()
    assert "I am not a visitor" in page
    assert "<script" not in page
    assert "<link" not in page
    assert "--damson" in page


@pytest.mark.parametrize("kind", ["html", "docx"])
def test_the_next_file_has_a_gap(
    kind: str, as_hilary: Client, report: Report, rowan: Person, consent_texts: dict[str, ConsentText]
):
    """What was taken back is in no later file."""
    record_consent(by=rowan, person=rowan, text=consent_texts["quotation_report"], decision="stopped")
    data = as_hilary.get(f"{ROOM}{report.pk}/download/{kind}/").content
    words = words_of(data) if kind == "docx" else data.decode()
    assert "I am not a visitor" not in words
    assert "A quote stood here." in words


def test_other_kinds_and_other_people_find_nothing(as_hilary: Client, as_hannah: Client, report: Report):
    """No such file, and no export without the permission."""
    assert as_hilary.get(f"{ROOM}{report.pk}/download/exe/").status_code == 404
    assert as_hannah.get(f"{ROOM}{report.pk}/download/html/").status_code == 404


def test_long_names_and_control_characters_are_no_obstacle(as_hilary: Client, report: Report):
    """Word's properties hold 255 characters, and XML no control characters; the words come all the same."""
    report.authors, report.aim = "A. Name, " * 50, "To learn\x0b what\x1f changed."
    report.save()
    answer = as_hilary.get(f"{ROOM}{report.pk}/download/docx/")
    assert answer.status_code == 200
    assert "To learn what changed." in words_of(answer.content)
