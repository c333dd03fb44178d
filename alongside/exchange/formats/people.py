"""Tables of people: which cells there are, and which column seems to hold what. Whether a cell can be taken
is for whoever knows the study."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from alongside.exchange.formats.records import records, text_of
from alongside.exchange.formats.rows import TableError, unguard
from alongside.exchange.formats.workbooks import MOST_COLUMNS, MOST_ROWS, Cells, is_workbook, read_workbook
from alongside.interviews.reading.shapes import Sentence, shown

HEADER_WITHIN = 10
LOOKS_LIKE_DATA = re.compile(r"[^@\s]+@[^@\s]+|\+?[\d\s()./-]{6,}")


class Field(StrEnum):
    """What a table can say of a person; each value is the name of its column in our own template."""

    NAME = "name"
    EMAIL = "e-mail"
    PHONE = "phone"
    POST = "post address"
    LANGUAGE = "language"
    TIME_ZONE = "time zone"
    STANDPOINTS = "standpoints"
    OWN_WORDS = "own words"
    ADJUSTMENTS = "adjustments"
    WORKS_WITH = "works with"
    SINCE = "since"


PEOPLE_COLUMNS = tuple(field.value for field in Field)
# Fields that may stand in several columns.
SEVERAL = frozenset({Field.STANDPOINTS, Field.ADJUSTMENTS})
# How else people call these columns, without accents, signs or capitals.
CALLED: dict[Field, tuple[str, ...]] = {
    Field.NAME: ("full name", "person", "who", "called", "known as", "preferred name", "participant name"),
    Field.EMAIL: ("email", "email address", "e mail address", "mail", "contact email"),
    Field.PHONE: ("telephone", "tel", "mobile", "phone number", "mobile number", "contact number", "ring"),
    Field.POST: ("address", "postal address", "post", "home address", "letters to"),
    Field.LANGUAGE: ("preferred language", "speaks", "language spoken"),
    Field.TIME_ZONE: ("timezone", "tz", "zone"),
    Field.STANDPOINTS: (
        "standpoint", "describes themselves as", "describe themselves", "group", "type", "coming as", "role",
    ),
    Field.OWN_WORDS: ("in their own words", "their own words", "self description", "in my own words"),
    Field.ADJUSTMENTS: (
        "adjustment", "makes it easier", "makes it easier to take part", "access needs", "needs",
        "reasonable adjustments", "support needs", "access requirements",
    ),
    Field.WORKS_WITH: ("works together with", "pair", "pair with", "paired with", "working relationship",
        "other half", "partner", "worker", "named worker", "care coordinator", "keyworker", "key worker"),
    Field.SINCE: ("works with since", "working together since", "since when", "together since", "start date",
        "started"),
}  # fmt: skip


@dataclass(frozen=True)
class Grid:
    """One table: its columns' names, and below them its rows as (row number, cells)."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    not_taken: tuple[str, ...]


def read_people(name: str, data: bytes) -> tuple[Grid, ...]:
    """The tables of a CSV or XLSX file: one, or one for each sheet that holds something.

    What it is, its bytes say, not its name. Refused with one sentence a fault: what is no table, a header
    that is missing, two columns of one name, a table without rows.
    """
    label = shown(name, 120)
    if is_workbook(data):
        book = read_workbook(label, data)
        sheets, beside = book.sheets, book.not_taken
    elif name.lower().endswith((".xlsx", ".xlsm", ".xls", ".ods")):
        raise TableError(
            [
                Sentence(
                    "“%(file)s”: an XLSX workbook was expected, as its name says, but it is none.", file=label
                )
            ]
        )
    else:
        sheets, beside = (_text_cells(label, data),), ()
    sheets = tuple(sheet for sheet in sheets if sheet.rows)
    if not sheets:
        raise TableError(
            [
                Sentence(
                    "“%(file)s” is empty: a row of columns’ names and a row for each person were expected.",
                    file=label,
                )
            ]
        )
    if len(sheets) == 1:
        return (_grid(label, sheets[0], beside),)
    return tuple(_several(label, sheets, beside))


