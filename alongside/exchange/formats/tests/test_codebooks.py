import io
import zipfile
from pathlib import Path
from uuid import UUID

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from alongside.exchange.formats.codebook_files import read_codebook, write_docx
from alongside.exchange.formats.codebooks import MOST_CODES, WORDS, Entry, entries_of
from alongside.exchange.formats.qdc import KNOWN, MOST_ELEMENTS, write_qdc
from alongside.exchange.formats.rows import PARENT, CodebookRow, TableError
from alongside.exchange.formats.tables import codebook_sheet, write_codebook, write_xlsx

# As the REFI-QDA standard publishes it.
SCHEMA = etree.XMLSchema(file=str(Path(__file__).parent / "Codebook.xsd"))

# Whatever a form can hold: beyond the BMP, right to left, formulas, what stands between names, headings.
PIECES = st.sampled_from(
    ["🙂", "𝕏", "é", "e\u0301", "א", " > ", ">", "=1+1", "'", '"', ",", ";", "\t", "\\", *KNOWN]
)
CHARACTERS = st.characters(
    exclude_categories=("Cs", "Cc", "Cn", "Co"), exclude_characters="\ufeff\ufffe\uffff"
)
NAMES = (
    st.lists(st.one_of(PIECES, CHARACTERS), min_size=1, max_size=8)
    .map("".join)
    .map(lambda name: " ".join(name.split()).strip())
    .filter(lambda name: bool(name) and name == name.strip())
)
TEXTS = (
    st.lists(st.one_of(PIECES, CHARACTERS, st.just("\n")), max_size=12)
    .map("".join)
    .map(str.strip)
    .filter(lambda text: "\x85" not in text and "\u2028" not in text)
)


@st.composite
def codebooks(draw: st.DrawFn) -> list[CodebookRow]:
    """Some codes, each on top or under an earlier one; of those in one place no two share a name."""
    rows: list[CodebookRow] = []
    places: set[tuple[str, str]] = set()
    for number in range(draw(st.integers(1, 8))):
        above = draw(st.sampled_from([None, *rows]))
        name = draw(NAMES)
        under = above.id if above else ""
        if (under, name) in places:
            continue
        places.add((under, name))
        rows.append(
            CodebookRow(
                id=str(UUID(int=number + 1)),
                under=under,
                code=f"{above.code}{PARENT}{name}" if above else name,
                **{word: draw(TEXTS) for word in WORDS},
                colour=str(draw(st.integers(1, 12))),
                retired=draw(st.sampled_from(["", "yes"])),
                codings=0,
                transcripts=0,
            )
        )
    return rows


def by_key(entries: tuple[Entry, ...]) -> dict[str, Entry]:
    return {entry.key: entry for entry in entries}


@settings(max_examples=150)
@given(codebooks())
def test_qdc_comes_back_as_it_went(rows: list[CodebookRow]):
    """Valid by the published schema, and every code with its place and words, whatever is in them."""
    entries = entries_of(rows)
    data = write_qdc(entries)
    SCHEMA.assertValid(etree.fromstring(data))
    back = read_codebook("book.qdc", data)
    assert by_key(back.entries) == by_key(entries)
    assert back.not_taken == ()


@settings(max_examples=150)
@given(codebooks())
def test_csv_comes_back_as_it_went(rows: list[CodebookRow]):
    """Also with two codes of one name, with what stands between names, and with what reads as a formula."""
    data = "".join(write_codebook(rows)).encode()
    back = read_codebook("book.csv", data)
    assert by_key(back.entries) == by_key(entries_of(rows))
    assert set(back.not_taken) == {"The column “codings”.", "The column “transcripts”."}


ONE = str(UUID(int=1))
ROWS = [
    CodebookRow(ONE, "", "Trust", "Being believed", "", "", "", "", "3", "", 2, 1),
    CodebookRow(
        str(UUID(int=2)), str(UUID(int=1)), "Trust > Time", "A\nB 🙂", "1", "2", "3", "4", "4", "", 0, 0
    ),
    CodebookRow(str(UUID(int=3)), "", "Time", "", "", "", "", "", "5", "yes", 0, 0),
]


