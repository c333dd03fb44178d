import codecs
import re

from charset_normalizer import from_bytes

from alongside.interviews.reading.shapes import Unreadable

# UTF-32's mark begins with UTF-16's, so it is asked first.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Control characters other than tab, line ends, vertical tab and form feed: text has next to none.
CONTROLS = re.compile("[\x01-\x08\x0e-\x1f\x7f]")
ONE_IN = 100


def decode(name: str, data: bytes) -> tuple[str, str]:
    """Characters of a text file, and the name of the encoding they came in.

    Tried in this order: the byte-order mark, strict UTF-8, Windows-1252, a guess. Code points are kept
    as they came: nothing is composed or decomposed (no NFC). Only three things change: a byte-order mark
    goes, CRLF and CR become LF, and a NUL character makes the file unreadable.
    """
    text, encoding = _characters(name, data)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    nul = text.find("\0")
    if nul >= 0:
        raise Unreadable(
            "“%(file)s”, line %(line)d: text was expected, but a NUL character came: this is no text file.",
            file=name,
            line=text.count("\n", 0, nul) + 1,
        )
    controls = len(CONTROLS.findall(text))
    if controls * ONE_IN > len(text):
        raise Unreadable(
            "“%(file)s”: text was expected, but %(count)d control characters came: this is no text.",
            file=name,
            count=controls,
        )
    return text, encoding


def _characters(name: str, data: bytes) -> tuple[str, str]:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _marked(name, data[len(mark) :], encoding), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and not data[: error.start].isascii():
            raise Unreadable(
                "“%(file)s”: the file is cut short, its last character in UTF-8 is not complete.", file=name
            ) from error
    try:
        return data.decode("cp1252"), "cp1252"
    except UnicodeDecodeError:
        return _guessed(name, data)


def _marked(name: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(
            "“%(file)s”: its first bytes promise %(encoding)s, but byte %(byte)d is not %(encoding)s.",
            file=name,
            encoding=encoding.upper(),
            byte=error.start + 1,
        ) from error


def _guessed(name: str, data: bytes) -> tuple[str, str]:
    guess = from_bytes(data).best()
    if guess is None:
        raise Unreadable(
            "“%(file)s”: text in UTF-8 was expected, but its bytes are text in no known encoding.", file=name
        )
    try:
        return data.decode(guess.encoding), guess.encoding
    except (UnicodeDecodeError, LookupError) as error:
        raise Unreadable(
            "“%(file)s”: text in UTF-8 was expected, but its bytes are text in no known encoding.", file=name
        ) from error
