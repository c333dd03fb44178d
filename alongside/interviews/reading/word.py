from collections.abc import Iterator

from lxml import etree

from alongside.interviews.reading.package import Package, attribute, tag
from alongside.interviews.reading.prose import Paragraph, turns_of
from alongside.interviews.reading.shapes import LeftOut, Turn, Unreadable, shown

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PREFIXES = {
    W: "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
}
MAIN = "wordprocessingml.document.main+xml"
CHARACTERS = {
    "w:tab": "\t",
    "w:ptab": "\t",
    "w:cr": "\n",
    "w:noBreakHyphen": "\u2011",
    "w:softHyphen": "\u00ad",
}
PICTURES = frozenset({"w:drawing", "w:pict", "w:object"})
DELETED = frozenset({"w:del", "w:moveFrom"})
TITLES = frozenset({"Title", "Subtitle"})
# Things without words of their own: properties, and instructions that Word runs and nobody reads.
SILENT = frozenset(
    {"w:pPr", "w:rPr", "w:sdtPr", "w:sectPr", "w:instrText", "w:delInstrText", "w:rt", "w:rubyPr"}
)


def turns_in(name: str, data: bytes, left_out: LeftOut, join_cues: bool) -> tuple[list[Turn], None]:
    """Turns of a Word document, by the conventions of `prose.turns_of`.

    The XML is walked here and not by python-docx, which passes over inserted words and content controls.
    Tracked changes are read as if accepted. Tables, pictures, text boxes, notes, comments, headers and
    the title are said in `not_taken`.
    """
    package = Package(name, data)
    root = package.xml(_part_of_type(package, MAIN))
    body = next((child for child in root if tag(child, PREFIXES) == "w:body"), None)
    if body is None:
        raise Unreadable("“%(file)s”: a Word document with a body was expected, none came.", file=name)
    document = _Document(left_out)
    paragraphs = list(document.paragraphs(body))
    document.say_insertions()
    for ending in ("header+xml", "footer+xml"):
        _say_margins(package, ending, left_out)
    return turns_of(paragraphs, left_out), None


def _parts_of_type(package: Package, ending: str) -> list[str]:
    types = package.xml("[Content_Types].xml")
    return [
        str(each.get("PartName") or "").lstrip("/")
        for each in types
        if str(each.get("ContentType") or "").endswith(ending)
    ]


def _part_of_type(package: Package, ending: str) -> str:
    parts = _parts_of_type(package, ending)
    if not parts:
        raise Unreadable("“%(file)s”: a Word document was expected, none is inside.", file=package.name)
    return parts[0]


def _say_margins(package: Package, ending: str, left_out: LeftOut) -> None:
    for part in _parts_of_type(package, ending):
        root = package.xml(part)
        words = "".join(each.text or "" for each in root.iter() if tag(each, PREFIXES) == "w:t")
        if words.strip():
            left_out.say("A page header or footer was left out: “%(words)s”.", words=shown(words))


