import io
import zipfile
from pathlib import Path

import pytest

from alongside.interviews.reading import Reading, Unreadable, read

DATA = Path(__file__).parent / "data"
CONFORMANCE = DATA / "webvtt_conformance" / "test"
MALFORMED = DATA / "srt_vtt_malformed" / "tests" / "subtitles"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)


def said(reading: Reading) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.text) for turn in reading.turns]


def timed(reading: Reading) -> list[tuple[str, int | None, int | None, str]]:
    return [(turn.speaker, turn.start_ms, turn.end_ms, turn.text) for turn in reading.turns]


def refusal(name: str, data: bytes) -> str:
    """The one sentence with which a file is refused."""
    with pytest.raises(Unreadable) as caught:
        read(name, data)
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert f"“{name}”" in sentence
    return sentence


def zipped(parts: dict[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in parts.items():
            archive.writestr(path, content)
    return buffer.getvalue()


def document(body: str, **parts: str) -> bytes:
    """A small Word file around the XML of its body."""
    xml = (
        f'<w:document xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        f'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><w:body>{body}</w:body></w:document>'
    )
    return zipped({"[Content_Types].xml": TYPES, "word/document.xml": xml, **parts})


def paragraph(*texts: str) -> str:
    runs = "<w:r><w:br/></w:r>".join(f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' for text in texts)
    return f"<w:p>{runs}</w:p>"
