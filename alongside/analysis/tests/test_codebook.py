import pytest
from django.test import Client
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.analysis.actions import add_code, apply_code, move_code, retire_code
from alongside.analysis.models import Code, Coding
from alongside.analysis.queries import flat, tree
from alongside.interviews.models import Transcript
from conftest import words_at


def test_the_codebook_counts_under_parents(as_hilary: Client, hilary: User, study: Study, visitor: Coding):
    """A parent's number is its own codings and those below."""
    parent = add_code(by=hilary, study=study, name="Since")
    move_code(by=hilary, code=visitor.code, parent=parent)
    lines = {branch.path: branch.total for branch in flat(tree(study, hilary))}
    assert lines == {"Since": 1, "Since > Asking, then waiting": 1}
    assert "Asking, then waiting" in as_hilary.get("/s/six-months-on/analysis/codebook/").content.decode()


def test_counts_obey_the_firewall(
    study: Study, hilary: User, priya: User, waiting: Code, wren_transcript: Transcript
):
    """Who works with Wren counts nothing of what Wren said."""
    revision = wren_transcript.revisions.get()
    apply_code(by=hilary, revision=revision, code=waiting, start=0, end=5)
    assert [branch.own for branch in tree(study, hilary)] == [1]
    assert [branch.own for branch in tree(study, priya)] == [0]


@pytest.mark.parametrize("many", [3, 500])
def test_the_page_asks_the_same_number_of_questions(
    many: int, as_hilary: Client, hilary: User, study: Study, django_assert_num_queries
):
    """However many codes there are."""
    above = add_code(by=hilary, study=study, name="Above all")
    Code.objects.bulk_create(
        Code(
            study=study,
            codebook=above.codebook,
            parent=above if number % 3 else None,
            name=f"Code {number}",
            colour=1 + number % 12,
            position=number,
            retired=None if number % 5 else timezone.now(),
        )
        for number in range(many)
    )
    with django_assert_num_queries(11):
        assert as_hilary.get("/s/six-months-on/analysis/codebook/").status_code == 200


@pytest.mark.parametrize("many", [2, 12])
def test_a_codes_page_asks_the_same_number_of_questions(
    many: int,
    as_hilary: Client,
    hilary: User,
    waiting: Code,
    rowan_transcript: Transcript,
    django_assert_num_queries,
):
    """However many passages it shows; each with its words cut out by the database."""
    revision, start, _end = words_at(rowan_transcript, "Nobody decided that.")
    for number in range(many):
        apply_code(by=hilary, revision=revision, code=waiting, start=start, end=start + 2 + number)
    address = f"/s/six-months-on/analysis/codes/{waiting.pk}/"
    as_hilary.get(address)  # The first look of a day goes on record.
    with django_assert_num_queries(19):
        page = as_hilary.get(address).content.decode()
    assert "<p>Nob</p>" in page


def test_no_code_stands_under_itself(hilary: User, study: Study, waiting: Code):
    """A circle is refused."""
    below = add_code(by=hilary, study=study, name="Below", parent=waiting)
    with pytest.raises(Exception, match="under itself"):
        move_code(by=hilary, code=waiting, parent=below)


def test_codes_stand_in_the_order_asked_for(as_hilary: Client, hilary: User, study: Study, visitor: Coding):
    """The team's own order, by name, or most codings first."""
    for name in ("Zebra crossing", "Aside"):
        add_code(by=hilary, study=study, name=name)
    page = "/s/six-months-on/analysis/codebook/"

    def names(**asked: str) -> list[str]:
        return [line.code.name for line in as_hilary.get(page, asked).context["book"].lines]

    assert names() == ["Asking, then waiting", "Zebra crossing", "Aside"]
    assert names(order="name") == ["Aside", "Asking, then waiting", "Zebra crossing"]
    assert names(order="count") == ["Asking, then waiting", "Aside", "Zebra crossing"]
    assert names(order="x") == names()


def test_part_of_a_name_finds_a_code_with_its_place(
    as_hilary: Client, hilary: User, study: Study, waiting: Code
):
    """What stands above it and below it shows, the rest does not and is said to be hidden."""
    silence = add_code(by=hilary, study=study, name="Silence", parent=waiting)
    add_code(by=hilary, study=study, name="Long", parent=silence)
    add_code(by=hilary, study=study, name="Elsewhere")
    page = as_hilary.get("/s/six-months-on/analysis/codebook/", {"name": "SILEN"})
    assert [line.code.name for line in page.context["book"].lines] == [
        "Asking, then waiting",
        "Silence",
        "Long",
    ]
    assert "1 code is hidden by the filter." in page.content.decode()


def test_a_tree_of_any_depth_is_drawn(as_hilary: Client, study: Study, waiting: Code):
    """Two hundred levels: every list that is opened is closed."""
    above = waiting
    for number in range(200):
        above = Code.objects.create(
            study=study, codebook=waiting.codebook, parent=above, name=f"Level {number}", colour=1
        )
    html = as_hilary.get("/s/six-months-on/analysis/codebook/").content.decode()
    assert "Level 199" in html
    assert html.count("<ul") == html.count("</ul>")
    assert html.count("<li ") + html.count("<li>") == html.count("</li>")


def test_who_uses_what_tells_only_what_one_may_see(
    as_hilary: Client, as_priya: Client, hilary: User, waiting: Code, wren_transcript: Transcript
):
    """Hilary's codings of Wren are a row for Hilary, and nothing at all for who works with Wren."""
    revision = wren_transcript.revisions.get()
    apply_code(by=hilary, revision=revision, code=waiting, start=0, end=5)
    page = "/s/six-months-on/analysis/codebook/"
    [use] = as_hilary.get(page).context["uses"]
    assert (use.branch.code, use.by_coder) == (waiting, [1])
    assert as_priya.get(page).context["uses"] == []
    assert "Who uses what" not in as_priya.get(page).content.decode()


def test_codes_out_of_use_stand_apart(as_hilary: Client, hilary: User, study: Study, waiting: Code):
    """A retired parent shows while codes below it are in use, and says so."""
    add_code(by=hilary, study=study, name="Below", parent=waiting)
    retire_code(by=hilary, code=waiting)
    book = as_hilary.get("/s/six-months-on/analysis/codebook/").context["book"]
    assert [line.code.name for line in book.lines] == ["Asking, then waiting", "Below"]
    assert [branch.code.name for branch in book.retired] == ["Asking, then waiting"]
    assert book.in_use == 1