def test_a_workbook_comes_back(tmp_path: Path):
    """The same columns as CSV."""
    path = tmp_path / "book.xlsx"
    write_xlsx([codebook_sheet("codebook", ROWS)], path)
    back = read_codebook("book.xlsx", path.read_bytes())
    assert by_key(back.entries) == by_key(entries_of(ROWS))


def test_a_table_of_a_document_comes_back_by_its_paths():
    """Ids don't stand in a table made to be read; two codes of one name are told apart by their paths."""
    back = read_codebook("book.docx", write_docx("Six months on", ROWS))
    assert [(e.name, dict(e.words), e.colour, e.retired) for e in back.entries] == [
        (e.name, dict(e.words), e.colour, e.retired) for e in entries_of(ROWS)
    ]
    assert back.entries[1].above == back.entries[0].key
    assert "The column “Codings”." in back.not_taken


def test_what_a_document_holds_beside_the_table_is_named():
    """Another table, and text."""
    document = Document(io.BytesIO(write_docx("Six months on", ROWS)))
    document.add_paragraph("We talked about this.")
    document.add_table(rows=1, cols=1)
    file = io.BytesIO()
    document.save(file)
    back = read_codebook("book.docx", file.getvalue())
    assert {"Other tables in the document: 1.", "Text beside the table."} <= set(back.not_taken)
    assert len(back.entries) == 3


def test_a_table_by_paths_makes_what_stands_above():
    """A parent without a row is made; one whose row comes later is the same code."""
    back = read_codebook("x.csv", b"code,definition\nA > B,b\nA,a\nC > D,d\nA > E,e\n")
    told = {entry.key: entry.name for entry in back.entries}
    assert [(e.name, told.get(e.above, ""), e.words.get("definition", "")) for e in back.entries] == [
        ("A", "", "a"),
        ("B", "A", "b"),
        ("E", "A", "e"),
        ("C", "", ""),
        ("D", "C", "d"),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name of it,definition\nA,b\n", "a column “code” was expected"),
        ("code\nA\nA\n", "The code “A” is there twice in one place."),
        ("code,definition\n,b\n", "Row 2, column “code”: a name was expected"),
        ("id,under,code\n1,2,A\n2,1,B\n", "in a circle"),
        ("id,under,code\n1,9,A\n", "the id of another row was expected, “9” came"),
        ("id,under,code\n1,,A\n1,,B\n", "Two codes have the id “1”."),
        ("code\n" + "x" * 301 + "\n", "at most 300 characters were expected, 301 came"),
        ("code\n", "at least one code was expected"),
        ("", "at least one code was expected"),
    ],
)
def test_a_table_that_is_not_whole_is_refused(text: str, said: str):
    """In sentences, and nothing of it is taken."""
    with pytest.raises(TableError) as refusal:
        read_codebook("x.csv", text.encode())
    assert said in str(refusal.value)


QDC = '<?xml version="1.0" encoding="utf-8"?><CodeBook xmlns="{ns}" origin="Other">{inside}</CodeBook>'


def qdc(inside: str, ns: str = "urn:QDA-XML:codebook:1.0") -> bytes:
    return QDC.format(ns=ns, inside=inside).encode()


