import csv
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from alongside.exchange.formats.tables import (
    CODING_COLUMNS,
    CodebookRow,
    CodingRow,
    PassageRow,
    Sheet,
    TableError,
    code_path,
    codebook_sheet,
    codings_sheet,
    guard,
    passages_sheet,
    place,
    read_codings,
    unguard,
    write_codebook,
    write_codings,
    write_passages,
    write_xlsx,
)

HEADER = "transcript,turn,start,end,quote,code,coder\n"
ANN = CodingRow(
    "interview-7", 3, 0, 5, "Hello", "Relationship > Trust", "Ann", "said softly", "Being believed"
)


def problems(table: str) -> tuple[str, ...]:
    with pytest.raises(TableError) as caught:
        read_codings("codes.csv", table.encode())
    assert all("\n" not in sentence for sentence in caught.value.problems)
    return caught.value.problems


def test_codings_are_read():
    """Required and optional columns in any order; others are named and left alone."""
    table = 'Coder;Turn;Code; Transcript ;Colour;quote\nAnn;3;"A > B";interview-7;red;"one; two"\n;;;;;\n'
    read = read_codings("codes.csv", table.encode("cp1252"))
    assert read.rows == (CodingRow("interview-7", 3, None, None, "one; two", "A > B", "Ann"),)
    assert read.ignored_columns == ("Colour",)
    assert read.encoding == "utf-8"


def test_a_quote_alone_says_where():
    """A turn may be missing when a quote is there."""
    assert read_codings("a.csv", (HEADER + "t,,,,Hello,c,Ann").encode()).rows[0].turn is None


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (",3,,,,c,Ann", "column “transcript”: a text was expected, nothing came"),
        ("t,3,,,,,Ann", "column “code”: a text was expected"),
        ("t,3,,,,c, ", "column “coder”: a text was expected"),
        ("t,0,,,,c,Ann", "column “turn”: a whole number from 1 on was expected, “0” came"),
        ("t,x,,,,c,Ann", "column “turn”: a whole number from 1 on was expected, “x” came"),
        ("t,99999999999,,,,c,Ann", "column “turn”: a whole number"),
        ("t,3,-1,5,,c,Ann", "column “start”: a whole number from 0 on was expected, “-1” came"),
        ("t,3,1.5,5,,c,Ann", "column “start”: a whole number"),
        ("t,3,1,,,c,Ann", "column “end”: start and end were expected together"),
        ("t,3,,1,,c,Ann", "column “start”: start and end were expected together"),
        ("t,3,5,5,,c,Ann", "column “end”: an end after the start 5 was expected, 5 came"),
        ("t,3,0,4,Hello,c,Ann", "column “quote”: 4 characters were expected, as start and end say, 5 came"),
        ("t,,,,,c,Ann", "column “turn”: the number of a turn was expected, or a quote alone"),
        ("t,,0,5,Hello,c,Ann", "column “turn”: the number of a turn was expected"),
        ("t,3,,,,A >  > B,Ann", "column “code”: a name on each side of “>” was expected"),
        ("t,3,,,,A > ,Ann", "column “code”: a name on each side of “>” was expected"),
        ("t,3,,,,c,Ann,more", "7 cells were expected, 8 came"),
    ],
)
def test_faulty_rows_are_named(row, says):
    """Row and column, what was expected and what came; nothing is taken."""
    (sentence,) = problems(f"{HEADER}t,1,,,,c,Ann\n{row}\n")
    assert sentence.startswith("Row 3")
    assert says in sentence


def test_twenty_faults_are_listed():
    """All faulty rows are named, up to twenty, then counted."""
    listed = problems(HEADER + "t,x,,,,c,Ann\n" * 25)
    assert len(listed) == 21
    assert listed[-1] == "And 5 more faults."


