import re

from striprtf.striprtf import font_table_group, rtf_to_text

from alongside.interviews.reading.labels import SPACE
from alongside.interviews.reading.prose import Paragraph, turns_of
from alongside.interviews.reading.shapes import LeftOut, Turn, Unreadable

HIGH = re.compile(rb"[\x80-\xff]")
# striprtf looks for hyperlinks with an expression that takes very long on a file made for it. Without
# the word \field it finds none, and the words of a link are read all the same.
FIELD = re.compile(r"\\field(?=\s*\{)", re.IGNORECASE)
FONT = re.compile(r"\\f([0-9]{1,5})(?![a-z0-9])")
CHARSET = re.compile(r"\\fcharset([0-9]{1,3})(?![0-9])")
BRACES = re.compile(r"\\[\\{}]|([{}])")


def turns_in(name: str, data: bytes, left_out: LeftOut, join_cues: bool) -> tuple[list[Turn], str]:
    """Turns of an RTF document, each line a paragraph for `prose.turns_of`; table cells get bars between."""
    source = _ascii(data)
    if "\\bin" not in source and _open_groups(source) > 0:
        raise Unreadable(
            "“%(file)s”: a closing “}” was expected at the end, so the file is cut short.", file=name
        )
    text = _text(name, _with_plain_fonts(source))
    _say_rest(source, left_out)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    paragraphs = [Paragraph(number, line.strip(SPACE)) for number, line in enumerate(lines, start=1)]
    codepage = re.search(r"\\ansicpg([0-9]{1,5})", source)
    return turns_of(paragraphs, left_out), f"cp{codepage[1]}" if codepage else "cp1252"


def _ascii(data: bytes) -> str:
    if b"\\bin" in data:
        return data.decode("latin-1")
    return HIGH.sub(lambda byte: b"\\'%02x" % byte[0][0], data).decode("ascii")


def _open_groups(source: str) -> int:
    braces = [match[1] for match in BRACES.finditer(source) if match[1]]
    return braces.count("{") - braces.count("}")


def _with_plain_fonts(source: str) -> str:
    """The same file with a font table of numbers and character sets only.

    striprtf reads the table with an expression that takes very long on a table made for it; of a plain
    one it learns the same.
    """
    table: str = font_table_group(source)  # type: ignore[no-untyped-call]
    if not table:
        return source
    starts = [*FONT.finditer(table)]
    ends = [each.start() for each in starts[1:]] + [len(table)]
    charsets = [CHARSET.search(table, font.end(), end) for font, end in zip(starts, ends, strict=True)]
    fonts = "".join(
        f"{{\\f{font[1]}\\fcharset{charset[1]} x;}}"
        for font, charset in zip(starts, charsets, strict=True)
        if charset
    )
    return source.replace(table, f"{{\\fonttbl{fonts}}}", 1)


def _text(name: str, source: str) -> str:
    try:
        text: str = rtf_to_text(FIELD.sub("", source), errors="strict")  # type: ignore[no-untyped-call]
        # Two \u words make one character beyond the first 65,536; joining them also finds one left alone.
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except (ValueError, TypeError, LookupError, OverflowError) as error:
        raise Unreadable(
            "“%(file)s”: RTF was expected, but its characters or control words are damaged.", file=name
        ) from error
    if "\0" in text:
        raise Unreadable("“%(file)s”: text was expected, but a NUL character came.", file=name)
    return text


def _say_rest(source: str, left_out: LeftOut) -> None:
    pictures, notes, comments, margins, boxes, deletions = (
        len(re.findall(rf"\\(?:{words})(?![a-z])", source))
        for words in (
            "pict|object",
            "footnote",
            "annotation",
            "header[lrf]?|footer[lrf]?",
            "shptxt",
            "deleted",
        )
    )
    if pictures:
        left_out.say("Pictures or objects left out: %(count)d.", count=pictures)
    if notes:
        left_out.say("Footnotes left out: %(count)d.", count=notes)
    if comments:
        left_out.say("Comments left out: %(count)d.", count=comments)
    if margins:
        left_out.say("Page headers and footers were left out.")
    if boxes:
        left_out.say("Text boxes left out: %(count)d.", count=boxes)
    if deletions:
        left_out.say("Tracked deletions read as words: %(count)d.", count=deletions)
