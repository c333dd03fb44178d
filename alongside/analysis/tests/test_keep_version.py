import pytest
from django.test import Client

from alongside.accounts.models import Study, User
from alongside.analysis.actions import (
    add_code,
    change_code,
    keep_version,
    merge_codes,
    move_code,
    retire_code,
)
from alongside.analysis.models import Code, Codebook, CodebookVersion
from alongside.audit.models import Entry
from alongside.interviews.models import Transcript
from tests.support.walking import plain

ROOM = "/s/six-months-on/analysis/codebook/versions/"


def sentences(client: Client, **asked: object) -> list[str]:
    return [each.sentence for each in client.get(ROOM + "compare/", asked).context["changed"]]


def test_a_version_is_kept_with_why(as_hilary: Client, study: Study, hilary: User, waiting: Code):
    """Its number is the codebook's, and the page shows who kept it and why."""
    assert as_hilary.post(ROOM + "keep/", {"why": "We settled silence."}).status_code == 302
    version = CodebookVersion.objects.get()
    assert (version.number, version.by, version.why) == (1, hilary, "We settled silence.")
    assert [code["name"] for code in version.codes] == ["Asking, then waiting"]
    assert Codebook.objects.get().version == 1
    assert Entry.objects.filter(verb="keep_version").count() == 1
    page = as_hilary.get(ROOM).content.decode()
    assert "We settled silence." in page
    assert "kept by Hilary Banks" in page
    assert "Nothing has changed." in page


def test_a_version_without_a_change_is_refused(as_hilary: Client, study: Study, waiting: Code):
    """And so is one of an empty codebook."""
    as_hilary.post(ROOM + "keep/")
    page = as_hilary.post(ROOM + "keep/", {"why": "Again"})
    assert page.status_code == 422
    assert "Nothing has changed since version 1." in page.content.decode()


def test_an_empty_codebook_is_not_kept(as_hilary: Client, study: Study):
    """There would be nothing in it."""
    page = as_hilary.post(ROOM + "keep/")
    assert page.status_code == 422
    assert "There is no code to keep yet." in page.content.decode()


@pytest.fixture
def two_versions(hilary: User, study: Study, waiting: Code) -> None:
    """Everything that can happen to a codebook, between its first version and its second."""
    codes = {name: add_code(by=hilary, study=study, name=name) for name in ("Talk", "Chairs", "Doors", "Old")}
    keep_version(by=hilary, study=study, why="First")
    change_code(by=hilary, code=codes["Talk"], name="Speech")
    change_code(by=hilary, code=waiting, definition="A gap is left open.", colour=12)
    move_code(by=hilary, code=codes["Chairs"], parent=codes["Talk"])
    merge_codes(by=hilary, code=codes["Doors"], into=codes["Chairs"])
    retire_code(by=hilary, code=codes["Old"])
    add_code(by=hilary, study=study, name="New")
    keep_version(by=hilary, study=study, why="Second")


def test_what_changed_is_told_in_sentences(as_hilary: Client, two_versions: None):
    """Renamed, moved, merged, retired, added, described anew."""
    told = sentences(as_hilary, older=1, newer=2)
    assert set(told) == {
        "“Talk” is now called “Speech”.",
        "“Chairs” stood on top and now stands under “Speech”.",
        "“Doors” was merged into “Speech > Chairs”.",
        "“Old” was taken out of use.",
        "“New” was added.",
        "“Asking, then waiting” was pine and is now cherry.",
        "“Asking, then waiting” was described anew.",
    }
    page = as_hilary.get(ROOM + "compare/", {"older": 1, "newer": 2}).content.decode()
    assert "<del>left.</del>" in page
    assert "<ins>left open.</ins>" in page or "<ins>open.</ins>" in page
    assert sentences(as_hilary, older=2) == []


def test_going_back_in_time_reads_backwards(as_hilary: Client, two_versions: None):
    """The later one may be the older one."""
    told = sentences(as_hilary, older=2, newer=1)
    assert "“New” is gone." in told
    assert "“Old” was brought back into use." in told


def test_another_order_is_told(as_hilary: Client, hilary: User, study: Study, waiting: Code):
    """Once for each place, not code by code."""
    first = add_code(by=hilary, study=study, name="First")
    keep_version(by=hilary, study=study)
    move_code(by=hilary, code=first, parent=None, before=waiting)
    assert sentences(as_hilary, older=1) == ["The codes on top stand in another order."]


def test_an_example_that_is_closed_to_one_is_not_shown(
    as_priya: Client,
    as_hilary: Client,
    hilary: User,
    study: Study,
    waiting: Code,
    wren_transcript: Transcript,
):
    """Wren's words in an example stay closed to who works with Wren, here and on the code's page: both are to
    Priya, to the byte, as if it had none. That it is closed would tell her that Wren was interviewed."""
    keep_version(by=hilary, study=study)
    pages = (f"{ROOM}compare/?older=1", f"/s/six-months-on/analysis/codes/{waiting.pk}/")
    before = [plain(as_priya.get(page), page) for page in pages]
    change_code(by=hilary, code=waiting, example="“I stopped sitting by the door”")
    for page in pages:
        assert "sitting by" in as_hilary.get(page).content.decode()
    assert [plain(as_priya.get(page), page) for page in pages] == before


def test_versions_that_are_not_there_are_said(as_hilary: Client, study: Study, waiting: Code):
    """Back to the list, with a sentence."""
    page = as_hilary.get(ROOM + "compare/", {"older": 7}, follow=True).content.decode()
    assert "Choose two versions that were kept." in page


def test_strangers_find_nothing(as_stranger: Client, as_fern: Client, waiting: Code):
    """Another study's members and mere readers get the same answer."""
    for client in (as_stranger, as_fern):
        assert client.get(ROOM).status_code == 404
        assert client.post(ROOM + "keep/").status_code == 404
        assert client.get(ROOM + "compare/").status_code == 404
