"""A codebook in whichever of its four formats: CSV, XLSX, QDC or a table in DOCX."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Pt
from docx.table import Table
from lxml import etree

from alongside.exchange.formats.codebooks import ALIASES, CodebookFile, entries_of, from_table
from alongside.exchange.formats.qdc import is_qdc, read_qdc
from alongside.exchange.formats.records import records, text_of
from alongside.exchange.formats.rows import PARENT, CodebookRow, TableError, unguard
from alongside.exchange.formats.workbooks import OLE, ZIPPED, read_workbook
from alongside.interviews.reading.package import Package
from alongside.interviews.reading.shapes import Sentence, Unreadable, shown

WORD = "word/document.xml"
SPAN = re.compile("[1-9][0-9]?", re.ASCII)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# In the order of a table to be read; `code` holds the path.
TITLES = {
    "code": "Code",
    "definition": "What it means",
    "include": "Use it when",
    "exclude": "Don’t use it when",
    "example": "An example",
    "plain": "In plain words",
    "colour": "Colour",
    "retired": "Out of use",
    "codings": "Codings",
}


def read_codebook(name: str, data: bytes) -> CodebookFile:
    """The codes of a file, whatever its name ends in. TableError says in sentences why there are none."""
    label = shown(name, 120)
    if data.startswith(ZIPPED) and _is_word(data):
        return _read_docx(label, data)
    if data.startswith((ZIPPED, OLE)):
        return _read_xlsx(label, data)
    if is_qdc(data):
        return read_qdc(label, data)
    text, _encoding = text_of(label, data)
    table = [[unguard(cell) for cell in cells] for cells in records(label, text)]
    if not table:
        raise TableError([Sentence("“%(file)s”: at least one code was expected, none came.", file=label)])
    return from_table("csv", label, table[0], enumerate(table[1:], start=2))


def _is_word(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return WORD in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


def _read_xlsx(label: str, data: bytes) -> CodebookFile:
    book = read_workbook(label, data)
    if not book.sheets:
        raise TableError([Sentence("“%(file)s”: at least one code was expected, none came.", file=label)])
    sheet, *others = book.sheets
    beside = [*book.not_taken, *(Sentence("The sheet “%(name)s”.", name=shown(o.name)) for o in others)]
    (_number, header), *rows = sheet.rows
    return from_table("xlsx", label, header, rows, beside)


# Word -------------------------------------------------------------------------------------------------


def write_docx(title: str, rows: Iterable[CodebookRow]) -> bytes:
    """A document with one table, on its side, whose first row comes again on every page."""
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    document.styles["Normal"].font.size = Pt(9)  # type: ignore[attr-defined]
    document.add_heading(_clean(title, title), level=1)
    table = document.add_table(rows=1, cols=len(TITLES))
    table.style = "Table Grid"
    _fill(table, 0, list(TITLES.values()))
    head = table.rows[0]._tr.get_or_add_trPr()
    head.append(head.makeelement(f"{W}tblHeader", {f"{W}val": "true"}))
    listed = list(rows)
    _refuse_unclear(listed)
    for row in listed:
        cells = [str(getattr(row, column)) for column in TITLES]
        table.add_row()
        _fill(table, -1, [_clean(cell, row.code) for cell in cells])
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _refuse_unclear(rows: Sequence[CodebookRow]) -> None:
    """A path is all that tells where a code stands here."""
    for entry in entries_of(rows):
        if PARENT in entry.name:
            raise TableError(
                [
                    Sentence(
                        "The code “%(name)s” has “>” in its name, which a table in DOCX can’t tell from two "
                        "names. Take CSV.",
                        name=shown(entry.name),
                    )
                ]
            )


def _fill(table: Table, at: int, texts: Sequence[str]) -> None:
    # By its elements: asking the table for its cells counts them all, row after row.
    for cell, text in zip(table._tbl.tr_lst[at].tc_lst, texts, strict=True):
        cell.p_lst[0].add_r().text = text


def _clean(text: str, code: str) -> str:
    try:
        etree.Element("a").text = text
    except ValueError as error:
        raise TableError(
            [Sentence("The code “%(name)s” holds a character that XML can’t. Take CSV.", name=shown(code))]
        ) from error
    return text


def _read_docx(label: str, data: bytes) -> CodebookFile:
    try:
        document = Package(label, data).xml(WORD)
    except Unreadable as refusal:
        raise TableError([refusal.sentence]) from refusal
    tables = [list(_rows(table)) for table in document.iter(f"{W}tbl")]
    ours = next((rows for rows in tables if rows and _has_code(rows[0])), None)
    if ours is None:
        raise TableError(
            [Sentence("“%(file)s”: a table with a column “Code” was expected, none came.", file=label)]
        )
    beside: list[Sentence] = []
    if len(tables) > 1:
        beside.append(Sentence("Other tables in the document: %(count)d.", count=len(tables) - 1))
    body = document.find(f"{W}body")
    loose = [_text(each) for each in body.findall(f"{W}p")] if body is not None else []
    if any(text.strip() for text in loose):
        beside.append(Sentence("Text beside the table."))
    return from_table("docx", label, ours[0], enumerate(ours[1:], start=2), beside)


def _has_code(header: Sequence[str]) -> bool:
    called = [cell.strip().lower() for cell in header]
    return any(ALIASES.get(each, each) == "code" for each in called)


def _rows(table: etree._Element) -> Iterator[list[str]]:
    for row in table.findall(f"{W}tr"):
        cells: list[str] = []
        for cell in row.findall(f"{W}tc"):
            cells.append("\n".join(_text(each) for each in cell.findall(f"{W}p")))
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            cells += [""] * (_columns(span.get(f"{W}val")) - 1 if span is not None else 0)
        yield cells


def _columns(said: str | bytes | None) -> int:
    """Over how many columns a cell goes: one, where the file says what no table has."""
    return int(said) if isinstance(said, str) and SPAN.fullmatch(said) else 1


def _text(paragraph: etree._Element) -> str:
    said = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": "\t", f"{W}noBreakHyphen": "-"}
    return "".join(
        str(each.text or "") if each.tag == f"{W}t" else said.get(str(each.tag), "")
        for run in paragraph.iter(f"{W}r")
        for each in run
    )
