import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from alongside.interviews.reading.cues import BLANK, Piece, Times, refuse_without_arrow, times_of, turns_of
from alongside.interviews.reading.decoding import decode
from alongside.interviews.reading.shapes import LeftOut, Turn, Unreadable, shown

EXAMPLE = "00:00:01,000 --> 00:00:04,000"
CLOCK = r"([0-9]{1,4}):([0-9]{1,2}):([0-9]{1,2})[.,]([0-9]{3})"
TIME_LINE = re.compile(rf"[ \t]*{CLOCK}[ \t]*-->[ \t]*{CLOCK}(?:[ \t]+(.*))?$")
# A line that wants to be a time line: an arrow, and a clock on either side of it.
TIME_LIKE = re.compile(r"\s*[0-9]+:[0-9].*-->|.*-->\s*[0-9]+:[0-9]|\s*-->")
NUMBER = re.compile(r"[ \t]*[0-9]+[ \t]*$")
TAG = re.compile(r"</?(?:b|i|u|s|font(?:[ \t][^<>]*)?)>|\{\\[^{}]*\}", re.IGNORECASE)


@dataclass
class Block:
    line: int
    time_line: int = 0
    times: Times | None = None
    words: list[str] = field(default_factory=list)
    last: bool = False


def turns_in(name: str, data: bytes, left_out: LeftOut, join_cues: bool) -> tuple[list[Turn], str]:
    """Turns of a SubRip file, one for each cue; numbers may be missing and thousandths follow , or ."""
    text, encoding = decode(name, data)
    lines = text.rstrip("\n").split("\n")
    blocks = list(_blocks(name, lines))
    if not any(block.times for block in blocks):
        raise Unreadable(
            "“%(file)s”, line 1: a number and a time line like “%(example)s” were expected, “%(came)s” came.",
            file=name,
            example=EXAMPLE,
            came=shown(lines[0]),
        )
    return turns_of(list(_pieces(name, blocks, left_out)), join_cues), encoding


def _blocks(name: str, lines: list[str]) -> Iterator[Block]:
    at = 0
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        block = Block(line=at + 1)
        at = _fill(name, block, lines, at)
        block.last = at >= len(lines)
        yield block


def _fill(name: str, block: Block, lines: list[str], at: int) -> int:
    while at < len(lines) and lines[at].strip():
        line = lines[at]
        if block.words and _begins(lines, at):
            break
        if not block.times and TIME_LIKE.match(line):
            block.times = times_of(name, at + 1, line, TIME_LINE, EXAMPLE)
            block.time_line = at + 1
        elif TIME_LIKE.match(line):
            times_of(name, at + 1, line, TIME_LINE, EXAMPLE)
            break
        elif block.times or not NUMBER.match(line) or at + 1 != block.line:
            refuse_without_arrow(name, at + 1, line)
            block.words.append(line)
        at += 1
    return at


def _begins(lines: list[str], at: int) -> bool:
    """The next cue begins here, though no empty line stands before it."""
    below = lines[at + 1] if at + 1 < len(lines) else ""
    return bool(TIME_LINE.match(lines[at]) or (NUMBER.match(lines[at]) and TIME_LINE.match(below)))


def _pieces(name: str, blocks: list[Block], left_out: LeftOut) -> Iterator[Piece]:
    tags = 0
    for block in blocks:
        words, styled = TAG.subn("", "\n".join(block.words))
        tags += styled
        words = words.strip(BLANK)
        if block.times is None:
            left_out.say(
                "Line %(line)d: words without a time line were left out: “%(words)s”.",
                line=block.line,
                words=shown(words),
            )
        elif block.last and not block.words:
            raise Unreadable(
                "“%(file)s”, line %(line)d: words were expected below the last time line, but the file ends "
                "there, so it is cut short.",
                file=name,
                line=block.time_line,
            )
        elif words:
            yield Piece(block.times, None, words)
        else:
            left_out.say("Line %(line)d: a cue without words was left out.", line=block.time_line)
    if tags:
        left_out.say("Tags for style or timing left out, their words kept: %(count)d.", count=tags)
