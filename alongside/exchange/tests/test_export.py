import hashlib
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from openpyxl import load_workbook

from alongside.accounts.models import Study, User
from alongside.analysis.actions import apply_code, change_code
from alongside.analysis.models import Asking, Code, Coding, Memo, Run, Suggestion
from alongside.audit.models import Entry, Export
from alongside.interviews.actions import import_transcript
from alongside.interviews.models import Transcript
from alongside.people.actions import record_consent
from alongside.people.models import ConsentText, Person

ROOM = "/s/six-months-on/exchange/"


def taken(client: Client, name: str) -> str:
    answer = client.post(ROOM + name)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content).decode("utf-8-sig")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("passages.csv", "I am not a visitor"),
        ("codebook.csv", "A gap is left."),
        ("codings.csv", "I am not a visitor"),
    ],
)
def test_material_leaves_as_csv(name: str, expected: str, as_hilary: Client, visitor: Coding):
    """And the register and the audit say so."""
    assert expected in taken(as_hilary, name)
    assert Export.objects.get().what == name.split(".", maxsplit=1)[0]
    assert Entry.objects.filter(verb="export").count() == 1
    assert "Hilary Banks" in as_hilary.get(ROOM).content.decode()


def test_material_leaves_as_a_workbook(as_hilary: Client, visitor: Coding):
    """One sheet, its first row the names of the columns."""
    answer = as_hilary.post(ROOM + "passages.xlsx")
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][0] == "transcript"
    assert any("I am not a visitor" in str(cell) for cell in rows[1])


@pytest.mark.parametrize("name", ["passages.csv", "codings.xlsx"])
def test_the_register_holds_the_hash_of_what_left_and_what_for(
    name: str, as_hilary: Client, study: Study, visitor: Coding
):
    """A file that turns up later is recognised by it, to the byte."""
    answer = as_hilary.post(ROOM + name, {"reason": "Supervision on Friday"})
    left = b"".join(answer.streaming_content)
    row = Export.objects.get()
    assert row.sha256 == hashlib.sha256(left).hexdigest()
    assert (row.study, row.rows) == (study.pk, 1)
    assert "Supervision on Friday" in as_hilary.get(ROOM).content.decode()


def test_a_reason_that_does_not_fit_is_said_and_nothing_leaves(as_hilary: Client, visitor: Coding):
    """What the register can't hold doesn't go; the page says so."""
    answer = as_hilary.post(ROOM + "passages.csv", {"reason": "x" * 201})
    assert answer.status_code == 422
    assert "at most 200 characters" in answer.content.decode()
    assert not Export.objects.exists()


def test_words_leave_only_with_consent(
    as_hilary: Client, visitor: Coding, rowan: Person, consent_texts: dict[str, ConsentText]
):
    """After Rowan says no to quotation, passages and codings hold none of it."""
    record_consent(by=rowan, person=rowan, text=consent_texts["quotation_report"], decision="stopped")
    assert "I am not a visitor" not in taken(as_hilary, "passages.csv")
    assert "I am not a visitor" not in taken(as_hilary, "codings.csv")


def test_nothing_of_someone_barred_leaves(
    as_priya: Client, hilary: User, study: Study, waiting: Code, wren_transcript: Transcript
):
    """Not a word, not a count in the codebook."""
    revision = wren_transcript.revisions.get()
    apply_code(by=hilary, revision=revision, code=waiting, start=0, end=12)
    for name in ("passages.csv", "codings.csv"):
        assert revision.text[:12] not in taken(as_priya, name)
    assert ",0,0" in taken(as_priya, "codebook.csv")


def test_unknown_material_and_people_without_permission_find_nothing(
    as_hilary: Client, as_hannah: Client, as_fern: Client, study: Study
):
    """No such table; no export without the permission; nothing by merely looking."""
    assert as_hilary.post(ROOM + "people.csv").status_code == 404
    assert as_hilary.post(ROOM + "passages.exe").status_code == 404
    assert as_hilary.get(ROOM + "passages.csv").status_code == 405
    assert as_hannah.post(ROOM + "passages.csv").status_code == 404
    assert as_fern.post(ROOM + "passages.csv").status_code == 404


