import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from alongside.interviews.reading.cues import BLANK, Piece, Times, refuse_without_arrow, times_of, turns_of
from alongside.interviews.reading.decoding import decode
from alongside.interviews.reading.shapes import LeftOut, Turn, Unreadable, shown

EXAMPLE = "00:00:01.000 --> 00:00:04.000"
CLOCK = r"(?:([0-9]{1,4}):)?([0-9]{2}):([0-9]{2})\.([0-9]{3})"
TIME_LINE = re.compile(rf"[ \t\f]*{CLOCK}[ \t\f]*-->[ \t\f]*{CLOCK}(?:[ \t\f]+(.*))?$")
SIGNATURE = re.compile(r"WEBVTT(?:[ \t](.*))?$")
# The tags of WebVTT. Anything else between < and > is somebody's words: <laughs>.
TAG = re.compile(
    r"<(?P<close>/?)(?P<tag>c|i|b|u|v|ruby|rt|lang)(?P<class>\.[^ \t\n\f>]*)?(?:[ \t\n\f](?P<note>[^>]*))?>"
    r"|<(?:[0-9]+:)?[0-9]{2}:[0-9]{2}\.[0-9]{3}>"
)
OPEN_VOICE = re.compile(r"<v[. \t\n][^>]*$")


@dataclass
class Block:
    """Lines that stand together; `line` is the number of the first one, `times` those of a cue."""

    line: int
    before: list[str] = field(default_factory=list)
    payload: list[str] = field(default_factory=list)
    time_line: int = 0
    times: Times | None = None
    settings: str = ""
    last: bool = False


def turns_in(name: str, data: bytes, left_out: LeftOut, join_cues: bool) -> tuple[list[Turn], str]:
    """Turns of a WebVTT file, one for each cue or for each voice in it.

    The blocks are those of the W3C's parser. Where that parser would drop a cue without a word, this one
    refuses the file; what it skips by design is said in `not_taken`. Unknown settings, missing hours and
    cue identifiers are no fault.
    """
    text, encoding = decode(name, data)
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    signature = SIGNATURE.match(lines[0]) if lines else None
    if signature is None:
        raise Unreadable(
            "“%(file)s”, line 1: “WEBVTT” was expected, “%(came)s” came.",
            file=name,
            came=shown(lines[0] if lines else ""),
        )
    first = _header(lines, signature[1] or "", left_out)
    pieces = list(_pieces(name, list(_blocks(name, lines, first)), left_out))
    return turns_of(pieces, join_cues), encoding


def _header(lines: list[str], title: str, left_out: LeftOut) -> int:
    """Says what the header holds; answers the index of the line where cues may begin."""
    end = 1
    while end < len(lines) and lines[end] != "" and "-->" not in lines[end]:
        end += 1
    header = shown("\n".join([title, *lines[1:end]]))
    if header:
        left_out.say("The header of the file was left out: “%(words)s”.", words=header)
    return end


def _blocks(name: str, lines: list[str], first: int) -> Iterator[Block]:
    at = first
    while at < len(lines):
        if lines[at] == "":
            at += 1
            continue
        block = Block(line=at + 1)
        at = _fill(name, block, lines, at)
        block.last = at >= len(lines)
        yield block


def _fill(name: str, block: Block, lines: list[str], at: int) -> int:
    """One block from line `at` on; answers the index of the first line after it."""
    while at < len(lines) and lines[at] != "":
        line = lines[at]
        if "-->" in line:
            if block.times or len(block.before) > 1:
                break
            block.times = times_of(name, at + 1, line, TIME_LINE, EXAMPLE)
            block.time_line = at + 1
            block.settings = " ".join(line.rpartition("-->")[2].split()[1:])
        elif block.times:
            refuse_without_arrow(name, at + 1, line)
            block.payload.append(line)
        else:
            block.before.append(line)
        at += 1
    return at


