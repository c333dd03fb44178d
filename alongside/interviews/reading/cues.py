import re
from collections.abc import Iterable
from dataclasses import dataclass

from alongside.interviews.reading.labels import FRAMED, SPOKEN, Opening, labels_that_count, opening
from alongside.interviews.reading.shapes import Turn, Unreadable, shown

BLANK = " \t\n"
PAUSE_MS = 2_000
MOST_HOURS = 99
# Two clocks with thousandths and no words between them: a time line whose arrow is missing or maimed.
CLOCK = r"\s*[0-9]+:[0-9:]+[.,][0-9]+\s*"
NO_ARROW = re.compile(rf"{CLOCK}[^\w\s]{{0,4}}\s*[^\w\s]{{0,4}}{CLOCK}$")


@dataclass(frozen=True)
class Times:
    start_ms: int
    end_ms: int


@dataclass(frozen=True)
class Piece:
    """Words of one cue; `speaker` is None when the cue names nobody by a tag."""

    times: Times
    speaker: str | None
    text: str


def times_of(name: str, number: int, line: str, pattern: re.Pattern[str], example: str) -> Times:
    """Of a time line; its pattern has hours, minutes, seconds, thousandths, twice."""
    match = pattern.match(line)
    if match is None:
        raise Unreadable(
            "“%(file)s”, line %(line)d: a time line like “%(example)s” was expected, “%(came)s” came.",
            file=name,
            line=number,
            example=example,
            came=shown(line),
        )
    values = [int(value or 0) for value in match.groups()[:8]]
    if max(values[0], values[4]) > MOST_HOURS or max(values[1], values[2], values[5], values[6]) > 59:
        raise Unreadable(
            "“%(file)s”, line %(line)d: minutes and seconds up to 59 and hours up to 99 were expected, "
            "“%(came)s” came.",
            file=name,
            line=number,
            came=shown(line),
        )
    start, end = _ms(values[:4]), _ms(values[4:])
    if start > end:
        raise Unreadable(
            "“%(file)s”, line %(line)d: a cue that ends after it starts was expected, “%(came)s” came.",
            file=name,
            line=number,
            came=shown(line),
        )
    return Times(start, end)


def _ms(values: list[int]) -> int:
    hours, minutes, seconds, thousandths = values
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


def refuse_without_arrow(name: str, number: int, line: str) -> None:
    if NO_ARROW.match(line[:200]):
        raise Unreadable(
            "“%(file)s”, line %(line)d: “-->” was expected between the two times, “%(came)s” came.",
            file=name,
            line=number,
            came=shown(line),
        )


def turns_of(pieces: Iterable[Piece], join_cues: bool) -> list[Turn]:
    """One turn for each cue, or for each voice in it; joined when asked.

    A cue without a voice tag may name its speaker as `Speaker: words`, as Zoom does; inside such a cue
    a line begins another turn when its label opens a cue somewhere else.
    """
    gathered = list(pieces)
    names = labels_that_count(
        label for piece in gathered if piece.speaker is None for label in [_label(piece.text)] if label
    )
    turns = [turn for piece in gathered for turn in _split(piece, names)]
    return _joined(turns) if join_cues else turns


def _label(text: str) -> Opening | None:
    line = text.partition("\n")[0]
    return opening(line) if FRAMED.match(line) or SPOKEN.match(line) else None


def _split(piece: Piece, names: frozenset[str]) -> list[Turn]:
    start, end = piece.times.start_ms, piece.times.end_ms
    if piece.speaker is not None:
        return [Turn(piece.speaker, piece.text, start, end)]
    spoken: list[tuple[str, list[str]]] = [("", [])]
    for line in piece.text.split("\n"):
        label = _label(line)
        if label and (label.label in names or label.sure):
            spoken.append((label.label or "", [label.text] if label.text else []))
        else:
            spoken[-1][1].append(line)
    if not spoken[0][1]:
        del spoken[0]
    if not all(any(lines) for _, lines in spoken):
        # A name with no words after it is itself all the cue says.
        return [Turn("", piece.text, start, end)]
    return [Turn(speaker, "\n".join(lines), start, end) for speaker, lines in spoken]


def _joined(turns: list[Turn]) -> list[Turn]:
    """Neighbours with the same named speaker and no pause over two seconds become one turn."""
    joined: list[Turn] = []
    for turn in turns:
        last = joined[-1] if joined else None
        if last and turn.speaker and last.speaker == turn.speaker and _gap(last, turn) <= PAUSE_MS:
            end = max(last.end_ms or 0, turn.end_ms or 0)
            joined[-1] = Turn(last.speaker, f"{last.text} {turn.text}", last.start_ms, end)
        else:
            joined.append(turn)
    return joined


def _gap(last: Turn, turn: Turn) -> int:
    return (turn.start_ms or 0) - (last.end_ms or 0)