def test_tables_that_are_none():
    """Missing or doubled columns, no rows, no text, an open quotation mark."""
    assert (
        "the columns turn, code were expected, “transcript, coder” came" in problems("transcript,coder\n")[0]
    )
    assert "the column “code” is there twice" in problems("transcript,turn,code,coder,Code\n")[0]
    assert "at least one coding was expected" in problems(HEADER)[0]
    assert "the columns transcript" in problems("")[0]
    assert "NUL character" in problems("transcript\0")[0]
    assert (
        "row 3: cells in well-formed quotation marks" in problems(HEADER + 't,1,,,,c,Ann\nt,1,,,"x,c,Ann')[0]
    )
    with pytest.raises(TableError, match="at most 50 MB was expected"):
        read_codings("a.csv", bytes(50 * 1024 * 1024 + 1))


def test_place_finds_the_passage():
    """Whole turn, span, or the quote when it is there once."""
    words = "Yes. 😀 Yes, well."
    assert place(row(), words) == (0, len(words))
    assert place(row(start=5, end=6, quote="😀"), words) == (5, 6)
    assert place(row(quote="well"), words) == (12, 16)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"start": 5, "end": 99}, "An end of at most 17 was expected, 99 came."),
        ({"start": 0, "end": 3, "quote": "No!"}, "The quote “No!” was expected there, the turn says “Yes”."),
        ({"quote": "maybe"}, "The quote “maybe” is not in the turn."),
        ({"quote": "Yes"}, "The quote “Yes” is there more than once; give start and end."),
    ],
)
def test_place_refuses_what_does_not_fit(fields, says):
    """A span beyond the turn, other words there, a quote that is missing or there twice."""
    with pytest.raises(ValueError, match=r"expected|quote") as caught:
        place(row(**fields), "Yes. 😀 Yes, well.")
    assert str(caught.value) == says


def row(start=None, end=None, quote=""):
    return CodingRow("t", 1, start, end, quote, "c", "Ann")


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0\x01")).filter(
    lambda text: sum(ord(char) < 32 or ord(char) == 127 for char in text) == text.count("\n")
)
cells = texts | st.sampled_from(
    ["=1+1", "+x", "-x", "@x", "\tx", "'=x", "''-", "'", 'a"b', "a,b;c\td", "a\nb"]
)
named = cells.map(str.strip).filter(bool)
codes = st.lists(named.filter(lambda name: ">" not in name), min_size=1, max_size=3).map(" > ".join)
wheres = st.one_of(
    st.tuples(st.integers(1, 9999), st.none(), st.none(), cells),
    st.tuples(st.none(), st.none(), st.none(), cells.filter(bool)),
    st.builds(
        lambda turn, start, words: (turn, start, start + len(words), words),
        st.integers(1),
        st.integers(0),
        named,
    ).filter(lambda where: max(where[:3]) < 2**31),
)
codings = st.builds(
    lambda name, where, *rest: CodingRow(name, *where, *rest), named, wheres, codes, named, cells, cells
)


@given(st.lists(codings, min_size=1, max_size=5))
@settings(deadline=None)
def test_codings_come_back(rows):
    """Whatever the cells look like, written codings are read as the same rows."""
    table = read_codings("a.csv", "".join(write_codings(rows)).encode())
    assert list(table.rows) == rows
    assert table.ignored_columns == ()


@given(cells)
@settings(deadline=None)
def test_guarding_can_be_undone(cell):
    """No guarded cell is a formula, and none loses a character."""
    assert unguard(guard(cell)) == cell
    assert not guard(cell).startswith(tuple("=+-@\t\r\n＝＋－＠"))


def test_passages_and_codebook_as_csv():
    """Columns in order, formulas guarded, UTF-8 with its mark."""
    passage = PassageRow("t", 1, "Ann", 0, 5, "=SUM(A1)", "A > B", "Bo", "-")
    assert "".join(write_passages([passage])) == (
        "\ufefftranscript,turn,speaker,start,end,passage,code,coder,memo\r\n"
        "t,1,Ann,0,5,'=SUM(A1),A > B,Bo,'-\r\n"
    )
    code = CodebookRow("2", "1", "A > B", "Being\nbelieved", "", "", "", "-", "3", "", 7, 2)
    assert "".join(write_codebook([code])) == (
        "\ufeffid,under,code,definition,include,exclude,example,plain,colour,retired,codings,transcripts\r\n"
        '2,1,A > B,"Being\nbelieved",,,,\'-,3,,7,2\r\n'
    )


