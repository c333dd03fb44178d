from io import BytesIO
from uuid import uuid4

import pytest
from django.test import Client

from alongside.accounts.models import Study, User
from alongside.analysis.actions import add_code, change_code, undo
from alongside.analysis.models import Act, Code
from alongside.exchange.formats.codebooks import WORDS
from alongside.interviews.models import Transcript

ROOM = "/s/six-months-on/exchange/"


def read(client: Client, data: bytes, name: str = "book.csv"):
    file = BytesIO(data)
    file.name = name
    return client.post(ROOM + "codebook/", {"file": file})


def take(client: Client, page, **said: str):
    form = page.context["form"]
    return client.post(
        ROOM + "codebook/take/", {"seen": form["seen"].value(), "sealed": form["sealed"].value(), **said}
    )


def exported(client: Client, format: str) -> bytes:
    answer = client.post(f"{ROOM}codebook.{format}")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


TABLE = (
    b"code,definition,plain,colour,author\n"
    b'Talk > Silence,"Nobody\nspeaks.",Quiet,4,Bo\n'
    b"Talk,What is said,,,Bo\n"
    b'"Asking, then waiting",Another meaning,In short,,Bo\n'
)


def test_what_it_would_do_is_shown_and_nothing_done(as_hilary: Client, waiting: Code):
    """New codes, known ones with what differs word by word, and what is not taken."""
    page = read(as_hilary, TABLE)
    html = page.content.decode()
    assert page.context["plan"].new_paths == ["Talk", "Talk > Silence"]
    assert [each.path for each in page.context["plan"].known] == ["Asking, then waiting"]
    assert "The column “author”." in html
    assert "<ins>Another" in html
    assert Code.objects.count() == 1


def test_it_comes_in_as_one_act_that_is_undone(as_hilary: Client, hilary: User, study: Study, waiting: Code):
    """What stands here stays; what is missing here is added; then one undo turns all of it back."""
    assert take(as_hilary, read(as_hilary, TABLE)).status_code == 302
    silence = Code.objects.get(name="Silence")
    assert (silence.parent.name, silence.definition, silence.colour) == ("Talk", "Nobody\nspeaks.", 4)
    waiting.refresh_from_db()
    assert (waiting.definition, waiting.plain) == ("A gap is left.", "In short")
    assert Act.objects.get(kind=Act.Kind.TAKE_CODES).codes.count() == 3
    undo(by=hilary, study=study, transcript=None)
    waiting.refresh_from_db()
    assert waiting.plain == ""
    assert not Code.objects.filter(retired=None, name__in=["Talk", "Silence"]).exists()


def test_the_words_of_the_file_are_taken_when_asked(as_hilary: Client, waiting: Code):
    """Only then."""
    assert take(as_hilary, read(as_hilary, TABLE), take_over="yes").status_code == 302
    waiting.refresh_from_db()
    assert waiting.definition == "Another meaning"


@pytest.mark.parametrize("format", ["csv", "xlsx", "qdc", "docx"])
def test_what_left_is_known_when_it_comes_back(
    format: str, as_hilary: Client, hilary: User, study: Study, waiting: Code
):
    """In each format: nothing is new, nothing differs."""
    below = add_code(
        by=hilary, study=study, name="Time", parent=waiting, **{word: f"{word} 🙂\n1" for word in WORDS}
    )
    add_code(by=hilary, study=study, name="Time", plain=f"As long as {below.name}")
    page = read(as_hilary, exported(as_hilary, format), f"book.{format}")
    assert len(page.context["plan"].known) == 3
    assert page.context["plan"].new == []
    assert [each.wordings for each in page.context["plan"].known] == [[], [], []]
    assert "Everything in the file is here already." in page.content.decode()


