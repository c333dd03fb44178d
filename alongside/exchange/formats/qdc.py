"""Codebooks of REFI-QDA (QDC, codebook 1.0), which most programs of the field read and write.

A code has one Description there. What else a code says of itself stands in it under headings in square
brackets, which people can read in any program and `read_qdc` takes apart again.
"""

import re
from collections.abc import Iterable
from typing import Any

from lxml import etree

from alongside.exchange.formats.codebooks import (
    COLOURS,
    MOST_CODES,
    WORDS,
    CodebookFile,
    Entry,
    colour_of,
    whole,
)
from alongside.exchange.formats.rows import TableError
from alongside.interviews.reading.shapes import Sentence, shown

NAMESPACE = "urn:QDA-XML:codebook:1.0"
# lxml's own types don't know that a namespace without a prefix has None for one.
OURS: Any = {None: NAMESPACE}
LIMIT_BYTES = 20 * 1024 * 1024
MOST_ELEMENTS = 200_000
HEADINGS = {
    "include": "[Use it when]",
    "exclude": "[Don’t use it when]",
    "example": "[An example]",
    "plain": "[In plain words]",
}
OUT_OF_USE = "[Out of use]"
KNOWN = {*HEADINGS.values(), OUT_OF_USE}
BEFORE = re.compile(r"^[\s\\]+")
DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
TOLD = {"CodeBook": {"origin"}, "Code": {"guid", "name", "isCodable", "color"}, "Codes": set[str]()}
PLACES = {"Codes": {"CodeBook"}, "Code": {"Codes", "Code"}, "Description": {"Code"}}


def is_qdc(data: bytes) -> bool:
    start = data[:4096].replace(b"\0", b"")
    return (
        b"<CodeBook" in start
        or b":CodeBook" in start
        or start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml")
    )


# Writing ----------------------------------------------------------------------------------------------


def write_qdc(entries: Iterable[Entry]) -> bytes:
    """The file, valid by the published schema. Every key is a GUID."""
    root = etree.Element(f"{{{NAMESPACE}}}CodeBook", nsmap=OURS, origin="Alongside")
    codes = etree.SubElement(root, f"{{{NAMESPACE}}}Codes")
    made: dict[str, etree._Element] = {"": codes}
    for entry in entries:
        try:
            made[entry.key] = _element(made[entry.above], entry)
        except ValueError as error:
            raise TableError(
                [
                    Sentence(
                        "The code “%(name)s” holds a character that XML can’t. Take CSV.",
                        name=shown(entry.name),
                    )
                ]
            ) from error
    if len(made) == 1:
        raise TableError([Sentence("There is no code to take out yet.")])
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _element(above: etree._Element, entry: Entry) -> etree._Element:
    code = etree.SubElement(above, f"{{{NAMESPACE}}}Code")
    code.set("guid", entry.key)
    code.set("name", entry.name)
    code.set("isCodable", "false" if entry.retired else "true")
    if entry.colour:
        code.set("color", COLOURS[entry.colour])
    description = described(entry)
    if description:
        etree.SubElement(code, f"{{{NAMESPACE}}}Description").text = description
    return code


def described(entry: Entry) -> str:
    """What a code says of itself, in one text."""
    parts = [_escaped(entry.words.get("definition", ""))]
    for word, heading in HEADINGS.items():
        if entry.words.get(word):
            parts += [heading, _escaped(entry.words[word])]
    if entry.retired:
        parts.append(OUT_OF_USE)
    return "\n".join(parts) if any(parts) else ""


def _escaped(text: str) -> str:
    """A line that reads like a heading gets a backslash in front."""
    return "\n".join(f"\\{line}" if _reads_like_heading(line) else line for line in text.split("\n"))


def _reads_like_heading(line: str) -> bool:
    return BEFORE.sub("", line).rstrip() in KNOWN


# Reading ----------------------------------------------------------------------------------------------


def read_qdc(label: str, data: bytes) -> CodebookFile:
    """The codes of a file. Whatever else stands in it is named in `not_taken`."""
    root = _root(label, data)
    not_taken: list[Sentence] = []
    entries: list[Entry] = []
    keys: dict[int, str] = {}
    elements: list[etree._Element] = []
    in_sets = _InSets()
    for count, element in enumerate(root.iter(etree.Element)):
        if count > MOST_ELEMENTS or len(elements) > MOST_CODES:
            raise _too_many(label)
        in_sets.pass_by(element)
        if _local(element) == "Code" and _belongs(element):
            elements.append(element)
            above = element.getparent()
            key = _guid(element) or f"code {len(elements)}"
            keys[id(element)] = key
            entries.append(_entry(element, key, keys.get(id(above), ""), not_taken))
        elif not _belongs(element) and element is not root:
            _leave(element, in_sets, not_taken)
        _leave_attributes(element, not_taken)
    return whole("qdc", label, entries, not_taken)


