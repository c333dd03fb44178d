"""Numbers to the places of lines in a drawing. The templates draw; nothing here knows HTML."""

from collections.abc import Sequence
from dataclasses import dataclass

from alongside.reporting.queries import PairRow

LABEL = 230
STEP = 88
DASH = 68
ROW = 60
MOST_LINES = 6


@dataclass(frozen=True)
class PairMark:
    """One pair: the upper line is there when someone spoke, the lower when both did."""

    x: int
    upper: bool
    lower: bool


@dataclass(frozen=True)
class PairLine:
    row: PairRow
    y: int
    marks: list[PairMark]


@dataclass(frozen=True)
class PairFigure:
    lines: list[PairLine]
    width: int
    height: int
    dash: int


def pair_figure(rows: Sequence[PairRow]) -> PairFigure | None:
    """Two lines for each pair and theme; which half spoke is not drawn, so that no pair can be picked out."""
    if not rows:
        return None
    pairs = rows[0].both + rows[0].one + rows[0].neither
    step = STEP if pairs <= MOST_LINES else max(14, STEP * MOST_LINES // pairs)
    dash = max(8, step - (STEP - DASH))
    lines = []
    for index, row in enumerate(rows):
        marks = [
            PairMark(LABEL + step * n, upper=n < row.both + row.one, lower=n < row.both) for n in range(pairs)
        ]
        lines.append(PairLine(row, 35 + ROW * index, marks))
    return PairFigure(lines, LABEL + step * pairs + 20, ROW * len(rows) + 10, dash)
