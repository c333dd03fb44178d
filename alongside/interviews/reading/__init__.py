import hashlib
from collections.abc import Callable

from alongside.interviews.reading import opendocument, plain, richtext, srt, vtt, word
from alongside.interviews.reading.kinds import KINDS, LIMIT_BYTES, kind_of
from alongside.interviews.reading.shapes import (
    LeftOut,
    Reading,
    Sentence,
    Turn,
    Unreadable,
    shown,
    speakers_of,
)

__all__ = ["KINDS", "LIMIT_BYTES", "Reading", "Sentence", "Turn", "Unreadable", "read"]

MOST_TURNS = 100_000
READERS: dict[str, Callable[[str, bytes, LeftOut, bool], tuple[list[Turn], str | None]]] = {
    "vtt": vtt.turns_in,
    "srt": srt.turns_in,
    "txt": plain.turns_in,
    "docx": word.turns_in,
    "odt": opendocument.turns_in,
    "rtf": richtext.turns_in,
}


def read(name: str, data: bytes, join_cues: bool = False) -> Reading:
    """Speakers, turns, times and text of a transcript file, or Unreadable with one sentence.

    One cue of a VTT or SRT file is one turn. With `join_cues`, neighbouring cues of the same named speaker
    with a pause of at most two seconds become one. In documents each `Speaker: words` paragraph begins a
    turn. Code points stay as they came (no NFC); line ends become LF and a byte-order mark goes.
    """
    kind = kind_of(name, data)
    label = shown(name, 120)
    left_out = LeftOut()
    turns, encoding = READERS[kind](label, data, left_out, join_cues)
    if not turns:
        raise Unreadable("“%(file)s”: words that somebody said were expected, none came.", file=label)
    if len(turns) > MOST_TURNS:
        raise Unreadable(
            "“%(file)s”: at most %(limit)d turns were expected, %(count)d came. Divide the file.",
            file=label,
            limit=MOST_TURNS,
            count=len(turns),
        )
    return Reading(
        name=name,
        kind=kind,
        turns=tuple(turns),
        speakers=speakers_of(turns),
        encoding=encoding,
        not_taken=left_out.sentences(),
        sha256=hashlib.sha256(data).hexdigest(),
    )
