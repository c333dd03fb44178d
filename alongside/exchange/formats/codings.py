from collections.abc import Iterator
from dataclasses import dataclass

from alongside.exchange.formats.records import records, text_of
from alongside.exchange.formats.rows import PARENT, CodingRow, TableError, code_path, unguard
from alongside.interviews.reading.shapes import Sentence, shown

REQUIRED = ("transcript", "turn", "code", "coder")
OPTIONAL = ("start", "end", "quote", "memo", "definition")
HIGHEST = 2**31 - 1


@dataclass(frozen=True)
class CodingTable:
    """What a file of codings says; `ignored_columns` are those with names this format does not have."""

    rows: tuple[CodingRow, ...]
    ignored_columns: tuple[str, ...]
    encoding: str


def read_codings(name: str, data: bytes) -> CodingTable:
    """Codings of a CSV file: columns `transcript`, `turn`, `code`, `coder`, and optional ones.

    `start` and `end` come both or not at all. Separators are commas, semicolons or tabs, as the first line
    has them. All faulty rows are named, up to twenty, and then nothing is taken. Rows count as a
    spreadsheet shows them: the columns' names are row 1. Other columns are named in `ignored_columns`.
    An apostrophe before = + - @ or a tab, which the writers put there, is taken off.
    """
    label = shown(name, 120)
    text, encoding = text_of(label, data)
    table = records(label, text)
    columns = _columns(label, table[0] if table else [])
    problems: list[Sentence] = []
    rows = [
        row
        for number, cells in enumerate(table[1:], start=2)
        if any(cell.strip() for cell in cells)
        for row in _row(_Cells(number, cells, columns, len(table[0])), problems)
    ]
    if problems:
        raise TableError(problems)
    if not rows:
        raise TableError([Sentence("“%(file)s”: at least one coding was expected, none came.", file=label)])
    known = {*REQUIRED, *OPTIONAL}
    ignored = tuple(column.strip() for column in table[0] if column.strip().lower() not in known)
    return CodingTable(tuple(rows), tuple(column for column in ignored if column), encoding)


def _columns(name: str, header: list[str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    problems = []
    for index, title in enumerate(header):
        column = title.strip().lower()
        if column in columns and column in {*REQUIRED, *OPTIONAL}:
            problems.append(
                Sentence(
                    "“%(file)s”, row 1: the column “%(column)s” is there twice.", file=name, column=column
                )
            )
        columns.setdefault(column, index)
    missing = [column for column in REQUIRED if column not in columns]
    if missing:
        problems.append(
            Sentence(
                "“%(file)s”, row 1: the columns %(columns)s were expected, “%(came)s” came.",
                file=name,
                columns=", ".join(missing),
                came=shown(", ".join(header), 120),
            )
        )
    if problems:
        raise TableError(problems)
    return columns


class _Cells:
    """One record, with what is wrong in it."""

    def __init__(self, number: int, cells: list[str], columns: dict[str, int], width: int) -> None:
        self._number = number
        self._cells = cells
        self._columns = columns
        self.problems: list[Sentence] = []
        if any(cell.strip() for cell in cells[width:]):
            self.say(
                "Row %(row)d: %(width)d cells were expected, %(came)d came.", width=width, came=len(cells)
            )

    def text(self, column: str) -> str:
        index = self._columns.get(column)
        return unguard(self._cells[index]) if index is not None and index < len(self._cells) else ""

    def needed(self, column: str) -> str:
        cell = self.text(column).strip()
        if not cell:
            self.say("Row %(row)d, column “%(column)s”: a text was expected, nothing came.", column=column)
        return cell

    def number(self, column: str, lowest: int) -> int | None:
        cell = self.text(column).strip()
        if not cell:
            return None
        if cell.isascii() and cell.isdecimal() and len(cell) <= 10 and lowest <= int(cell) <= HIGHEST:
            return int(cell)
        self.say(
            "Row %(row)d, column “%(column)s”: a whole number from %(lowest)d on was expected, "
            "“%(came)s” came.",
            column=column,
            lowest=lowest,
            came=shown(cell),
        )
        return None

    def say(self, template: str, **values: object) -> None:
        self.problems.append(Sentence(template, row=self._number, **values))


def _row(record: _Cells, problems: list[Sentence]) -> Iterator[CodingRow]:
    """The coding of a record, or nothing and its problems."""
    row = CodingRow(
        transcript=record.needed("transcript"),
        turn=record.number("turn", 1),
        start=record.number("start", 0),
        end=record.number("end", 0),
        quote=record.text("quote"),
        code=PARENT.join(code_path(record.needed("code"))),
        coder=record.needed("coder"),
        memo=record.text("memo"),
        definition=record.text("definition"),
    )
    if not record.problems:
        _check_code(record, row)
        _check_span(record, row)
    problems.extend(record.problems)
    if not record.problems:
        yield row


def _check_code(record: _Cells, row: CodingRow) -> None:
    if any(not part or part.startswith(">") or part.endswith(">") for part in code_path(row.code)):
        record.say(
            "Row %(row)d, column “%(column)s”: a name on each side of “>” was expected, “%(came)s” came.",
            column="code",
            came=shown(row.code),
        )


def _check_span(record: _Cells, row: CodingRow) -> None:
    if row.turn is None and (row.start is not None or row.end is not None or not row.quote):
        record.say(
            "Row %(row)d, column “%(column)s”: the number of a turn was expected, or a quote alone.",
            column="turn",
        )
    if (row.start is None) != (row.end is None):
        record.say(
            "Row %(row)d, column “%(column)s”: start and end were expected together, only one came.",
            column="start" if row.start is None else "end",
        )
    if row.start is None or row.end is None:
        return
    if row.start >= row.end:
        record.say(
            "Row %(row)d, column “%(column)s”: an end after the start %(start)d was expected, %(end)d came.",
            column="end",
            start=row.start,
            end=row.end,
        )
    elif row.quote and len(row.quote) != row.end - row.start:
        record.say(
            "Row %(row)d, column “%(column)s”: %(length)d characters were expected, as start and end say, "
            "%(came)d came.",
            column="quote",
            length=row.end - row.start,
            came=len(row.quote),
        )
