import io
import re
import zipfile
import zlib
from collections import Counter

from lxml import etree

from alongside.interviews.reading.shapes import Unreadable, shown

MEMBERS = 2_000
UNPACKED = 200 * 1024 * 1024
XML_PART = 20 * 1024 * 1024
XML_IN_ALL = 60 * 1024 * 1024
RATIO = 200
SMALL = 1024 * 1024
DEEPEST = 12
STEP = 64 * 1024
DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class Package:
    """The XML parts of a zip file (DOCX, ODT), read with limits before any parser sees them.

    Sizes in a zip's headers can lie, so what comes out is counted while it is read. Every member is read
    once: that also finds a file that is cut short. Only XML is kept.
    """

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self.parts: dict[str, bytes] = {}
        self.members: tuple[str, ...] = ()
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                members = archive.infolist()
                self._check(members)
                self._read(archive, members)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
            raise Unreadable(
                "“%(file)s”: a whole document was expected, but the file is cut short or damaged.", file=name
            ) from error
        self.members = tuple(member.filename for member in members)

    def _check(self, members: list[zipfile.ZipInfo]) -> None:
        if len(members) > MEMBERS:
            raise Unreadable(
                "“%(file)s”: at most %(limit)d parts were expected inside it, %(count)d came.",
                file=self.name,
                limit=MEMBERS,
                count=len(members),
            )
        self._check_total(sum(member.file_size for member in members))
        names = Counter(member.filename for member in members)
        for member in members:
            self._check_member(member, names[member.filename])

    def _check_total(self, total: int) -> None:
        if total > UNPACKED:
            raise Unreadable(
                "“%(file)s”: it unpacks to more than %(limit)d MB, which no document does.",
                file=self.name,
                limit=UNPACKED // 1024 // 1024,
            )

    def _check_member(self, member: zipfile.ZipInfo, times: int) -> None:
        path = member.filename
        if times > 1:
            raise Unreadable(
                "“%(file)s”: its part “%(part)s” is there %(times)d times, once was expected.",
                file=self.name,
                part=shown(path),
                times=times,
            )
        steps = re.split(r"[/\\]", path)
        if ".." in steps or path.startswith(("/", "\\")) or ":" in steps[0] or len(steps) > DEEPEST:
            raise Unreadable(
                "“%(file)s”: its part “%(part)s” has a path that no document has.",
                file=self.name,
                part=shown(path),
            )
        if member.flag_bits & 0x1:
            raise Unreadable(
                "“%(file)s” is locked with a password. Save it without the password.", file=self.name
            )
        if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise Unreadable(
                "“%(file)s”: its part “%(part)s” is packed in a way that documents do not use.",
                file=self.name,
                part=shown(path),
            )

    def _read(self, archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
        total = xml_total = 0
        for member in members:
            is_xml = member.filename.lower().endswith((".xml", ".rels"))
            kept = io.BytesIO()
            size = 0
            with archive.open(member) as stream:
                while piece := stream.read(STEP):
                    size += len(piece)
                    total += len(piece)
                    xml_total += len(piece) if is_xml else 0
                    self._check_total(total)
                    self._check_part(member, size, is_xml, xml_total)
                    if is_xml or member.filename == "mimetype":
                        kept.write(piece)
            if is_xml or member.filename == "mimetype":
                self.parts[member.filename] = kept.getvalue()
                self._check_doctype(member.filename)

    def _check_part(self, member: zipfile.ZipInfo, size: int, is_xml: bool, xml_total: int) -> None:
        packed = max(member.compress_size, 1)
        too_much_xml = is_xml and (size > XML_PART or xml_total > XML_IN_ALL)
        if too_much_xml or (size > SMALL and size > RATIO * packed):
            raise Unreadable(
                "“%(file)s”: its part “%(part)s” unpacks to far more than a document needs.",
                file=self.name,
                part=shown(member.filename),
            )

    def _check_doctype(self, path: str) -> None:
        # UTF-16 and UTF-32 spell the same letters with NULs between them.
        if DOCTYPE.search(self.parts[path].replace(b"\0", b"")):
            self._refuse_doctype(path)

    def _refuse_doctype(self, path: str) -> None:
        raise Unreadable(
            "“%(file)s”: its part “%(part)s” declares a document type or an entity, as no document does.",
            file=self.name,
            part=shown(path),
        )

    def xml(self, path: str) -> etree._Element:
        if path not in self.parts:
            raise Unreadable(
                "“%(file)s”: its part “%(part)s” was expected, but is not there.",
                file=self.name,
                part=shown(path),
            )
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(self.parts[path], parser)
        except (etree.XMLSyntaxError, ValueError, LookupError) as error:
            raise Unreadable(
                "“%(file)s”: its part “%(part)s” is not well-formed XML (%(problem)s).",
                file=self.name,
                part=shown(path),
                problem=shown(str(error), 120),
            ) from error
        if root.getroottree().docinfo.internalDTD is not None:
            self._refuse_doctype(path)
        return root


def tag(element: etree._Element, prefixes: dict[str, str]) -> str:
    """`w:p` for an element whose namespace is known, `?:p` for another."""
    name = etree.QName(element)
    return f"{prefixes.get(name.namespace or '', '?')}:{name.localname}"


def attribute(element: etree._Element, local: str) -> str:
    """The value of an attribute in the element's own namespace."""
    return str(element.get(f"{{{etree.QName(element).namespace}}}{local}") or "")
