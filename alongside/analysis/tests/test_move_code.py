import pytest
from django.test import Client

from alongside.accounts.models import Study, User
from alongside.analysis.actions import add_code, move_code, undo
from alongside.analysis.models import Act, Code
from alongside.analysis.queries import flat, tree

ROOM = "/s/six-months-on/analysis/"
TREE = {"X-Codebook": "tree"}


def url(code: Code, deed: str = "move/") -> str:
    return f"{ROOM}codes/{code.pk}/{deed}"


@pytest.fixture
def codes(hilary: User, study: Study) -> dict[str, Code]:
    """A, B with B1 and B2 below, C."""
    made = {name: add_code(by=hilary, study=study, name=name) for name in "ABC"}
    for name in ("B1", "B2"):
        made[name] = add_code(by=hilary, study=study, name=name, parent=made["B"])
    return made


def shape(study: Study, user: User) -> str:
    return " ".join(f"{'.' * branch.depth}{branch.code.name}" for branch in flat(tree(study, user)))


@pytest.mark.parametrize(
    ("name", "step", "then"),
    [
        ("B", "up", "B .B1 .B2 A C"),
        ("B", "down", "A C B .B1 .B2"),
        ("B", "in", "A .B ..B1 ..B2 C"),
        ("B1", "out", "A B .B2 B1 C"),
        ("B2", "up", "A B .B2 .B1 C"),
        ("C", "in", "A B .B1 .B2 .C"),
    ],
)
def test_a_code_goes_one_step(
    name: str, step: str, then: str, as_hilary: Client, hilary: User, study: Study, codes: dict[str, Code]
):
    """By a button, without script; what stands below goes along, and undoing puts it back."""
    answer = as_hilary.post(url(codes[name]), {"step": step})
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"#code-{codes[name].pk}")
    assert shape(study, hilary) == then
    undo(by=hilary, study=study, transcript=None)
    assert shape(study, hilary) == "A B .B1 .B2 C"


@pytest.mark.parametrize(
    ("name", "parent", "before", "then"),
    [
        ("C", "B", "B2", "A B .B1 .C .B2"),
        ("B1", "", "A", "B1 A B .B2 C"),
        ("A", "B1", "", "B .B1 ..A .B2 C"),
        ("A", "", "C", "B .B1 .B2 A C"),
    ],
)
def test_a_code_goes_where_it_is_dropped(
    name: str,
    parent: str,
    before: str,
    then: str,
    as_hilary: Client,
    hilary: User,
    study: Study,
    codes: dict[str, Code],
):
    """Under a code and before another; the script gets the new tree."""
    sent = {place: str(codes[at].pk) if at else "" for place, at in (("parent", parent), ("before", before))}
    answer = as_hilary.post(url(codes[name]), sent, headers=TREE)
    assert answer.status_code == 200
    assert answer.content.decode().lstrip().startswith('<div class="book"')
    assert shape(study, hilary) == then


def test_many_moves_into_one_gap_keep_the_order(hilary: User, study: Study, codes: dict[str, Code]):
    """Whenever no number is left between two neighbours, all get room, as part of the move."""
    for number in range(24):
        made = add_code(by=hilary, study=study, name=f"New {number:02}")
        move_code(by=hilary, code=made, parent=None, before=Code.objects.get(name="B"))
    names = [name for name in shape(study, hilary).split(" .")[0].split() if name not in "New"]
    assert names == ["A", *(f"{number:02}" for number in range(24)), "B"]
    undo(by=hilary, study=study, transcript=None)
    assert shape(study, hilary).endswith("New 22 B .B1 .B2 C New 23")


@pytest.mark.parametrize(
    ("name", "step"), [("A", "up"), ("C", "down"), ("A", "in"), ("A", "out"), ("A", "x")]
)
def test_where_it_cannot_go_is_said(
    name: str, step: str, as_hilary: Client, hilary: User, study: Study, codes: dict[str, Code]
):
    """To the script as a tree with the sentence, to the page as a message; nothing moves."""
    answer = as_hilary.post(url(codes[name]), {"step": step}, headers=TREE)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert shape(study, hilary) == "A B .B1 .B2 C"


def test_no_code_goes_under_itself(as_hilary: Client, hilary: User, study: Study, codes: dict[str, Code]):
    """Nor under one of its own."""
    page = as_hilary.post(url(codes["B"]), {"parent": str(codes["B1"].pk)}, follow=True)
    assert "can’t stand under itself" in page.content.decode()
    assert shape(study, hilary) == "A B .B1 .B2 C"


def test_two_of_one_name_never_stand_in_one_place(
    as_hilary: Client, hilary: User, study: Study, codes: dict[str, Code]
):
    """Elsewhere they may; where one stands, the other is refused with a sentence."""
    twin = add_code(by=hilary, study=study, name="B1")
    page = as_hilary.post(url(twin, "put/"), {"parent": str(codes["B"].pk)})
    assert page.status_code == 422
    assert "There is a code called “B1” here already." in page.content.decode()
    assert as_hilary.post(url(twin, "put/"), {"parent": str(codes["A"].pk)}).status_code == 302
    assert shape(study, hilary) == "A .B1 B .B1 .B2 C"


def test_staying_is_no_act(hilary: User, study: Study, codes: dict[str, Code]):
    """Nothing is put on the record that did not happen."""
    move_code(by=hilary, code=codes["B1"], parent=codes["B"], before=codes["B2"])
    assert not Act.objects.filter(kind=Act.Kind.MOVE_CODE).exists()


def test_strangers_find_nothing(as_stranger: Client, as_fern: Client, codes: dict[str, Code]):
    """Another study's members and mere readers get the same answer."""
    for client in (as_stranger, as_fern):
        assert client.post(url(codes["B"]), {"step": "up"}).status_code == 404
        assert client.get(url(codes["B"], "put/")).status_code == 404
