import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from posixpath import join, normpath

from lxml import etree
from openpyxl import load_workbook
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from alongside.exchange.formats.rows import TableError
from alongside.interviews.reading.package import Package
from alongside.interviews.reading.shapes import Sentence, Unreadable, shown

MOST_ROWS, MOST_COLUMNS = 20_000, 100
ZIPPED = b"PK\x03\x04"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
PLACE = re.compile("[A-Z]{1,3}[0-9]{1,7}")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# What stands in a workbook beside its cells, by the part that it is kept in.
BESIDE = {
    "xl/comments": Sentence("Comments in the workbook."),
    "xl/threadedComments": Sentence("Comments in the workbook."),
    "xl/media/": Sentence("Pictures in the workbook."),
    "xl/charts/": Sentence("Charts in the workbook."),
    "xl/vbaProject": Sentence("Macros in the workbook. None was run."),
}


@dataclass(frozen=True)
class Cells:
    """One sheet as text: `rows` are (row number, cells), and rows without a word are left out."""

    name: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Book:
    sheets: tuple[Cells, ...]
    not_taken: tuple[Sentence, ...]


def is_workbook(data: bytes) -> bool:
    return data.startswith((ZIPPED, OLE))


def read_workbook(label: str, data: bytes) -> Book:
    """The sheets of an XLSX file that hold something. A formula gives its result, a date the ISO form.

    Refused, by cell: cells that are merged, and formulas that were saved without a result. The zip is read
    within limits before a parser sees it.
    """
    if data.startswith(OLE):
        raise _refused(
            "“%(file)s” is an old Excel file, or locked with a password. Save it as XLSX, without one.",
            file=label,
        )
    try:
        package = Package(label, data)
        parts = _parts(package)
    except Unreadable as refusal:
        raise TableError([refusal.sentence]) from refusal
    problems = [problem for name, path in parts.items() for problem in _faults(package, name, path)]
    if problems:
        raise TableError(problems)
    sheets = tuple(cells for cells in _sheets(label, data) if cells.rows)
    beside = [
        said for start, said in BESIDE.items() if any(path.startswith(start) for path in package.members)
    ]
    return Book(sheets, tuple(dict.fromkeys(beside)))


def _refused(template: str, **values: object) -> TableError:
    return TableError([Sentence(template, **values)])


def _parts(package: Package) -> dict[str, str]:
    """Where each sheet is kept, by its name."""
    if "xl/workbook.xml" not in package.parts:
        raise Unreadable(
            "“%(file)s”: an XLSX workbook or a CSV file was expected, another kind of document came.",
            file=package.name,
        )
    relations = package.xml("xl/_rels/workbook.xml.rels")
    targets = {str(each.get("Id")): str(each.get("Target")) for each in relations}
    book = package.xml("xl/workbook.xml")
    return {
        str(sheet.get("name")): normpath(join("/xl", targets.get(str(sheet.get(RELATION)), ""))).lstrip("/")
        for sheet in book.iter(f"{MAIN}sheet")
    }


def _faults(package: Package, name: str, path: str) -> Iterator[Sentence]:
    if path not in package.parts:
        return
    root = package.xml(path)
    for merged in root.iter(f"{MAIN}mergeCell"):
        yield Sentence(
            "Sheet “%(sheet)s”, cells %(cells)s are merged: one value in each cell was expected.",
            sheet=shown(name),
            cells=shown(str(merged.get("ref"))),
        )
    for formula in root.iter(f"{MAIN}f"):
        cell = formula.getparent()
        if cell is not None and not cell.findtext(f"{MAIN}v"):
            yield Sentence(
                "Sheet “%(sheet)s”, cell %(cell)s: a formula was saved without its result. Open the file in "
                "a spreadsheet and save it, or write the value itself.",
                sheet=shown(name),
                cell=shown(str(cell.get("r"))),
            )
    yield from _too_large(root, name)


def _too_large(root: etree._Element, name: str) -> Iterator[Sentence]:
    for value in root.iter(f"{MAIN}v", f"{MAIN}is"):
        cell = value.getparent()
        place = str(cell.get("r")) if cell is not None else ""
        if PLACE.fullmatch(place):
            column, row = coordinate_from_string(place)
            if row > MOST_ROWS or column_index_from_string(column) > MOST_COLUMNS:
                yield Sentence(
                    "Sheet “%(sheet)s”: at most %(rows)d rows and %(columns)d columns were expected, but "
                    "something stands in cell %(cell)s.",
                    sheet=shown(name),
                    rows=MOST_ROWS,
                    columns=MOST_COLUMNS,
                    cell=place,
                )
                return


def _sheets(label: str, data: bytes) -> Iterator[Cells]:
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            # What the sheet says of its own size can be wrong.
            sheet.reset_dimensions()
            yield Cells(sheet.title, tuple(_rows(sheet)))
    # Whatever a damaged workbook makes of the parser, its uploader gets one sentence.
    except Exception as error:
        raise _refused(
            "“%(file)s”: a whole XLSX workbook was expected, but it is damaged (%(problem)s).",
            file=label,
            problem=shown(str(error) or type(error).__name__),
        ) from error


def _rows(sheet: object) -> Iterator[tuple[int, tuple[str, ...]]]:
    values = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)  # type: ignore[attr-defined]
    for number, row in enumerate(values, start=1):
        cells = [as_text(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield number, tuple(cells)


def as_text(value: object) -> str:
    """A cell as somebody reads it: whole numbers without a point, dates as 2026-11-23."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return (value.date() if value.time() == time() else value).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