@pytest.mark.parametrize("many", [2, 20])
def test_rows_do_not_cost_questions(
    many: int,
    as_hilary: Client,
    hilary: User,
    waiting: Code,
    rowan_transcript: Transcript,
    django_assert_max_num_queries,
):
    """A table of any length is a fixed number of queries to each two thousand rows."""
    revision = rowan_transcript.revisions.get()
    for end in range(5, 5 + many):
        apply_code(by=hilary, revision=revision, code=waiting, start=0, end=end)
    with django_assert_max_num_queries(23):
        taken(as_hilary, "codings.csv")


def test_what_a_workbook_cannot_hold_is_said_and_nothing_leaves(
    as_hilary: Client, study: Study, hilary: User, waiting: Code
):
    """A passage longer than a cell of XLSX: one sentence, which names CSV; the register stays empty."""
    long = import_transcript(by=None, study=study, name="long.txt", data=b"Rowan: " + b"words " * 6000)
    revision = long.revisions.get()
    apply_code(by=hilary, revision=revision, code=waiting, start=0, end=revision.length)
    page = as_hilary.post(ROOM + "passages.xlsx", follow=True).content.decode()
    assert "Take CSV." in page
    assert not Export.objects.exists()


def test_a_codebook_leaves_as_qdc_and_as_a_document(as_hilary: Client, study: Study, waiting: Code):
    """And the register says so; what is no codebook does not leave so."""
    for format in ("qdc", "docx"):
        answer = as_hilary.post(f"{ROOM}codebook.{format}")
        assert answer.status_code == 200
        assert b"".join(answer.streaming_content)
        assert as_hilary.post(f"{ROOM}passages.{format}").status_code == 404
    assert set(Export.objects.values_list("what", "format", "rows")) == {
        ("codebook", "qdc", 1),
        ("codebook", "docx", 1),
    }


def test_an_example_leaves_only_with_consent(
    as_hilary: Client,
    hilary: User,
    study: Study,
    waiting: Code,
    rowan: Person,
    rowan_transcript: Transcript,
    consent_texts: dict[str, ConsentText],
):
    """After Rowan says no to quotation, words that Rowan said leave in no example either."""
    change_code(by=hilary, code=waiting, example="“I am not a visitor in my own life”, Rowan said.")
    words = "I am not a visitor"
    assert words in taken(as_hilary, "codebook.csv")
    record_consent(by=rowan, person=rowan, text=consent_texts["quotation_report"], decision="stopped")
    assert words not in taken(as_hilary, "codebook.csv")


def test_an_example_closed_to_one_leaves_not_with_them(
    as_priya: Client, as_hilary: Client, hilary: User, waiting: Code, wren_transcript: Transcript
):
    """Who works with Wren takes none of Wren's words out."""
    change_code(by=hilary, code=waiting, example="I stopped sitting by the door")
    assert "sitting by the door" in taken(as_hilary, "codebook.csv")
    assert "sitting by the door" not in taken(as_priya, "codebook.csv")


@pytest.mark.parametrize(
    "name",
    [
        *[f"{what}.{format}" for what in ("passages", "codings") for format in ("csv", "xlsx")],
        *[f"codebook.{format}" for format in ("csv", "xlsx", "qdc", "docx")],
        *[f"memos.{format}" for format in ("csv", "docx")],
    ],
)
def test_what_a_machine_suggests_never_leaves(
    name: str, as_hilary: Client, hilary: User, study: Study, visitor: Coding
):
    """In whichever format: a file with suggestions waiting is the file without them, counts and all."""
    Memo.objects.create(study=study, author=hilary, code=visitor.code, words="A memo")
    before = _inside(as_hilary, name)
    transcript = visitor.revision.transcript
    asked = {"study": study, "transcript": transcript, "by": hilary}
    run = Run.objects.create(revision=visitor.revision, **asked)
    asking = Asking.objects.create(run=run, prompt="Prompted", answer="Answered", start=0, end=4, **asked)
    for end, state in enumerate(Suggestion.State.values, start=1):
        Suggestion.objects.create(
            asking=asking,
            revision=visitor.revision,
            code=visitor.code,
            start=0,
            end=end,
            why="Suggested",
            state=state,
        )
    assert _inside(as_hilary, name) == before


def _inside(client: Client, name: str) -> list[tuple[str, bytes]]:
    """What a file holds: of a zip its parts, without those that say when it was made."""
    answer = client.post(ROOM + name)
    assert answer.status_code == 200
    left = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    if not left.startswith(b"PK"):
        return [(name, left)]
    with ZipFile(BytesIO(left)) as parts:
        return [(each, parts.read(each)) for each in parts.namelist() if each != "docProps/core.xml"]