@pytest.mark.parametrize("format", ["csv", "xlsx", "qdc", "docx"])
def test_it_fills_an_empty_study(
    format: str, as_hilary: Client, as_stranger: Client, hilary: User, study: Study, waiting: Code
):
    """Elsewhere the same tree stands afterwards; ids that are taken here are not taken twice."""
    add_code(by=hilary, study=study, name="Time", parent=waiting, plain="How long")
    add_code(by=hilary, study=study, name="Time", include="Clocks")
    data = BytesIO(exported(as_hilary, format))
    data.name = f"book.{format}"
    there = "/s/elsewhere/exchange/codebook/"
    form = as_stranger.post(there, {"file": data}).context["form"]
    as_stranger.post(there + "take/", {name: form[name].value() for name in ("seen", "sealed")})
    told = {
        (code.name, code.parent.name if code.parent else "", code.plain, code.include, code.colour)
        for code in Code.objects.filter(study__slug="elsewhere")
    }
    assert told == {
        (code.name, code.parent.name if code.parent else "", code.plain, code.include, code.colour)
        for code in Code.objects.filter(study=study)
    }
    assert Code.objects.count() == 6


def test_a_free_id_is_kept(as_hilary: Client, study: Study):
    """So that two exports of one codebook can be matched."""
    pk = uuid4()
    take(as_hilary, read(as_hilary, f"id,under,code\n{pk},,Talk\n".encode()))
    assert Code.objects.get().pk == pk


def test_a_codebook_that_changed_since_is_shown_again(
    as_hilary: Client, hilary: User, study: Study, waiting: Code
):
    """Nothing is brought in on a look that no longer holds."""
    page = read(as_hilary, TABLE)
    add_code(by=hilary, study=study, name="Talk")
    again = take(as_hilary, page)
    assert again.status_code == 422
    assert "The codebook changed since you looked." in again.content.decode()
    assert Code.objects.count() == 2
    assert take(as_hilary, again).status_code == 302


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "at least one code was expected"),
        (b"PK\x03\x04nothing", "damaged"),
        (b"code\nA\nA\n", "there twice in one place"),
        (b"<?xml version='1.0'?><Project/>", "a codebook of REFI-QDA was expected"),
    ],
)
def test_a_file_that_is_no_codebook_is_said(data: bytes, said: str, as_hilary: Client, study: Study):
    """In a sentence, and nothing is stored."""
    page = read(as_hilary, data)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert not Code.objects.exists()


def test_a_page_of_somebody_else_brings_nothing_in(as_hilary: Client, as_dot: Client, study: Study):
    """What was read for one isn't taken by another, nor what somebody made up."""
    page = read(as_hilary, TABLE)
    assert take(as_dot, page).status_code == 302
    assert as_hilary.post(ROOM + "codebook/take/", {"seen": "x", "sealed": "y"}).status_code == 302
    assert not Code.objects.exists()


@pytest.mark.parametrize("many", [3, 300])
def test_a_long_codebook_is_looked_at_in_a_few_questions(
    many: int, as_hilary: Client, study: Study, django_assert_max_num_queries
):
    """However many codes it has."""
    table = "code\n" + "".join(f"Code {number}\n" for number in range(many))
    with django_assert_max_num_queries(9):
        assert read(as_hilary, table.encode()).status_code == 200


def test_strangers_find_nothing(as_stranger: Client, as_fern: Client, study: Study):
    """Another study's members and mere readers get the same answer."""
    for client in (as_stranger, as_fern):
        assert client.get(ROOM + "codebook/").status_code == 404
        assert client.post(ROOM + "codebook/take/").status_code == 404


def test_an_example_that_is_closed_to_one_is_neither_shown_nor_taken_over(
    as_priya: Client, hilary: User, waiting: Code, wren_transcript: Transcript
):
    """A file that says another one doesn't bring Wren's words before Priya, who works with Wren; to her
    there is none, and the codebook keeps both."""
    example = wren_transcript.revisions.get().text[:60]
    change_code(by=hilary, code=waiting, example=example)
    page = read(as_priya, b'code,definition,example\n"Asking, then waiting",Meant,Another\n')
    assert example[:20] not in page.content.decode()
    assert take(as_priya, page, take_over="yes").status_code == 302
    waiting.refresh_from_db()
    assert (waiting.definition, waiting.example) == ("Meant", f"Another\n{example}")
