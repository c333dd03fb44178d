"""Reading the items of a college's own measure from a table: what each asks, and what each answer means."""

import csv
import io
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LARGEST = 1024 * 1024
MOST_ITEMS, MOST_ANCHORS, LONGEST = 200, 11, 1000


@dataclass(frozen=True)
class NewItem:
    words: str
    anchors: list[str]


def read_items(data: bytes) -> list[NewItem]:
    """The items of a CSV file with the columns item, 0, 1, 2 and so on; ValidationError names the fault."""
    if len(data) > LARGEST:
        raise ValidationError(_("The table is larger than 1 MB. A measure is a page or two of words."))
    try:
        text = data.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise ValidationError(_("This is not a CSV table in UTF-8. Save it as “CSV UTF-8”.")) from error
    head = [cell.strip().casefold() for cell in rows[0]] if rows else []
    wanted = ["item", *(str(value) for value in range(max(len(head) - 1, 0)))]
    if len(head) < 3 or head != wanted:
        raise ValidationError(
            _("The first row was expected to say item, 0, 1, 2 and so on. It says: %(head)s.")
            % {"head": ", ".join(cell[:40] for cell in head) or "–"}
        )
    lines = [(place, row) for place, row in enumerate(rows[1:], start=2) if any(cell.strip() for cell in row)]
    items = [_item(place, row, len(head)) for place, row in lines]
    if not 1 <= len(items) <= MOST_ITEMS or len(head) - 1 > MOST_ANCHORS:
        raise ValidationError(
            _("From 1 to %(items)s items were expected, with answers from 0 to at most %(highest)s.")
            % {"items": MOST_ITEMS, "highest": MOST_ANCHORS - 1}
        )
    return items


def _item(place: int, row: list[str], width: int) -> NewItem:
    words, *anchors = (cell.strip() for cell in row)
    while anchors and not anchors[-1]:
        anchors.pop()
    if not words or len(anchors) < 2 or not all(anchors) or len(anchors) >= width:
        raise ValidationError(
            _("Row %(row)s: an item and two answers or more were expected, with no gap between them.")
            % {"row": place}
        )
    if max(map(len, (words, *anchors))) > LONGEST:
        raise ValidationError(
            _("Row %(row)s: at most %(most)s characters were expected in a cell.")
            % {"row": place, "most": LONGEST}
        )
    return NewItem(words, anchors)
