import io
import struct
import tracemalloc
import zipfile

import pytest
from xlsxwriter import Workbook  # type: ignore[import-untyped]

from alongside.interviews.reading import LIMIT_BYTES
from alongside.interviews.reading.package import MEMBERS
from alongside.interviews.reading.tests.helpers import TYPES, document, paragraph, refusal, zipped

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01"
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff"
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)
HELLO = document(paragraph("Ann: Hello"))


def sheet() -> bytes:
    buffer = io.BytesIO()
    with Workbook(buffer) as book:
        book.add_worksheet().write(0, 0, "Ann: Hello")
    return buffer.getvalue()


@pytest.mark.parametrize("name", ["a.docx", "a.vtt", "a.srt", "a.txt", "a.odt", "a.rtf"])
@pytest.mark.parametrize("data", [b"", PDF, PNG, EXE, OLD_WORD, sheet(), zipped({"a": b"b"}), b"\x00\x01"])
def test_what_is_no_transcript_is_refused_under_any_name(name, data):
    """Empty files, PDF, PNG, programs, old Word, spreadsheets and archives get a sentence."""
    refusal(name, data)


def test_the_sentence_says_what_came():
    """Name and content are both in the sentence, and a wrong ending can be put right."""
    assert "something else (Adobe Portable Document Format" in refusal("a.docx", PDF)
    assert "something else (xlsx)" in refusal("a.docx", sheet())
    assert "its content is docx. Give it the ending .docx" in refusal("a.txt", HELLO)
    assert "its content is vtt" in refusal("a.txt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nHi")
    assert "its content is srt" in refusal("a.txt", b"1\n00:00:01,000 --> 00:00:02,000\nHi")
    assert "HTML or XML" in refusal("a.txt", b"<!doctype html><p>Ann: Hello")
    assert "a file ending in .vtt" in refusal("a.pdf", PDF)
    assert "a file ending in .vtt" in refusal("transcript", b"Ann: Hello")


def test_files_over_the_limit_are_refused_unread():
    """Each kind has its limit, and none goes beyond LIMIT_BYTES."""
    assert "a .docx file of at most 50 MB was expected" in refusal("a.docx", bytes(LIMIT_BYTES + 1))
    assert "a .txt file of at most 10 MB was expected" in refusal("a.txt", bytes(10 * 1024 * 1024 + 1))


def test_too_many_turns_are_refused():
    """A hundred thousand turns are more than anybody says in an interview."""
    assert "at most 100000 turns were expected, 100001 came" in refusal("a.txt", b"A: b\n" * 100_001)


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.99])
def test_documents_cut_short_are_refused(part):
    """A truncated zip has no directory at its end."""
    start = HELLO[: int(len(HELLO) * part)]
    assert "cut short or damaged" in refusal("a.docx", start + b"[Content_Types].xml word/")


def test_damaged_documents_are_refused():
    """A byte changed inside a packed part is found by its checksum."""
    at = HELLO.index(b"word/document.xml") + 40
    damaged = HELLO[:at] + bytes([HELLO[at] ^ 255]) + HELLO[at + 1 :]
    assert "cut short or damaged" in refusal("a.docx", damaged)


def bomb(megabytes: int) -> bytes:
    return zipped({"[Content_Types].xml": TYPES, "word/document.xml": b" " * (megabytes * 1024 * 1024)})


def with_forged_size(data: bytes, path: bytes, size: int) -> bytes:
    """The same zip, whose headers say that `path` unpacks to `size` bytes."""
    forged = bytearray(data)
    for signature, name_at, size_at in ((b"PK\x03\x04", 30, 22), (b"PK\x01\x02", 46, 24)):
        at = forged.find(signature)
        while at >= 0:
            if forged[at + name_at : at + name_at + len(path)] == path:
                forged[at + size_at : at + size_at + 4] = struct.pack("<I", size)
            at = forged.find(signature, at + 4)
    return bytes(forged)


def peak_megabytes(name: str, data: bytes) -> tuple[str, float]:
    tracemalloc.start()
    sentence = refusal(name, data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return sentence, peak / 1024 / 1024


def test_zip_bombs_are_refused_before_they_fill_memory():
    """By the size a part declares, by its ratio while it is read, and when its headers lie."""
    sentence, peak = peak_megabytes("a.docx", bomb(201))
    assert "unpacks to more than 200 MB" in sentence
    assert peak < 8
    sentence, peak = peak_megabytes("a.docx", bomb(150))
    assert "“word/document.xml” unpacks to far more" in sentence
    assert peak < 24
    for size in (100, 1024 * 1024):
        sentence, peak = peak_megabytes("a.docx", with_forged_size(bomb(201), b"word/document.xml", size))
        assert "cut short or damaged" in sentence
        assert peak < 8


def test_many_members_are_refused():
    """A document has no thousands of parts."""
    many = {f"word/{number}.bin": b"" for number in range(MEMBERS)}
    assert "at most 2000 parts" in refusal("a.docx", zipped({"[Content_Types].xml": TYPES, **many, "x": b""}))


@pytest.mark.parametrize("path", ["../x.xml", "/etc/x", "C:\\x", "a\\..\\x", "/".join("abcdefghijklmn")])
def test_paths_that_lead_elsewhere_are_refused(path):
    """Nothing is ever unpacked to disk; a document with such a path is not one."""
    data = document(paragraph("Ann: Hello"), **{path: "x"})
    assert "has a path that no document has" in refusal("a.docx", data)


def test_the_same_part_twice_is_refused():
    """Of two parts with one name, two readers may take different ones."""
    buffer = io.BytesIO(HELLO)
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", "<w/>")
    assert "is there 2 times" in refusal("a.docx", buffer.getvalue())


def test_other_packing_and_passwords_are_refused():
    """Documents are packed with deflate; what unpacks without a limit, or is locked, is not opened."""
    buffer = io.BytesIO(HELLO)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("word/x.xml", "<w/>")
    assert "packed in a way that documents do not use" in refusal("a.docx", buffer.getvalue())
    locked = bytearray(HELLO)
    at = locked.index(b"PK\x01\x02")
    locked[at + 8] |= 1
    assert "locked with a password" in refusal("a.docx", bytes(locked))


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("part", ["word/document.xml", "word/header1.xml", "_rels/.rels"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_document_types_and_entities_are_refused(part, encoding):
    """No XML part may declare entities, in whatever encoding: neither laughs nor outside files."""
    parts: dict[str, bytes | str] = {"[Content_Types].xml": TYPES.encode(), "word/document.xml": b"<a/>"}
    parts[part] = f'<?xml version="1.0"?>{LAUGHS}<x>&b;</x>'.encode(encoding)
    assert "declares a document type or an entity" in refusal("a.docx", zipped(parts))


def test_deep_or_broken_xml_is_refused():
    """XML nested deeper than the parser allows, or not well-formed, gets a sentence."""
    deep = "<w:p>" * 5000 + "</w:p>" * 5000
    assert "“word/document.xml” is not well-formed XML" in refusal("a.docx", document(deep))
    assert "is not well-formed XML" in refusal("a.docx", document("<w:p>"))