class _Document:
    """Walks the body once, in reading order, counting paragraphs from 1."""

    def __init__(self, left_out: LeftOut) -> None:
        self._left_out = left_out
        self._place = 0
        self._inserted = 0

    def paragraphs(self, parent: etree._Element) -> Iterator[Paragraph]:
        for child in parent:
            kind = tag(child, PREFIXES)
            if kind == "w:p":
                yield from self._paragraph(child)
            elif kind == "w:tbl":
                self._say_table(child)
            elif kind == "w:altChunk":
                self._left_out.say(
                    "Paragraph %(place)d: a document put inside this one was left out.", place=self._place
                )
            elif kind in DELETED:
                self._say_deleted(child)
            elif kind == "mc:AlternateContent":
                yield from self.paragraphs(_chosen(child))
            elif kind not in SILENT:
                self._inserted += kind in {"w:ins", "w:moveTo"}
                yield from self.paragraphs(child)

    def say_insertions(self) -> None:
        if self._inserted:
            self._left_out.say(
                "Tracked insertions read as accepted, without who made them: %(count)d.",
                count=self._inserted,
            )

    def _paragraph(self, element: etree._Element) -> Iterator[Paragraph]:
        self._place += 1
        words = "".join(self._words(element))
        style = ""
        for each in element.iterfind("{*}pPr/{*}pStyle"):
            style = attribute(each, "val")
        if element.find("{*}pPr/{*}numPr") is not None:
            self._left_out.say(
                "Paragraph %(place)d: its automatic number or bullet was left out.", place=self._place
            )
        if style in TITLES and words.strip():
            self._left_out.say("The title was left out: “%(words)s”.", words=shown(words))
        else:
            yield Paragraph(self._place, words)

    def _words(self, parent: etree._Element) -> Iterator[str]:
        for child in parent:
            kind = tag(child, PREFIXES)
            if kind == "w:t":
                yield child.text or ""
            elif kind in CHARACTERS:
                yield CHARACTERS[kind]
            elif kind == "w:br":
                yield "\n" if attribute(child, "type") in {"", "textWrapping"} else ""
            elif kind == "w:r" and child.find("{*}rPr/{*}vanish") is not None:
                self._say_hidden(child)
            elif kind == "mc:AlternateContent":
                yield from self._words(_chosen(child))
            elif not self._said(child, kind) and kind not in SILENT:
                self._inserted += kind in {"w:ins", "w:moveTo"}
                yield from self._words(child)

    def _said(self, element: etree._Element, kind: str) -> bool:
        """Whether this is one of the things that are named in `not_taken` and not read."""
        place = self._place
        if kind in PICTURES:
            self._say_picture(element)
        elif kind in DELETED:
            self._say_deleted(element)
        elif kind == "w:footnoteReference":
            self._left_out.say("Paragraph %(place)d: a footnote was left out.", place=place)
        elif kind == "w:endnoteReference":
            self._left_out.say("Paragraph %(place)d: an endnote was left out.", place=place)
        elif kind == "w:commentReference":
            self._left_out.say("Paragraph %(place)d: a comment was left out.", place=place)
        elif kind in {"m:oMath", "m:oMathPara"}:
            self._left_out.say("Paragraph %(place)d: a formula was left out.", place=place)
        elif kind == "w:sym":
            self._left_out.say("Paragraph %(place)d: a sign from a symbol font was left out.", place=place)
        else:
            return False
        return True

    def _say_picture(self, element: etree._Element) -> None:
        boxes = [each for each in element.iter() if tag(each, PREFIXES) == "w:txbxContent"]
        if boxes:
            self._left_out.say(
                "Paragraph %(place)d: a text box was left out: “%(words)s”.",
                place=self._place,
                words=shown(_all_text(boxes[0], "w:t")),
            )
        else:
            self._left_out.say("Paragraph %(place)d: a picture or object was left out.", place=self._place)

    def _say_deleted(self, element: etree._Element) -> None:
        self._left_out.say(
            "Paragraph %(place)d: a tracked deletion was left out: “%(words)s”.",
            place=self._place,
            words=shown(_all_text(element, "w:delText") or _all_text(element, "w:t")),
        )

    def _say_hidden(self, element: etree._Element) -> None:
        words = _all_text(element, "w:t")
        if words:
            self._left_out.say(
                "Paragraph %(place)d: hidden words were left out: “%(words)s”.",
                place=self._place,
                words=shown(words),
            )

    def _say_table(self, element: etree._Element) -> None:
        rows = sum(1 for each in element if tag(each, PREFIXES) == "w:tr")
        self._left_out.say(
            "After paragraph %(place)d: a table of %(rows)d rows was left out: “%(words)s”.",
            place=self._place,
            rows=rows,
            words=shown(_all_text(element, "w:t")),
        )


def _all_text(element: etree._Element, kind: str) -> str:
    return " ".join(each.text or "" for each in element.iter() if tag(each, PREFIXES) == kind)


def _chosen(element: etree._Element) -> etree._Element:
    """Of the same content said in two ways, the first; the other is for older programs."""
    return element[0] if len(element) else element
