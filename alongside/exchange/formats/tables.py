"""Codings, passages and codebooks as tables: CSV both ways, and XLSX to read in a spreadsheet.

The columns of codings are those of `CODING_COLUMNS`, explained at `CodingRow`. In every CSV file a cell that
begins with = + - @ or a tab gets an apostrophe in front, so that no spreadsheet runs it as a formula;
`read_codings` takes it off again. XLSX cells say themselves that they are text and stay as they are.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from alongside.exchange.formats.codings import CodingTable, read_codings
from alongside.exchange.formats.rows import (
    CodebookRow,
    CodingRow,
    DecisionRow,
    FigureRow,
    MemoRow,
    PassageRow,
    TableError,
    code_path,
    guard,
    place,
    unguard,
)
from alongside.interviews.reading.shapes import Sentence

__all__ = [
    "CODEBOOK_COLUMNS",
    "CODING_COLUMNS",
    "DECISION_COLUMNS",
    "FIGURE_COLUMNS",
    "MEMO_COLUMNS",
    "PASSAGE_COLUMNS",
    "CodebookRow",
    "CodingRow",
    "CodingTable",
    "DecisionRow",
    "FigureRow",
    "MemoRow",
    "PassageRow",
    "Sheet",
    "TableError",
    "code_path",
    "codebook_sheet",
    "codings_sheet",
    "decisions_sheet",
    "figures_sheet",
    "guard",
    "passages_sheet",
    "place",
    "read_codings",
    "unguard",
    "write_codebook",
    "write_codings",
    "write_decisions",
    "write_figures",
    "write_memos",
    "write_passages",
    "write_xlsx",
]

CODING_COLUMNS = ("transcript", "turn", "start", "end", "quote", "code", "coder", "memo", "definition")
PASSAGE_COLUMNS = ("transcript", "turn", "speaker", "start", "end", "passage", "code", "coder", "memo")
CODEBOOK_COLUMNS = (
    "id",
    "under",
    "code",
    "definition",
    "include",
    "exclude",
    "example",
    "plain",
    "colour",
    "retired",
    "codings",
    "transcripts",
)
DECISION_COLUMNS = (
    "on",
    "decision",
    "course",
    "version",
    "group",
    "proposed_by",
    "lived_experience",
    "changed",
    "hours",
    "paid",
)
FIGURE_COLUMNS = ("period", "starts", "ends", "part", "figure", "told")
MEMO_COLUMNS = (
    "about",
    "name",
    "turn",
    "passage",
    "code",
    "memo",
    "author",
    "private",
    "made",
    "changed",
)
CHUNK = 64 * 1024
Row = CodingRow | PassageRow | CodebookRow | DecisionRow | FigureRow | MemoRow
Cell = str | int | float | None


def write_codings(rows: Iterable[CodingRow]) -> Iterator[str]:
    """CSV in pieces, which `read_codings` turns back into the same rows."""
    return _csv(CODING_COLUMNS, rows)


def write_passages(rows: Iterable[PassageRow]) -> Iterator[str]:
    """CSV in pieces."""
    return _csv(PASSAGE_COLUMNS, rows)


def write_codebook(rows: Iterable[CodebookRow]) -> Iterator[str]:
    """CSV in pieces."""
    return _csv(CODEBOOK_COLUMNS, rows)


def write_decisions(rows: Iterable[DecisionRow]) -> Iterator[str]:
    """CSV in pieces."""
    return _csv(DECISION_COLUMNS, rows)


def write_figures(rows: Iterable[FigureRow]) -> Iterator[str]:
    """CSV in pieces."""
    return _csv(FIGURE_COLUMNS, rows)


def write_memos(rows: Iterable[MemoRow]) -> Iterator[str]:
    """CSV in pieces."""
    return _csv(MEMO_COLUMNS, rows)


def _csv(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    buffer = io.StringIO()
    # The mark tells spreadsheets that this is UTF-8.
    buffer.write("\ufeff")
    writer = csv.writer(buffer)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([guard(cell) if isinstance(cell, str) else cell for cell in _cells(columns, row)])
        if buffer.tell() >= CHUNK:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def _cells(columns: Sequence[str], row: Row) -> list[Cell]:
    return [getattr(row, column) for column in columns]


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook; `rows` may be a generator and is read once."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def codings_sheet(name: str, rows: Iterable[CodingRow]) -> Sheet:
    return Sheet(name, CODING_COLUMNS, (_cells(CODING_COLUMNS, row) for row in rows))


def passages_sheet(name: str, rows: Iterable[PassageRow]) -> Sheet:
    return Sheet(name, PASSAGE_COLUMNS, (_cells(PASSAGE_COLUMNS, row) for row in rows))


def codebook_sheet(name: str, rows: Iterable[CodebookRow]) -> Sheet:
    return Sheet(name, CODEBOOK_COLUMNS, (_cells(CODEBOOK_COLUMNS, row) for row in rows))


def decisions_sheet(name: str, rows: Iterable[DecisionRow]) -> Sheet:
    return Sheet(name, DECISION_COLUMNS, (_cells(DECISION_COLUMNS, row) for row in rows))


def figures_sheet(name: str, rows: Iterable[FigureRow]) -> Sheet:
    return Sheet(name, FIGURE_COLUMNS, (_cells(FIGURE_COLUMNS, row) for row in rows))


# The earliest that the parts of a workbook, which is a ZIP file, can carry.
NO_TIME = datetime(1980, 1, 1, tzinfo=UTC)


def write_xlsx(sheets: Iterable[Sheet], path: Path | str) -> None:
    """A workbook, written row by row in little memory.

    XLSX holds 32,767 characters a cell and 1,048,576 rows a sheet. What does not fit is refused with its
    place (TableError), no file stays behind, and the same table can be had as CSV.
    """
    book = Workbook(str(path), {"constant_memory": True})
    # The same rows make the same bytes: the time is in the register, not in the file.
    book.set_properties({"created": NO_TIME})
    try:
        for sheet in sheets:
            _fill(book, sheet)
    except BaseException:
        book.close()
        Path(path).unlink(missing_ok=True)
        raise
    book.close()


def _fill(book: Workbook, sheet: Sheet) -> None:
    page = book.add_worksheet(sheet.name)
    bold = book.add_format({"bold": True})
    page.freeze_panes(1, 0)
    for column, title in enumerate(sheet.columns):
        page.write_string(0, column, title, bold)
    for number, cells in enumerate(sheet.rows, start=1):
        for column, cell in enumerate(cells):
            if _write(page, number, column, cell) < 0:
                raise TableError(
                    [
                        Sentence(
                            "Sheet “%(sheet)s”, row %(row)d, column “%(column)s”: more came than XLSX "
                            "holds. Take CSV.",
                            sheet=sheet.name,
                            row=number + 1,
                            column=sheet.columns[column],
                        )
                    ]
                )


def _write(page: Worksheet, row: int, column: int, cell: Cell) -> int:
    """XlsxWriter answers below 0 when it cut a cell short or left it out."""
    if cell is None or cell == "":
        return 0
    written = page.write_string if isinstance(cell, str) else page.write_number
    return int(written(row, column, cell))