def _pieces(name: str, blocks: list[Block], left_out: LeftOut) -> Iterator[Piece]:
    marks: Counter[str] = Counter()
    for block in blocks:
        if block.times is None:
            _skipped(name, block, left_out)
            continue
        if block.last and not block.payload:
            raise Unreadable(
                "“%(file)s”, line %(line)d: words were expected below the last time line, but the file ends "
                "there, so it is cut short.",
                file=name,
                line=block.time_line,
            )
        marks["identifiers"] += bool(block.before)
        marks["settings"] += bool(block.settings)
        yield from _voices(name, block, block.times, marks, left_out)
    _say_marks(marks, left_out)


def _skipped(name: str, block: Block, left_out: LeftOut) -> None:
    first = block.before[0]
    words = shown("\n".join(block.before))
    if re.match(r"NOTE(?:[ \t]|$)", first):
        left_out.say("Line %(line)d: a note was left out: “%(words)s”.", line=block.line, words=words)
    elif first.rstrip() in {"STYLE", "REGION"}:
        left_out.say(
            "Line %(line)d: a block for players was left out: “%(words)s”.", line=block.line, words=words
        )
    else:
        for offset, line in enumerate(block.before):
            refuse_without_arrow(name, block.line + offset, line)
        left_out.say(
            "Line %(line)d: words without a time line were left out: “%(words)s”.",
            line=block.line,
            words=words,
        )


def _voices(name: str, block: Block, times: Times, marks: Counter[str], left_out: LeftOut) -> Iterator[Piece]:
    payload = "\n".join(block.payload)
    if OPEN_VOICE.search(payload):
        raise Unreadable(
            "“%(file)s”, line %(line)d: a voice tag like “<v Name>” was expected, but its “>” is missing.",
            file=name,
            line=block.time_line + 1,
        )
    spoken = [
        Piece(times, speaker, html.unescape(words.strip(BLANK)))
        for speaker, words in _spans(payload, marks)
        if words.strip(BLANK)
    ]
    if not spoken:
        left_out.say("Line %(line)d: a cue without words was left out.", line=block.time_line)
    yield from spoken


def _spans(payload: str, marks: Counter[str]) -> list[tuple[str | None, str]]:
    """The words of a cue voice by voice, tags gone, entities still as they came."""
    spans: list[tuple[str | None, str]] = [(None, "")]
    at = 0
    for match in TAG.finditer(payload):
        speaker, words = spans[-1]
        spans[-1] = (speaker, words + payload[at : match.start()])
        at = match.end()
        if match["tag"] != "v":
            marks["tags"] += not match["close"]
            continue
        marks["tags"] += bool(match["class"])
        voice = None if match["close"] else " ".join(html.unescape(match["note"] or "").split())
        if voice != speaker:
            spans.append((voice, ""))
    speaker, words = spans[-1]
    spans[-1] = (speaker, words + payload[at:])
    return _without_empty_between(spans)


def _without_empty_between(spans: list[tuple[str | None, str]]) -> list[tuple[str | None, str]]:
    """`<v Ann>One.</v> <v Ann>Two.</v>` is one span of Ann."""
    kept: list[tuple[str | None, str]] = []
    for speaker, words in spans:
        if speaker is None and not words.strip(BLANK):
            if kept:
                kept[-1] = (kept[-1][0], kept[-1][1] + words)
        elif kept and kept[-1][0] == speaker:
            kept[-1] = (speaker, kept[-1][1] + words)
        else:
            kept.append((speaker, words))
    return kept


def _say_marks(marks: Counter[str], left_out: LeftOut) -> None:
    if marks["identifiers"]:
        left_out.say("Cue identifiers left out: %(count)d.", count=marks["identifiers"])
    if marks["settings"]:
        left_out.say("Cues whose display settings were left out: %(count)d.", count=marks["settings"])
    if marks["tags"]:
        left_out.say(
            "Tags for style or timing left out, their words kept: %(count)d.",
            count=marks["tags"],
        )
