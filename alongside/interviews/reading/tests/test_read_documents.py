import io

import pytest
from docx import Document as WordDocument
from odfdo import Annotation, Document, Note, Paragraph, Table

from alongside.interviews.reading import Turn, read
from alongside.interviews.reading.tests.helpers import document, paragraph, refusal, said, timed, zipped

LINES = [
    "Interview 7",
    "[00:00:05] Ann Smith: Hello.",
    "How are you?",
    "Bo: Fine.",
    "Bo: Really.",
    "[00:01:10] And you?",
]
TURNS = [
    ("", None, None, "Interview 7"),
    ("Ann Smith", 5000, None, "Hello.\nHow are you?"),
    ("Bo", None, None, "Fine."),
    ("Bo", None, None, "Really."),
    ("Bo", 70000, None, "And you?"),
]


def word(*lines: str) -> bytes:
    made = WordDocument()
    for line in lines:
        made.add_paragraph(line)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def opendocument(*elements) -> bytes:
    made = Document("text")
    made.body.clear()
    for element in elements:
        made.body.append(element)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def rtf(*lines: str) -> bytes:
    return b"{\\rtf1\\ansi\\ansicpg1252 " + "\\par\n".join(lines).encode("ascii") + b"}"


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.docx", word(*LINES), "docx"),
        ("a.ODT", opendocument(*[Paragraph(line) for line in LINES]), "odt"),
        ("a.rtf", rtf(*LINES), "rtf"),
        ("a.txt", "\r\n".join(LINES).encode(), "txt"),
    ],
)
def test_the_same_words_in_four_formats(name, data, kind):
    """Word, OpenDocument, RTF and plain text with the same lines give the same turns."""
    reading = read(name, data)
    assert timed(reading) == TURNS
    assert reading.kind == kind
    assert reading.speakers == ("Ann Smith", "Bo")
    assert reading.not_taken == ()
    assert len(reading.sha256) == 64


def test_teams_puts_name_time_and_words_in_one_paragraph():
    """Name and time stand on the first line of a paragraph and the words below; both exports are known."""
    new = document(paragraph("", "Ann Smith   0:03", "Hello", "there.") + paragraph("Bo Lee   1:03", "Hi."))
    assert timed(read("a.docx", new)) == [
        ("Ann Smith", 3000, None, "Hello\nthere."),
        ("Bo Lee", 63000, None, "Hi."),
    ]
    old = document(paragraph("0:0:5.100 --> 0:0:8.25", "Ann Smith", "Hello"))
    assert timed(read("a.docx", old)) == [("Ann Smith", 5100, 8250, "Hello")]


def test_inserted_words_and_words_in_controls_are_read():
    """Words inside tracked insertions, content controls, links and fields are words."""
    body = (
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>Ann: one </w:t></w:r>"
        "<w:ins><w:r><w:t>two </w:t></w:r></w:ins><w:hyperlink><w:r><w:t>three</w:t></w:r></w:hyperlink>"
        "<w:r><w:tab/><w:t>four</w:t><w:noBreakHyphen/><w:t>five</w:t><w:br w:type='page'/></w:r></w:p>"
        "</w:sdtContent></w:sdt>"
    )
    reading = read("a.docx", document(body))
    assert said(reading) == [("Ann", "one two three\tfour\u2011five")]
    assert reading.not_taken == ("Tracked insertions read as accepted, without who made them: 1.",)


def test_what_a_word_file_has_besides_words_is_named():
    """Table, picture, text box, notes, comment, deletion, hidden words and numbers each get a sentence."""
    body = (
        '<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>Interview 7</w:t></w:r></w:p>'
        "<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>Ann: Hello.</w:t><w:footnoteReference/><w:endnoteReference/>"
        "<w:commentReference/><w:drawing/><w:sym/></w:r><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"
        "<w:del><w:r><w:delText>No.</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>"
        "<mc:AlternateContent><mc:Choice><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p>"
        "</w:txbxContent></w:pict></w:r></mc:Choice><mc:Fallback><w:r><w:t>boxed</w:t></w:r></mc:Fallback>"
        "</mc:AlternateContent></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:altChunk/>"
        "<w:del><w:p><w:r><w:delText>Gone</w:delText></w:r></w:p></w:del><w:sectPr/>"
    )
    reading = read("a.docx", document(body))
    assert said(reading) == [("Ann", "Hello.")]
    assert reading.not_taken == (
        "The title was left out: “Interview 7”.",
        "Paragraph 2: a footnote was left out.",
        "Paragraph 2: an endnote was left out.",
        "Paragraph 2: a comment was left out.",
        "Paragraph 2: a picture or object was left out.",
        "Paragraph 2: a sign from a symbol font was left out.",
        "Paragraph 2: a formula was left out.",
        "Paragraph 2: a tracked deletion was left out: “No.”.",
        "Paragraph 2: hidden words were left out: “secret”.",
        "Paragraph 2: a text box was left out: “boxed”.",
        "Paragraph 2: its automatic number or bullet was left out.",
        "After paragraph 2: a table of 1 rows was left out: “cell”.",
        "Paragraph 2: a document put inside this one was left out.",
        "Paragraph 2: a tracked deletion was left out: “Gone”.",
    )


