"""Which files a course may hold: what the ending says, when the first bytes say the same."""

from typing import NamedTuple

import puremagic
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from alongside.training.typed import Upload

MEGABYTES = 25
LONGEST_NAME = 120
ZIP = b"PK\x03\x04"
OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN = b"application/vnd.oasis.opendocument."


class Kind(NamedTuple):
    content_type: str
    # The endings by which puremagic may know it, besides its own.
    also: tuple[str, ...] = ()


KINDS = {
    "pdf": Kind("application/pdf"),
    "docx": Kind(f"{OFFICE}wordprocessingml.document"),
    "pptx": Kind(f"{OFFICE}presentationml.presentation"),
    "odt": Kind("application/vnd.oasis.opendocument.text"),
    "odp": Kind("application/vnd.oasis.opendocument.presentation"),
    "rtf": Kind("application/rtf"),
    "txt": Kind("text/plain; charset=utf-8"),
    "png": Kind("image/png"),
    "jpg": Kind("image/jpeg", ("jpeg", "jfif", "jpe")),
    "jpeg": Kind("image/jpeg", ("jpg", "jfif", "jpe")),
    "mp3": Kind("audio/mpeg", ("mpga",)),
    "m4a": Kind("audio/mp4", ("f4a",)),
    "ogg": Kind("audio/ogg", ("oga",)),
    "wav": Kind("audio/wav"),
}

# What is made of letters too, and is something else all the same.
MARKED_UP = {"html", "htm", "svg", "xml", "rtf", "pdf"}


def plain_name(name: str) -> str:
    """The last piece of a name, without what no name needs: it is shown and sent, and opens no path."""
    last = name.replace("\\", "/").rpartition("/")[2]
    stem, dot, ending = "".join(c for c in last if c.isprintable()).strip(" .").rpartition(".")
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}{dot}{ending}" if dot else ending[:LONGEST_NAME]


def content_type_of(upload: Upload) -> str:
    """What the file may be sent as; ValidationError says what was expected and what came."""
    name = plain_name(upload.name)
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending not in KINDS:
        raise ValidationError(
            _("“%(file)s”: a file ending in %(endings)s was expected. A film is better given as a link.")
            % {"file": name, "endings": ", ".join(f".{known}" for known in KINDS)}
        )
    if not upload.data:
        raise ValidationError(_("“%(file)s” is empty.") % {"file": name})
    if len(upload.data) > MEGABYTES * 1024 * 1024:
        raise ValidationError(
            _("“%(file)s” has %(size)s MB: a file of at most %(limit)s MB was expected. Give a link instead.")
            % {"file": name, "size": len(upload.data) // 1024 // 1024, "limit": MEGABYTES}
        )
    if not _is(ending, upload.data):
        raise ValidationError(
            _("“%(file)s”: its name says .%(ending)s, but its content is something else.")
            % {"file": name, "ending": ending}
        )
    return KINDS[ending].content_type


def _is(ending: str, data: bytes) -> bool:
    if data.startswith(ZIP):
        return _zipped(ending, data)
    known = _known_as(data)
    if ending == "txt":
        return not known & MARKED_UP and _reads_as_text(data)
    return bool(known & {ending, *KINDS[ending].also})


def _zipped(ending: str, data: bytes) -> bool:
    """Every office format is a zip archive; what lies in it says which."""
    if ending in ("docx", "pptx"):
        return b"[Content_Types].xml" in data and (b"word/" if ending == "docx" else b"ppt/") in data
    if ending in ("odt", "odp"):
        return OPEN + (b"text" if ending == "odt" else b"presentation") in data[:200]
    return False


def _known_as(data: bytes) -> set[str]:
    try:
        return {match.extension.lstrip(".") for match in puremagic.magic_string(data[:65536])}
    except (puremagic.PureError, ValueError):
        return set()


def _reads_as_text(data: bytes) -> bool:
    try:
        return "\0" not in data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
