import re
from collections.abc import Iterator

from lxml import etree

from alongside.interviews.reading.package import Package, attribute, tag
from alongside.interviews.reading.prose import Paragraph, turns_of
from alongside.interviews.reading.shapes import LeftOut, Turn, Unreadable, shown

ODF = "urn:oasis:names:tc:opendocument:xmlns:"
PREFIXES = {
    f"{ODF}office:1.0": "office",
    f"{ODF}text:1.0": "text",
    f"{ODF}table:1.0": "table",
    f"{ODF}drawing:1.0": "draw",
    f"{ODF}style:1.0": "style",
}
TITLES = frozenset({"Title", "Subtitle"})
MOST_SPACES = 1_000
SILENT = frozenset(
    {"office:forms", "text:sequence-decls", "text:variable-decls", "text:user-field-decls", "text:ruby-text"}
)
SPACES = re.compile(r"[ \t\r\n]+")


def turns_in(name: str, data: bytes, left_out: LeftOut, join_cues: bool) -> tuple[list[Turn], None]:
    """Turns of an OpenDocument text, by the conventions of `prose.turns_of`.

    Tables, pictures, text boxes, notes, comments, deletions, headers and the title are said in `not_taken`.
    """
    package = Package(name, data)
    root = package.xml("content.xml")
    bodies = [each for each in root.iter() if tag(each, PREFIXES) == "office:text"]
    if not bodies:
        raise Unreadable("“%(file)s”: an OpenDocument text was expected, none is inside.", file=name)
    paragraphs = list(_Document(left_out).paragraphs(bodies[0]))
    if "styles.xml" in package.parts:
        _say_margins(package.xml("styles.xml"), left_out)
    return turns_of(paragraphs, left_out), None


def _say_margins(styles: etree._Element, left_out: LeftOut) -> None:
    for each in styles.iter():
        if tag(each, PREFIXES) in {"style:header", "style:footer"} and _all_text(each).strip():
            left_out.say("A page header or footer was left out: “%(words)s”.", words=shown(_all_text(each)))


def _all_text(element: etree._Element) -> str:
    return " ".join(str(piece) for piece in element.itertext())


class _Document:
    """Walks the text once, in reading order, counting paragraphs from 1."""

    def __init__(self, left_out: LeftOut) -> None:
        self._left_out = left_out
        self._place = 0

    def paragraphs(self, parent: etree._Element) -> Iterator[Paragraph]:
        for child in parent:
            kind = tag(child, PREFIXES)
            if kind in {"text:p", "text:h"}:
                yield from self._paragraph(child)
            elif not self._said(child, kind) and kind not in SILENT:
                if kind == "text:list":
                    self._left_out.say(
                        "After paragraph %(place)d: the numbers or bullets of a list were left out.",
                        place=self._place,
                    )
                yield from self.paragraphs(child)

    def _paragraph(self, element: etree._Element) -> Iterator[Paragraph]:
        self._place += 1
        words = _collapsed(self._words(element))
        if attribute(element, "style-name") in TITLES and words.strip():
            self._left_out.say("The title was left out: “%(words)s”.", words=shown(words))
        else:
            yield Paragraph(self._place, words)

    def _words(self, parent: etree._Element) -> Iterator[tuple[str, bool]]:
        """Pieces of text, each with whether its white space is meant exactly as it stands."""
        yield parent.text or "", False
        for child in parent:
            kind = tag(child, PREFIXES)
            if kind == "text:s":
                yield " " * self._spaces(child), True
            elif kind == "text:tab":
                yield "\t", True
            elif kind == "text:line-break":
                yield "\n", True
            elif not self._said(child, kind) and kind not in SILENT:
                yield from self._words(child)
            yield child.tail or "", False

    def _spaces(self, element: etree._Element) -> int:
        count = attribute(element, "c") or "1"
        if not (count.isascii() and count.isdecimal()) or len(count) > 9:
            return 1
        if int(count) > MOST_SPACES:
            self._left_out.say(
                "Paragraph %(place)d: a gap of %(count)d spaces was shortened.",
                place=self._place,
                count=int(count),
            )
        return min(int(count), MOST_SPACES)

    def _said(self, element: etree._Element, kind: str) -> bool:
        """Whether this is one of the things that are named in `not_taken` and not read."""
        place, words = self._place, ""
        if kind.startswith(("table:", "draw:", "text:tracked", "text:note", "office:annotation")):
            words = shown(_all_text(element))
        if kind == "table:table":
            self._left_out.say(
                "After paragraph %(place)d: a table was left out: “%(words)s”.", place=place, words=words
            )
        elif kind.startswith("draw:"):
            self._left_out.say(
                "Paragraph %(place)d: a picture, object or text box was left out: “%(words)s”.",
                place=place,
                words=words,
            )
        elif kind == "text:tracked-changes":
            self._left_out.say("What tracked changes deleted was left out: “%(words)s”.", words=words)
        elif kind == "text:note":
            self._left_out.say(
                "Paragraph %(place)d: a note was left out: “%(words)s”.", place=place, words=words
            )
        elif kind == "office:annotation":
            self._left_out.say(
                "Paragraph %(place)d: a comment was left out: “%(words)s”.", place=place, words=words
            )
        else:
            return False
        return True


def _collapsed(pieces: Iterator[tuple[str, bool]]) -> str:
    """White space as OpenDocument means it: runs are one space, and none stands first in a paragraph."""
    words = ""
    parts: list[str] = []
    open_to_space = False
    for piece, exact in pieces:
        words = piece if exact else SPACES.sub(" ", piece)
        if not exact and words.startswith(" ") and not open_to_space:
            words = words[1:]
        if words:
            parts.append(words)
            open_to_space = exact or not words.endswith(" ")
    return "".join(parts)
