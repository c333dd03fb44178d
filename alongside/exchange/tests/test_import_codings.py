import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from alongside.accounts.models import User
from alongside.analysis.models import Code, Coding, Memo
from alongside.exchange.exporting import as_csv, material
from alongside.interviews.models import Transcript

URL = "/s/six-months-on/exchange/codings/"
HEAD = "transcript,turn,start,end,quote,code,coder,memo\n"


def send(client: Client, *rows: str) -> tuple[int, str]:
    file = SimpleUploadedFile("codings.csv", (HEAD + "\n".join(rows) + "\n").encode())
    answer = client.post(URL, {"file": file})
    return answer.status_code, answer.content.decode()


def test_a_table_is_taken_whole(as_hilary: Client, hilary: User, rowan_transcript: Transcript):
    """Whole turns, offsets and quotes; codes and coders that are new are made, known ones found."""
    name = rowan_transcript.name
    status, _page = send(
        as_hilary,
        f"{name},2,,,,Room > Chairs,Hilary Banks,",
        f"{name},4,0,10,Not so bad,Managed,Ines,She says it twice",
        f"{name},6,,,getting used to,Managed,Ines,",
    )
    assert status == 302
    words = {c.revision.text[c.start : c.end]: (c.code.name, c.coder.name) for c in Coding.objects.all()}
    assert words["Not so bad"] == ("Managed", "Ines")
    assert words["getting used to"] == ("Managed", "Ines")
    assert ("Chairs", "Hilary Banks") in words.values()
    assert Code.objects.get(name="Chairs").parent == Code.objects.get(name="Room")
    assert Coding.objects.filter(coder=hilary).count() == 1
    assert Memo.objects.get().words == "She says it twice"
    assert User.objects.get(name="Ines").is_active is False


def test_the_same_table_twice_changes_nothing(as_hilary: Client, rowan_transcript: Transcript):
    """What stands already is known again."""
    row = f"{rowan_transcript.name},2,,,,Chairs,Ines,"
    send(as_hilary, row)
    send(as_hilary, row)
    assert (Coding.objects.count(), Code.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("nobody,2,,,,Chairs,Ines,", "Row 3: There is no transcript “nobody” in this study."),
        ("NAME,99,,,,Chairs,Ines,", "Row 3: There is no turn 99; the transcript has 7."),
        ("NAME,2,0,9999,,Chairs,Ines,", "Row 3: An end of at most"),
        ("NAME,2,0,4,Nope,Chairs,Ines,", "Row 3: The quote “Nope” was expected there"),
        ("NAME,2,,,never said,Chairs,Ines,", "Row 3: The quote “never said” is not in the turn."),
        ("NAME,2,5,,,Chairs,Ines,", "start and end were expected together"),
        ("NAME,two,,,,Chairs,Ines,", "a whole number from 1 on was expected, “two” came"),
        ("NAME,2,,,,,Ines,", "column “code”: a text was expected"),
    ],
)
def test_one_fault_and_nothing_is_taken(
    row: str, sentence: str, as_hilary: Client, rowan_transcript: Transcript
):
    """The sentence names the row; the good row before it is not stored either."""
    name = rowan_transcript.name
    status, page = send(as_hilary, f"{name},2,,,,Chairs,Ines,", row.replace("NAME", name))
    assert status == 422
    assert sentence in page.replace("&#x27;", "'")
    assert not Coding.objects.exists()
    assert not Code.objects.exists()
    assert not User.objects.filter(name="Ines").exists()


def test_nobody_codes_in_a_colleagues_name(as_hilary: Client, dot: User, rowan_transcript: Transcript):
    """Neither by name nor by address; nothing is taken."""
    for coder in ("Dot Ellison", "dot@example.org"):
        status, page = send(as_hilary, f"{rowan_transcript.name},2,,,,Chairs,{coder},")
        assert status == 422
        assert "Dot Ellison brings it in" in page
    assert not Coding.objects.exists()


def test_a_transcript_behind_the_firewall_is_not_found(as_priya: Client, wren_transcript: Transcript):
    """The answer is the one for a transcript that does not exist."""
    _status, page = send(as_priya, f"{wren_transcript.name},1,,,,Chairs,Ines,")
    assert "There is no transcript" in page


def test_what_is_exported_can_be_brought_in_again(
    as_hilary: Client, hilary: User, rowan_transcript: Transcript
):
    """Out and in: nothing is new, nothing is lost; formulas are only words."""
    name = rowan_transcript.name
    send(as_hilary, f"{name},2,,,,=Chairs,Ines,@memo", f"{name},4,0,10,,Managed,Ines,")
    table = "".join(as_csv(material(rowan_transcript.study, hilary, "codings")))
    assert ",'=Chairs," in table
    file = SimpleUploadedFile("again.csv", table.encode())
    page = as_hilary.post(URL, {"file": file}, follow=True).content.decode()
    assert "0 codings are new." in page
    assert Coding.objects.count() == 2
