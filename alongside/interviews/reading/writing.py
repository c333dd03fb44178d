import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from itertools import pairwise

from docx import Document
from docx.document import Document as DocumentType

from alongside.interviews.reading.labels import Opening, labels_that_count, opening
from alongside.interviews.reading.shapes import Turn, shown

ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\0": "\ufffd"})
EDGE = re.compile(r"\A[ \t\n]+|[ \t\n]+\Z")
EMPTY_LINES = re.compile(r"\n{2,}")
# The earliest moment a zip can hold. Written instead of now, so that the same turns make the same bytes.
EPOCH = (1980, 1, 1, 0, 0, 0)
UNFIT_FOR_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def to_vtt(turns: Iterable[Turn]) -> str:
    """A WebVTT file with one cue a turn, which `read` turns back into the same turns.

    Every turn needs a start. One without an end lasts until the next begins, the last one no time.
    A speaker's name may hold anything but line feeds and runs of white space.
    """
    every = list(turns)
    cues = [
        f"{_clock(start)} --> {_clock(end)}\n{_voice(number, turn)}{_payload(turn.text)}\n"
        for number, (turn, (start, end)) in enumerate(zip(every, _times(every), strict=True), start=1)
    ]
    return "\n".join(["WEBVTT\n", *cues])


def _times(turns: Sequence[Turn]) -> list[tuple[int, int]]:
    starts = []
    for number, turn in enumerate(turns, start=1):
        if turn.start_ms is None:
            raise ValueError(f"Turn {number} has no time, and a VTT file needs one. Use a Word file.")
        starts.append(turn.start_ms)
    ends = [max(here, after) for here, after in pairwise([*starts, *starts[-1:]])]
    return [
        (start, end if turn.end_ms is None else turn.end_ms)
        for turn, start, end in zip(turns, starts, ends, strict=True)
    ]


def _clock(milliseconds: int) -> str:
    seconds, thousandths = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{thousandths:03}"


def _voice(number: int, turn: Turn) -> str:
    _check_name(number, turn)
    if turn.speaker:
        return f"<v {turn.speaker.translate(ENTITIES)}>"
    # An empty voice keeps `Ann: hello`, said by nobody named, from being read as Ann's.
    return "<v>" if ":" in turn.text or "：" in turn.text else ""


def _check_name(number: int, turn: Turn) -> None:
    if turn.speaker != " ".join(turn.speaker.split()):
        raise ValueError(
            f"Turn {number}: a speaker's name on one line, with single spaces, was expected, "
            f"“{shown(turn.speaker)}” came."
        )


def _payload(text: str) -> str:
    """The words of a cue: no empty line may stand in it, nor white space be lost at its ends."""
    words = _line_feeds(text).translate(ENTITIES)
    words = EDGE.sub(_references, words)
    return EMPTY_LINES.sub(_references, words)


def _references(found: re.Match[str]) -> str:
    return "".join(f"&#{ord(char)};" for char in found[0])


def _line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def to_docx(turns: Iterable[Turn], title: str) -> bytes:
    """A Word file with one paragraph a turn, `[start --> end] Speaker: words`, and the title above.

    `read` turns it back into the same turns, but for white space at the ends of a turn; a control
    character, which Word cannot hold, is shown as its picture (␌). The same turns make the same bytes.
    """
    every = list(turns)
    plain = labels_that_count(Opening(turn.speaker, "") for turn in every)
    document = Document()
    _without_dates(document)
    document.core_properties.title = _fit_for_xml(title)[:255]
    if title:
        document.add_heading(_fit_for_xml(title), level=0)
    for number, turn in enumerate(every, start=1):
        paragraph = document.add_paragraph()
        paragraph.add_run(_fit_for_xml(_head(number, turn, plain))).bold = True
        paragraph.add_run(" " + _fit_for_xml(_line_feeds(turn.text)))
    buffer = io.BytesIO()
    document.save(buffer)
    return _same_bytes_always(buffer.getvalue())


def _head(number: int, turn: Turn, plain: frozenset[str]) -> str:
    """How the turn begins: the name alone where it is understood so, else in brackets."""
    _check_name(number, turn)
    stamp = ""
    if turn.start_ms is not None:
        end = "" if turn.end_ms is None else f" --> {_clock(turn.end_ms)}"
        stamp = f"[{_clock(turn.start_ms)}{end}] "
    for head in (f"{stamp}{turn.speaker}:", f"{stamp}[{turn.speaker}]:"):
        found = opening(f"{head} words")
        if found and (found.sure or found.label in plain) and _says(found, turn):
            return head
    raise ValueError(
        f"Turn {number}: a speaker's name without brackets and unlike a time was expected, "
        f"“{shown(turn.speaker)}” came."
    )


def _says(found: Opening, turn: Turn) -> bool:
    return (found.label, found.text, found.start_ms, found.end_ms) == (
        turn.speaker,
        "words",
        turn.start_ms,
        turn.end_ms,
    )


def _fit_for_xml(text: str) -> str:
    return UNFIT_FOR_XML.sub(lambda found: _picture(found[0]), text)


def _picture(char: str) -> str:
    return chr(0x2400 + ord(char)) if ord(char) < 0x20 else "\ufffd"


def _without_dates(document: DocumentType) -> None:
    """The template names an author and a day which are not this file's."""
    properties = document.core_properties._element
    for each in list(properties):
        properties.remove(each)


def _same_bytes_always(data: bytes) -> bytes:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as made,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as copied,
    ):
        for member in made.namelist():
            entry = zipfile.ZipInfo(member, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            copied.writestr(entry, made.read(member))
    return buffer.getvalue()