def test_csv_comes_in_pieces():
    """Many rows are written in pieces of bounded size, from a generator read only as far as needed."""
    taken = []

    def many():
        for number in range(10_000):
            taken.append(number)
            yield PassageRow("t", number, "Ann", 0, 5, "Hello there", "A > B", "Bo")

    pieces = write_passages(many())
    first = next(pieces)
    assert len(taken) < 3000
    assert len(first) < 70_000
    assert len(list(csv.reader(io.StringIO(first + "".join(pieces))))) == 10_001


def test_workbook_holds_the_same_cells(tmp_path):
    """Sheets with titles, numbers as numbers, texts as texts even where they look like formulas or links."""
    path = tmp_path / "a.xlsx"
    odd = CodingRow("http://x", 1, None, None, "=1+1 😀\n_x0041_", "A > B", "007", "'-", "")
    code = CodebookRow("1", "", "A", "Being believed", "", "", "", "", "3", "", 7, 2)
    passage = PassageRow("t", 1, "Ann", 0, 5, "Hello", "A", "Bo")
    write_xlsx(
        [
            codings_sheet("codings", [ANN, odd]),
            codebook_sheet("codes", [code]),
            passages_sheet("p", [passage]),
        ],
        path,
    )
    book = load_workbook(path)
    assert book.sheetnames == ["codings", "codes", "p"]
    shown = [[cell.value for cell in line] for line in book["codings"].iter_rows()]
    assert shown[0] == list(CODING_COLUMNS)
    assert shown[1] == [getattr(ANN, column) for column in CODING_COLUMNS]
    assert shown[2] == ["http://x", 1, None, None, "=1+1 😀\n_x005F_x0041_", "A > B", "007", "'-", None]
    assert unescape(str(shown[2][4])) == odd.quote
    assert book["codings"]["E3"].data_type == "s"
    shown = [cell.value for cell in book["codes"][2]]
    assert shown == ["1", None, "A", "Being believed", None, None, None, None, "3", None, 7, 2]
    assert book["p"]["F2"].value == "Hello"


def test_what_a_workbook_cannot_hold_is_refused(tmp_path):
    """A cell over the limit of the format is named, and no cut file stays behind."""
    path = tmp_path / "a.xlsx"
    fits = [Sheet("s", ("words",), [["a" * 32_767], ["😀" * 16_383]])]
    write_xlsx(fits, path)
    assert load_workbook(path)["s"]["A2"].value == "a" * 32_767
    with pytest.raises(TableError, match="Sheet “s”, row 2, column “words”: more came than XLSX holds"):
        write_xlsx([Sheet("s", ("words",), [["😀" * 16_384]])], path)
    assert not path.exists()


def test_a_fault_while_reading_rows_leaves_no_workbook(tmp_path):
    """When the rows themselves fail, nothing half-written stays behind."""
    path = tmp_path / "a.xlsx"
    with pytest.raises(ZeroDivisionError):
        write_xlsx([Sheet("s", ("n",), ([1 // n] for n in (1, 0)))], path)
    assert not path.exists()


def test_code_paths():
    """A path has its parents before " > "."""
    assert code_path("Relationship > Trust >Being believed") == ("Relationship", "Trust >Being believed")
    assert code_path(" A  >  B ") == ("A", "B")


def test_a_workbook_holds_no_clock(tmp_path):
    """The same rows make the same bytes, whenever they are written."""
    path = tmp_path / "made.xlsx"
    write_xlsx([Sheet("a", ("words",), iter([("Chairs",)]))], path)
    with zipfile.ZipFile(path) as parts:
        assert b"1980-01-01T00:00:00Z</dcterms:created>" in parts.read("docProps/core.xml")
