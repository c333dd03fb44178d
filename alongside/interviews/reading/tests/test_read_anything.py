import io
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st
from odfdo import Document, Paragraph

from alongside.interviews.reading import KINDS, Unreadable, read
from alongside.interviews.reading.tests.helpers import CONFORMANCE, MALFORMED, document, paragraph, zipped


def opendocument() -> bytes:
    made = Document("text")
    made.body.append(Paragraph("Ann: Hello\tthere"))
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


SEEDS = [
    *(path.read_bytes() for folder in (CONFORMANCE, MALFORMED) for path in sorted(folder.rglob("*.*t"))),
    document(paragraph("Ann: Hello") + "<w:tbl/><w:sectPr/>"),
    opendocument(),
    b"{\\rtf1\\ansi{\\fonttbl{\\f0\\fcharset0 A;}}{\\pict\\bin3 abc}Ann: \\u8212?\\'e9\\par}",
]
names = st.one_of(
    st.sampled_from([f"a.{kind}" for kind in KINDS]),
    st.builds("{}.{}".format, st.text(), st.sampled_from(KINDS)),
    st.text(),
)
starts = st.sampled_from(
    [b"", b"WEBVTT\n\n", b"1\n00:00:01,000 --> 00:00:02,000\n", b"{\\rtf1", b"PK\x03\x04", b"\xff\xfe"]
)
pieces = st.sampled_from(
    b"00:00:01.000 --> 00:00:02.000|-->|<v |>|\n\n|\r|Ann: |[0:01] |0:02|&#55357;|\\u|{|}|\\uc|\\bin"
    b"|\\'e|\\pict|NOTE|STYLE\n|0:0:5.1 --> 0:0:6|\n".split(b"|")
)


def reads_or_refuses(name: str, data: bytes) -> None:
    try:
        reading = read(name, data)
    except Unreadable as refusal:
        assert str(refusal)  # noqa: PT017
        assert "\n" not in str(refusal)  # noqa: PT017
    else:
        assert reading.turns
        assert all(turn.text for turn in reading.turns)
        "".join(turn.speaker + turn.text for turn in reading.turns).encode("utf-8")


@given(names, starts, st.binary() | st.lists(pieces).map(b"".join))
@settings(deadline=None)
def test_any_bytes_under_any_name(name, start, rest):
    """Whatever comes, it is read or refused with one sentence."""
    reads_or_refuses(name, start + rest)


@given(st.sampled_from([f"a.{kind}" for kind in KINDS]), st.sampled_from(SEEDS), st.data())
@settings(deadline=None)
def test_samples_with_changed_bytes(name, seed, data):
    """A known file with a few bytes changed or cut away is read or refused."""
    changed = bytearray(seed)
    for _ in range(data.draw(st.integers(0, 5))):
        if changed:
            at = data.draw(st.integers(0, len(changed) - 1))
            changed[at] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(0, len(changed)))
    reads_or_refuses(name, bytes(changed[:end] if data.draw(st.booleans()) else changed))


WORDS = (
    "p",
    "r",
    "t",
    "tab",
    "br",
    "tbl",
    "tr",
    "sdt",
    "ins",
    "del",
    "pPr",
    "pStyle",
    "drawing",
    "txbxContent",
)
ELEMENTS = [*(f"w:{name}" for name in WORDS), "mc:AlternateContent", "mc:Choice", "m:oMath", "x"]
xml = st.recursive(
    st.text("Ann: 01[]<&>", max_size=12).map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;")),
    lambda inner: st.builds(
        lambda name, parts: f"<{name}>{''.join(parts)}</{name}>",
        st.sampled_from(ELEMENTS),
        st.lists(inner, max_size=4),
    ),
)


@given(xml)
@settings(deadline=None)
def test_any_word_xml(body):
    """Elements in any order are read or refused."""
    reads_or_refuses("a.docx", document(body))


@given(st.sampled_from(["content.xml", "styles.xml", "mimetype"]), st.binary(max_size=200))
@settings(deadline=None)
def test_any_part_of_an_opendocument_text(path, content):
    """A part replaced by anything is read or refused."""
    with zipfile.ZipFile(io.BytesIO(opendocument())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    reads_or_refuses("a.odt", zipped({**parts, path: content}))