def test_page_headers_are_named():
    """Words in a Word file's page header are said with themselves."""
    made = WordDocument()
    made.sections[0].header.paragraphs[0].text = "Confidential"
    made.add_paragraph("Ann: Hello.")
    buffer = io.BytesIO()
    made.save(buffer)
    assert read("a.docx", buffer.getvalue()).not_taken == (
        "A page header or footer was left out: “Confidential”.",
    )


def test_what_an_opendocument_text_has_besides_words_is_named():
    """Tables, notes, comments and the title each get a sentence; spaces, tabs and breaks are kept."""
    words = Paragraph("Ann: one   two\tthree\nfour")
    words.append(Note("footnote", note_id="n1", citation="1", body="see page 3"))
    words.append(Annotation("is this right?", creator="Bo"))
    table = Table("t", width=1, height=1)
    table.set_value((0, 0), "cell")
    reading = read("a.odt", opendocument(Paragraph("Interview 7", style="Title"), words, table))
    assert said(reading) == [("Ann", "one   two\tthree\nfour")]
    kinds = [sentence.partition(" was left out")[0] for sentence in reading.not_taken]
    assert kinds == [
        "The title",
        "Paragraph 2: a note",
        "Paragraph 2: a comment",
        "After paragraph 2: a table",
    ]


def test_rtf_characters():
    """Code pages, Unicode words and pairs of them, links, and what is left out."""
    data = (
        b"{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}{\\header top}Ann: caf\\'e9 \xe9 \\u8212? "
        b'\\uc1\\u55357?\\u56832?{\\field{\\*\\fldinst HYPERLINK "http://x"}{\\fldrslt here}}'
        b"{\\footnote no}{\\pict 00ff}\\line more\\par}"
    )
    reading = read("a.rtf", data)
    assert said(reading) == [("Ann", "café é — 😀here\nmore")]
    assert reading.encoding == "cp1252"
    assert reading.not_taken == (
        "Pictures or objects left out: 1.",
        "Footnotes left out: 1.",
        "Page headers and footers were left out.",
    )


def test_rtf_character_sets_follow_the_font():
    """A Cyrillic font's bytes are Cyrillic, and a hostile font table is harmless."""
    fonts = b"{\\fonttbl{\\f0\\fnil\\fcharset0 Arial;}{\\f1\\fswiss\\fcharset204{\\*\\panose 02}Arial;}}"
    assert said(read("a.rtf", b"{\\rtf1\\ansi" + fonts + b"\\f0 Ann: \\f1\\'e4\\'e0}")) == [("Ann", "да")]
    hostile = b"{\\fonttbl" + b"{\\f1\\fcharset0" * 20_000 + b"}" * 20_001
    assert said(read("a.rtf", b"{\\rtf1" + hostile + b"Ann: Hello}")) == [("Ann", "Hello")]


def test_rtf_faults_are_sentences():
    """RTF cut short, half a character, or with a broken control word is refused."""
    assert "cut short" in refusal("a.rtf", b"{\\rtf1 Ann: Hello")
    assert "damaged" in refusal("a.rtf", b"{\\rtf1 Ann: \\u55357?}")
    assert "damaged" in refusal("a.rtf", b"{\\rtf1 Ann: \\uc {}}")


def test_documents_that_are_something_else_inside():
    """A zip that claims to be Word or OpenDocument and is not gets a sentence."""
    other = zipped({"[Content_Types].xml": "<Types/>", "word/x": ""})
    assert "a Word document was expected" in refusal("a.docx", other)
    sheet = zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"})
    assert "an OpenDocument text was expected" in refusal("a.odt", sheet)
    moved = zipped({"mimetype": "application/vnd.oasis.opendocument.text", "old/content.xml": "<a/>"})
    assert "“content.xml” was expected" in refusal("a.odt", moved)
    assert "words that somebody said" in refusal("a.docx", document("<w:p/>"))


def test_a_turn_keeps_its_times_in_order():
    """A turn with an end and no start, or an end before the start, cannot be made."""
    with pytest.raises(ValueError, match="needs a start"):
        Turn("Ann", "Hello", None, 1)
    with pytest.raises(ValueError, match="ends when it starts"):
        Turn("Ann", "Hello", 2, 1)
    with pytest.raises(ValueError, match="starts at 0"):
        Turn("Ann", "Hello", -1, 1)