def test_a_file_of_another_program_is_read_and_what_is_left_is_named():
    """NVivo's older name of the format, braces around ids, sets, unknown elements, other kinds of colours."""
    file = qdc(
        '<Codes><Code guid="{AAAAAAAA-0000-0000-0000-000000000001}" name="Folder" isCodable="false" '
        'color="#104326" weight="3"><Description>What\nit is</Description><NoteRef targetGUID="1"/>'
        '<Code guid="b" name="Below" isCodable="true" color="rgb(1,2,3)"/></Code></Codes>'
        '<Sets><Set guid="c" name="Mine"><Description>x</Description><MemberCode guid="b"/></Set></Sets>',
        ns="urn:QDA-XML:codebook:1:0",
    )
    back = read_codebook("x.qdc", file)
    folder, below = back.entries
    assert (folder.key, folder.name, folder.colour) == ("aaaaaaaa-0000-0000-0000-000000000001", "Folder", 1)
    assert folder.words == {"definition": "What\nit is"}
    assert (below.name, below.above, below.colour) == ("Below", folder.key, None)
    assert set(back.not_taken) == {
        "The set “Mine”.",
        "The element “NoteRef”.",
        "The attribute “weight”.",
        "The colour #104326 of “Folder”: it gets the nearest of the twelve.",
        "The colour “rgb(1,2,3)” of “Below”.",
        "That “Folder” can’t be coded with: here every code in use can.",
    }


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (qdc("<Codes/>"), "at least one code was expected"),
        (qdc('<Codes><Code guid="1" name="" isCodable="true"/></Codes>'), "a name was expected"),
        (b"<?xml version='1.0'?><Project/>", "a codebook of REFI-QDA was expected, “Project” came"),
        (b"<?xml version='1.0'?><CodeBook", "is not well-formed XML"),
        (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><CodeBook>&a;</CodeBook>', "document type"),
    ],
)
def test_a_qdc_that_is_not_whole_is_refused(data: bytes, said: str):
    """In a sentence; no entity is opened."""
    with pytest.raises(TableError) as refusal:
        read_codebook("x.qdc", data)
    assert said in str(refusal.value)


def test_a_very_deep_tree_comes_back():
    """Six hundred levels: no limit of a parser or of the language is in the way."""
    entries = [Entry(str(UUID(int=n + 1)), str(UUID(int=n)) if n else "", f"Level {n}") for n in range(600)]
    assert read_codebook("deep.qdc", write_qdc(entries)).entries == tuple(entries)


def test_what_xml_cannot_hold_is_said():
    """And can be had as CSV."""
    with pytest.raises(TableError, match=r"Take CSV\."):
        write_qdc([Entry(str(UUID(int=1)), "", "A\x0bB")])


def test_a_name_that_reads_as_two_does_not_go_into_a_document():
    """A sentence says so, rather than two codes on the way back."""
    row = CodebookRow(ONE, "", "A > B", "", "", "", "", "", "1", "", 0, 0)
    with pytest.raises(TableError, match=r"Take CSV\."):
        write_docx("Six months on", [row])


def test_no_code_makes_no_file():
    """The schema asks for one at least."""
    with pytest.raises(TableError, match="no code"):
        write_qdc([])


@pytest.mark.parametrize("columns", ["abc", "100000000", "-5", "", "٣"])
def test_a_cell_over_more_columns_than_a_table_has_is_one(columns: str):
    """A small file can't ask for a row of a hundred million cells, nor for one of “abc”."""
    document = Document()
    table = document.add_table(rows=2, cols=2)
    for row, cells in enumerate((("Code", "Definition"), ("Talk", "Said"))):
        for column, words in enumerate(cells):
            table.cell(row, column).text = words
    plain, wide = io.BytesIO(), io.BytesIO()
    document.save(plain)
    with zipfile.ZipFile(plain) as before, zipfile.ZipFile(wide, "w") as after:
        for name in before.namelist():
            span = f'<w:tcPr><w:gridSpan w:val="{columns}"/>'.encode()
            after.writestr(name, before.read(name).replace(b"<w:tcPr>", span))
    [talk] = read_codebook("codes.docx", wide.getvalue()).entries
    assert (talk.name, talk.words["definition"]) == ("Talk", "Said")


@pytest.mark.parametrize(
    "inside",
    [
        "".join(f'<Code name="{n}"/>' for n in range(MOST_CODES + 1)),
        "<a>" * 1000 + "<b/>" * MOST_ELEMENTS + "</a>" * 1000,
    ],
)
def test_a_codebook_of_too_much_is_refused(inside: str):
    """Before all of it is looked at, however deep it goes."""
    book = f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>{inside}</Codes></CodeBook>'
    with pytest.raises(TableError, match="at most 5000 codes"):
        read_codebook("codes.qdc", book.encode())


def test_what_stands_in_a_set_is_named_by_the_set():
    """Once, not part by part."""
    book = (
        '<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes><Code name="Talk"/></Codes><Sets><Set name="Ours">'
        "<Description>About it</Description><MemberCode/><x><y/></x></Set></Sets></CodeBook>"
    )
    assert [str(each) for each in read_codebook("codes.qdc", book.encode()).not_taken] == ["The set “Ours”."]
