import re

import puremagic

from alongside.interviews.reading.shapes import Unreadable, shown

# Text of ten megabytes is two hundred hours of talk. Documents may hold pictures.
MEGABYTES = {"vtt": 10, "srt": 10, "txt": 10, "docx": 50, "odt": 50, "rtf": 10}
KINDS = tuple(MEGABYTES)
LIMIT_BYTES = max(MEGABYTES.values()) * 1024 * 1024
ZIP = b"PK\x03\x04"
# Beginnings that no transcript in plain text has, though puremagic alone would also suspect "BM" or "MZ".
BINARY = (
    b"%PDF-",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\xd0\xcf\x11\xe0",
    b"\x7fELF",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"Rar!",
    b"OggS",
    b"fLaC",
    b"ID3\x02",
    b"ID3\x03",
    b"ID3\x04",
    b"{\\rtf",
)
MARKUP = re.compile(rb"\s*<(?:!DOCTYPE|html\b|\?xml)", re.IGNORECASE)
TIMED = re.compile(rb"\s*[0-9]{1,9}[ \t]*\r?\n[0-9]{1,3}:[0-9]{2}:[0-9]{2}[.,][0-9]+[ \t]*-->")


def kind_of(name: str, data: bytes) -> str:
    """One of KINDS: what the ending of the name says, when the content says the same."""
    if not data:
        raise Unreadable("“%(file)s” is empty: a transcript was expected.", file=shown(name, 120))
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending not in KINDS:
        raise Unreadable(
            "“%(file)s”: a file ending in .vtt, .srt, .txt, .docx, .odt or .rtf was expected.",
            file=shown(name, 120),
        )
    if len(data) > MEGABYTES[ending] * 1024 * 1024:
        raise Unreadable(
            "“%(file)s” has %(size)d MB: a .%(ending)s file of at most %(limit)d MB was expected.",
            file=shown(name, 120),
            size=len(data) // 1024 // 1024,
            ending=ending,
            limit=MEGABYTES[ending],
        )
    found = _content(data)
    if found in KINDS and found != ending:
        raise Unreadable(
            "“%(file)s”: its name says .%(ending)s, its content is %(found)s. Give it the ending .%(found)s.",
            file=shown(name, 120),
            ending=ending,
            found=found,
        )
    if found not in {ending, ""} or (ending in {"docx", "odt", "rtf"} and not found):
        raise Unreadable(
            "“%(file)s”: its name says .%(ending)s, but its content is something else (%(found)s).",
            file=shown(name, 120),
            ending=ending,
            found=found or _called(data),
        )
    return ending


def _content(data: bytes) -> str:
    """A kind, or what else the first bytes are called, or nothing for a text that says nothing of itself."""
    if data.startswith(ZIP):
        return _zipped(data)
    if data.startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith(BINARY):
        return _called(data)
    text = data.removeprefix(b"\xef\xbb\xbf")[:4096]
    if re.match(rb"WEBVTT(?:[ \t\r\n]|$)", text):
        return "vtt"
    if TIMED.match(text):
        return "srt"
    return "HTML or XML" if MARKUP.match(text) else ""


def _zipped(data: bytes) -> str:
    if b"[Content_Types].xml" in data:
        if b"word/" in data:
            return "docx"
        return "xlsx" if b"xl/" in data else "pptx" if b"ppt/" in data else "zip archive"
    start = data[:200]
    if b"application/vnd.oasis.opendocument.text" in start:
        return "odt"
    if b"application/vnd.oasis.opendocument" in start:
        return "OpenDocument"
    # A file that was packed anew may have its type packed too; the reader looks inside.
    return "odt" if b"mimetype" in start and b"content.xml" in data else "zip archive"


def _called(data: bytes) -> str:
    try:
        matches = puremagic.magic_string(data[:65536])
    except (puremagic.PureError, ValueError):
        return "unknown"
    named = [match for match in matches if match.name]
    return shown(named[0].name) if named else "unknown"
