"""The cells of a file of text, before anybody says what its columns mean."""

import csv
import io
import re

from alongside.exchange.formats.rows import TableError
from alongside.interviews.reading.decoding import decode
from alongside.interviews.reading.shapes import Sentence, Unreadable, shown

LIMIT_BYTES = 50 * 1024 * 1024
LONGEST_CELL = 1_000_000
FIRST_LINES = 10
SEPARATOR = re.compile(r"[,;\t]")


def text_of(label: str, data: bytes) -> tuple[str, str]:
    """The characters of a table and the encoding they came in, if it isn't too large."""
    if len(data) > LIMIT_BYTES:
        raise TableError(
            [
                Sentence(
                    "“%(file)s” has %(size)d MB: a table of at most %(limit)d MB was expected.",
                    file=label,
                    size=len(data) // 1024 // 1024,
                    limit=LIMIT_BYTES // 1024 // 1024,
                )
            ]
        )
    try:
        return decode(label, data)
    except Unreadable as refusal:
        raise TableError([refusal.sentence]) from refusal


def records(name: str, text: str) -> list[list[str]]:
    """Rows of cells. Commas, semicolons or tabs stand between, as the first line that has any has them."""
    upper = text.split("\n", FIRST_LINES)[:FIRST_LINES]
    first = next((line for line in upper if SEPARATOR.search(line)), "")
    separator = max(",;\t", key=first.count)
    before = csv.field_size_limit(LONGEST_CELL)
    found: list[list[str]] = []
    try:
        found.extend(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise TableError(
            [
                Sentence(
                    "“%(file)s”, row %(row)d: cells in well-formed quotation marks, of at most a million "
                    "characters, were expected (%(problem)s).",
                    file=name,
                    row=len(found) + 1,
                    problem=shown(str(error)),
                )
            ]
        ) from error
    finally:
        csv.field_size_limit(before)
    return found
