import io
import zipfile
from datetime import datetime

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from openpyxl import Workbook

from alongside.accounts.actions import give_role, invite_user, open_study
from alongside.accounts.models import Study
from alongside.exchange.models import PeopleFile
from alongside.exchange.people.tests.conftest import Bringing
from alongside.people.models import ContactPoint, Person, Standpoint, WorkingRelationship
from tests.support.signing_in import signed_in


def book(*rows: tuple, more: dict[str, list[tuple]] | None = None, merge: str = "") -> bytes:
    made = Workbook()
    sheet = made.active
    sheet.title = "People"
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    for title, those in (more or {}).items():
        other = made.create_sheet(title)
        for row in those:
            other.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<x/>" + b" " * 30_000_000)
    return out.getvalue()


def test_a_workbook_is_read_as_it_looks(hannahs: Bringing, study: Study):
    """Whole numbers without a point, dates as days; rows above the columns' names are told of."""
    hannahs.upload(
        book(
            ("Our people, autumn",),
            (),
            ("Name", "Phone", "Works with", "Since"),
            ("Ann", 1632960101, "Bob", datetime(2024, 5, 31)),
            ("Bob", 1632960102.0, None, None),
        ),
        "people.xlsx",
    )
    hannahs.match()
    assert "Row 1, above the columns’ names." in hannahs.look().content.decode()
    assert hannahs.finish().status_code == 302
    assert set(ContactPoint.objects.values_list("value", flat=True)) == {"1632960101", "1632960102"}
    assert str(WorkingRelationship.objects.get().started) == "2024-05-31"


def test_of_several_sheets_one_is_chosen(hannahs: Bringing, as_hannah: Client, study: Study):
    """An empty sheet isn't offered."""
    hannahs.upload(
        book(("Name",), ("Ann",), more={"Staff": [("Name",), ("Bob",), ("Cat",)], "Empty": []}), "p.xlsx"
    )
    page = as_hannah.get(hannahs.at("columns")).content.decode()
    assert "Which sheet?" in page
    assert "2 rows" in page
    assert "Empty" not in page
    asked = as_hannah.get(hannahs.at("columns"), {"sheet": "1"})
    assert "Bob" in asked.content.decode()
    as_hannah.post(hannahs.at("columns"), {"sheet": "1", "column-0": "name"})
    hannahs.finish()
    assert set(Person.objects.values_list("name", flat=True)) == {"Bob", "Cat"}


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("p.csv", b"", "“p.csv” is empty"),
        ("p.csv", b" \n;;\n", "“p.csv” is empty"),
        ("p.csv", b"Rowan,rowan@example.org\n", "names of columns were expected, “rowan@example.org” came"),
        ("p.csv", b"Name\n", "a row for each person was expected below row 1, none came"),
        ("p.csv", b"Name,Phone,name\nA,1,B\n", "the columns A and C are both called “name”"),
        ("p.csv", b"\x01\x02\x00z" * 99, "a NUL character came"),
        ("p.csv", b'Name\n"Ann', "well-formed quotation marks"),
        ("p.xlsx", b"Name\nAnn\n", "an XLSX workbook was expected, as its name says, but it is none"),
        ("p.xlsx", book(("Name",), ("Ann",))[:-90], "cut short or damaged"),
        ("p.xlsx", bomb(), "far more than a document needs"),
        ("p.xls", bytes.fromhex("d0cf11e0a1b11ae1"), "is an old Excel file, or locked with a password"),
        ("p.xlsx", book(("Name",), ("Ann",), ("Bob",), merge="A2:A3"), "cells A2:A3 are merged"),
        (
            "p.xlsx",
            book(("Name", "Phone"), ("Ann", "=1+1")),
            "cell B2: a formula was saved without its result",
        ),
        ("p.csv", b"name\n" + b"a\n" * 20_001, "at most 20000 rows"),
    ],
)
def test_what_is_no_table_of_people_is_refused_in_a_sentence(
    hannahs: Bringing, study: Study, name: str, content: bytes, sentence: str
):
    """What was expected, what came and where; nothing is kept."""
    answer = hannahs.upload(content, name)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not PeopleFile.objects.exists()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
def test_names_survive_every_usual_encoding(hannahs: Bringing, study: Study, encoding: str):
    """As spreadsheets save them: with a mark, or in Windows' own."""
    mark = b"\xff\xfe" if encoding == "utf-16-le" else b""
    hannahs.whole_way(mark + "name;own words\r\nSiân Ünal;Wünderbar\r\n".encode(encoding))
    assert Person.objects.get().name == "Siân Ünal"


def test_a_workbook_is_one_whatever_it_is_called(hannahs: Bringing, study: Study):
    """Its bytes say what it is, not its name."""
    hannahs.whole_way(book(("Name",), ("Ann",)), "people.csv")
    assert Person.objects.get().name == "Ann"


CELL = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "Ann",
            "Bob",
            "ann@example.org",
            "bob@example.org",
            "01632 960 101",
            "2024-05-31",
            "carer",
            "=1+1",
            "",
        ]
    ),
)
HEADER = ["name", "e-mail", "phone", "standpoints", "own words", "works with", "since", "adjustments", "odd"]


class AnyTable(TestCase):
    def setUp(self) -> None:
        study = open_study(by=None, name="Six months on", slug="six-months-on")
        hannah = invite_user(by=None, email="hannah@example.org", name="Hannah")
        give_role(by=None, study=study, user=hannah, role="coordinator")
        self.hannahs = Bringing(signed_in(hannah))

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.lists(CELL, min_size=1, max_size=9), min_size=1, max_size=6))
    def test_it_comes_in_whole_or_not_at_all(self, rows: list[list[str]]) -> None:
        """Whatever stands in the cells: every row is a person afterwards, or nothing changed and a reason."""
        table = [HEADER, *rows]
        lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in table]
        answer = self.hannahs.upload("\n".join(lines).encode("utf-8", errors="replace"))
        before = Person.objects.count()
        if answer.status_code == 422:
            assert "error" in answer.content.decode()
            return
        self.hannahs.match()
        page = self.hannahs.look()
        counted = len(page.context["looked"].drafts)
        answer = self.hannahs.decide(page, finish="yes", rest="new")
        added = Person.objects.count() - before
        if answer.status_code == 302:
            assert added == counted == self.hannahs.brought.added
        else:
            assert (answer.status_code, added) == (422, 0)
            assert not Standpoint.objects.exclude(person__in=Person.objects.all()).exists()
            assert "Nobody was added yet" in answer.content.decode()
        PeopleFile.objects.all().delete()