def _root(label: str, data: bytes) -> etree._Element:
    if len(data) > LIMIT_BYTES or DOCTYPE.search(data.replace(b"\0", b"")):
        raise TableError(
            [
                Sentence(
                    "“%(file)s”: a codebook of at most %(limit)d MB without a document type was expected.",
                    file=label,
                    limit=LIMIT_BYTES // 1024 // 1024,
                )
            ]
        )
    # Deep trees are no harm here: the size is limited, and no entity is ever opened.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise TableError(
            [
                Sentence(
                    "“%(file)s” is not well-formed XML (%(problem)s).",
                    file=label,
                    problem=shown(str(error), 120),
                )
            ]
        ) from error
    if _local(root) != "CodeBook":
        raise TableError(
            [
                Sentence(
                    "“%(file)s”: a codebook of REFI-QDA was expected, “%(came)s” came.",
                    file=label,
                    came=shown(_local(root)),
                )
            ]
        )
    return root


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname


def _belongs(element: etree._Element) -> bool:
    above = element.getparent()
    return above is not None and _local(above) in PLACES.get(_local(element), set())


def _guid(element: etree._Element) -> str:
    return str(element.get("guid") or "").strip().strip("{}").lower()


def _entry(element: etree._Element, key: str, above: str, not_taken: list[Sentence]) -> Entry:
    name = str(element.get("name") or "")
    texts = [str(child.text or "") for child in element if _local(child) == "Description"]
    words, retired = _taken_apart("\n".join(texts))
    said = str(element.get("color") or "").strip()
    colour = colour_of(said) if said.startswith("#") else None
    if said and colour is None:
        not_taken.append(Sentence("The colour “%(came)s” of “%(name)s”.", came=said, name=shown(name)))
    elif colour is not None and COLOURS[colour] != said.lower():
        not_taken.append(
            Sentence(
                "The colour %(came)s of “%(name)s”: it gets the nearest of the twelve.",
                came=said,
                name=shown(name),
            )
        )
    if str(element.get("isCodable")).strip() in {"false", "0"} and not retired:
        not_taken.append(
            Sentence("That “%(name)s” can’t be coded with: here every code in use can.", name=shown(name))
        )
    return Entry(key, above, name, words, colour, retired)


def _taken_apart(description: str) -> tuple[dict[str, str], bool]:
    """Words by the names of a code's traits, and whether it is out of use."""
    traits = {heading: trait for trait, heading in HEADINGS.items()}
    lines: dict[str, list[str]] = {"definition": []}
    here, retired = "definition", False
    for line in description.split("\n"):
        heading = line.strip()
        if heading in traits:
            here = traits[heading]
            lines.setdefault(here, [])
        elif heading == OUT_OF_USE:
            retired = True
        else:
            escaped = line.startswith("\\") and _reads_like_heading(line)
            lines[here].append(line[1:] if escaped else line)
    texts = {trait: "\n".join(lines[trait]).strip() for trait in WORDS if trait in lines}
    return {trait: text for trait, text in texts.items() if text}, retired


def _too_many(label: str) -> TableError:
    return TableError(
        [
            Sentence(
                "“%(file)s”: at most %(most)d codes were expected, and little else; more came.",
                file=label,
                most=MOST_CODES,
            )
        ]
    )


class _InSets:
    """What stands in a set, however deep. Elements are held, so that none takes the place of another."""

    def __init__(self) -> None:
        self.held: list[etree._Element] = []
        self.inside: set[int] = set()

    def pass_by(self, element: etree._Element) -> None:
        above = element.getparent()
        self.held.append(element)
        if above is not None and (id(above) in self.inside or _local(above) == "Set"):
            self.inside.add(id(element))

    def __contains__(self, element: etree._Element) -> bool:
        return id(element) in self.inside


def _leave(element: etree._Element, in_sets: _InSets, not_taken: list[Sentence]) -> None:
    local = _local(element)
    if local == "Set":
        not_taken.append(Sentence("The set “%(name)s”.", name=shown(str(element.get("name") or ""))))
    elif local not in {"Sets", "MemberCode"} and element not in in_sets:
        not_taken.append(Sentence("The element “%(name)s”.", name=shown(local)))


def _leave_attributes(element: etree._Element, not_taken: list[Sentence]) -> None:
    told = TOLD.get(_local(element))
    if told is None:
        return
    for name in element.attrib:
        local = etree.QName(str(name)).localname
        if local not in told and not str(name).startswith("{http://www.w3.org/2001/XMLSchema-instance}"):
            not_taken.append(Sentence("The attribute “%(name)s”.", name=shown(local)))