def _text_cells(label: str, data: bytes) -> Cells:
    text, _encoding = text_of(label, data)
    rows = []
    for number, cells in enumerate(records(label, text), start=1):
        trimmed = [unguard(cell.strip()).strip() for cell in cells]
        while trimmed and not trimmed[-1]:
            trimmed.pop()
        if trimmed:
            rows.append((number, tuple(trimmed)))
    if len(rows) > MOST_ROWS or any(len(cells) > MOST_COLUMNS for _number, cells in rows):
        raise TableError(
            [
                Sentence(
                    "“%(file)s”: at most %(rows)d rows and %(columns)d columns were expected.",
                    file=label,
                    rows=MOST_ROWS,
                    columns=MOST_COLUMNS,
                )
            ]
        )
    return Cells("", tuple(rows))


def _several(label: str, sheets: Sequence[Cells], beside: tuple[Sentence, ...]) -> Iterator[Grid]:
    """Of several sheets, those that can be tables of people; if none can, why the first can't."""
    refused: TableError | None = None
    found = False
    for sheet in sheets:
        try:
            yield _grid(label, sheet, beside)
            found = True
        except TableError as error:
            refused = refused or error
    if refused and not found:
        raise refused


def _grid(label: str, sheet: Cells, beside: tuple[Sentence, ...]) -> Grid:
    at = _header_at(sheet)
    number, header = sheet.rows[at]
    rows = sheet.rows[at + 1 :]
    width = max(len(header), max((len(cells) for _number, cells in rows), default=0))
    header = header + ("",) * (width - len(header))
    problems = list(_header_faults(label, number, header))
    if not rows and not problems:
        problems.append(
            Sentence(
                "“%(file)s”: a row for each person was expected below row %(row)d, none came.",
                file=label,
                row=number,
            )
        )
    if problems:
        raise TableError(problems)
    above = [Sentence("Row %(row)d, above the columns’ names.", row=each) for each, _cells in sheet.rows[:at]]
    return Grid(sheet.name, header, rows, (*beside, *above))


def _header_at(sheet: Cells) -> int:
    """The first of the upper rows that names a column of names; else the first row."""
    for place, (_number, cells) in enumerate(sheet.rows[:HEADER_WITHIN]):
        if Field.NAME in match(cells).values():
            return place
    return 0


def _header_faults(label: str, number: int, header: tuple[str, ...]) -> Iterator[Sentence]:
    data = next((cell for cell in header if LOOKS_LIKE_DATA.fullmatch(cell)), None)
    if data is not None:
        yield Sentence(
            "“%(file)s”, row %(row)d: names of columns were expected, “%(came)s” came. Write a row above it "
            "that says what each column holds.",
            file=label,
            row=number,
            came=shown(data),
        )
    seen: dict[str, int] = {}
    for place, title in enumerate(header):
        before = seen.setdefault(title.casefold(), place)
        if title and before != place:
            yield Sentence(
                "“%(file)s”, row %(row)d: the columns %(one)s and %(two)s are both called “%(column)s”. "
                "Give each a name of its own.",
                file=label,
                row=number,
                one=letters(before),
                two=letters(place),
                column=shown(title),
            )


def match(header: Sequence[str]) -> dict[int, Field]:
    """Which column seems to hold what: a field is taken once, except those that may come several times."""
    known = {plain(each): field for field in Field for each in (field.value, *CALLED[field])}
    found: dict[int, Field] = {}
    for place, title in enumerate(header):
        field = known.get(plain(title)) or known.get(re.sub(r" \d+$", "", plain(title)))
        if field and (field in SEVERAL or field not in found.values()):
            found[place] = field
    return found


def plain(text: str) -> str:
    """`Post address:` and `post_address` are the same name."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^\w]|_", " ", bare).split())


def letters(column: int) -> str:
    """What a spreadsheet calls the column, counted from 0: A, B, ... Z, AA."""
    name, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def write_people_template() -> str:
    """An empty table with our columns, which any spreadsheet opens."""
    return "\ufeff" + ",".join(PEOPLE_COLUMNS) + "\r\n"
