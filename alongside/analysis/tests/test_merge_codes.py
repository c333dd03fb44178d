from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from alongside.accounts.models import Study, User
from alongside.analysis.actions import (
    add_code,
    apply_code,
    link_codings,
    merge_codes,
    recode,
    redo,
    remove_coding,
    start_theme,
    undo,
    weigh_coding,
)
from alongside.analysis.models import Act, Code, Coding, Memo, Theme
from alongside.audit.models import Entry
from alongside.interviews.models import Transcript
from conftest import words_at

ROOM = "/s/six-months-on/analysis/"


def url(code: Code) -> str:
    return f"{ROOM}codes/{code.pk}/merge/"


@pytest.fixture
def silence(hilary: User, study: Study) -> Code:
    return add_code(by=hilary, study=study, name="Left a silence")


def state() -> dict[str, Any]:
    """Everything that a merge touches, in a form that can be compared."""
    return {
        "codings": sorted(
            Coding.objects.values_list("pk", "code__name", "coder", "start", "end", "important", "removed"),
            key=str,
        ),
        "codes": sorted(Code.objects.values_list("name", "parent__name", "merged", "position"), key=str),
        "in use": sorted(Code.objects.filter(retired=None).values_list("name", flat=True)),
        "themes": {theme.name: sorted(c.name for c in theme.codes.all()) for theme in Theme.objects.all()},
        "memos": sorted(Memo.objects.values_list("words", "code__name", "coding"), key=str),
    }


@pytest.fixture
def both(
    hilary: User, dot: User, study: Study, waiting: Code, silence: Code, rowan_transcript: Transcript
) -> dict[str, Coding]:
    """Two coders with both codes, on the same words and on others; a theme, memos and a link."""
    revision, start, end = words_at(rowan_transcript, "Nobody decided that.")
    made = {
        "twin": apply_code(by=hilary, revision=revision, code=waiting, start=start, end=end),
        "falls": apply_code(by=hilary, revision=revision, code=silence, start=start, end=end),
        "dots": apply_code(by=dot, revision=revision, code=silence, start=start, end=end),
        "gone": apply_code(by=dot, revision=revision, code=silence, start=0, end=4),
    }
    remove_coding(by=dot, coding=made["gone"])
    weigh_coding(by=hilary, coding=made["falls"], important=True)
    start_theme(by=hilary, study=study, name="Quiet", idea="Not a void.", codes=[silence])
    start_theme(by=hilary, study=study, name="Both", idea="Two.", codes=[silence, waiting])
    Memo.objects.create(study=study, author=dot, code=silence, words="On the code", private=True)
    Memo.objects.create(study=study, author=hilary, coding=made["falls"], words="On the coding")
    link_codings(by=dot, one=made["dots"], other=made["falls"], says="answers")
    add_code(by=hilary, study=study, name="Long silence", parent=silence)
    return made


def test_everything_goes_over_and_stays_whose_it_is(
    as_hilary: Client, dot: User, hilary: User, waiting: Code, silence: Code, both: dict[str, Coding]
):
    """Both coders' codings, the memos, the themes and the codes below; the code itself goes out of use."""
    assert as_hilary.post(url(silence), {"into": str(waiting.pk)}).status_code == 302
    standing = Coding.objects.filter(removed=None)
    assert {(each.code.name, each.coder.name) for each in standing} == {
        ("Asking, then waiting", "Hilary Banks"),
        ("Asking, then waiting", "Dot Ellison"),
    }
    assert standing.count() == 2
    both["twin"].refresh_from_db()
    assert both["twin"].important
    both["gone"].refresh_from_db()
    assert (both["gone"].code, both["gone"].removed is None) == (waiting, False)
    silence.refresh_from_db()
    assert silence.retired
    assert silence.merged == waiting
    assert [code.name for code in waiting.children.all()] == ["Long silence"]
    assert {theme.name for theme in waiting.themes.all()} == {"Quiet", "Both"}
    assert not silence.themes.exists()
    assert Memo.objects.get(words="On the code").code == waiting
    assert Memo.objects.get(words="On the coding").coding == both["twin"]
    link = both["dots"].links.get()
    assert link.other == both["twin"]
    assert Entry.objects.filter(verb="merge_codes", object=str(silence.pk)).count() == 1
    assert Act.objects.get(kind=Act.Kind.MERGE_CODES).by == hilary


def test_it_is_undone_and_done_again_whole(
    hilary: User, study: Study, waiting: Code, silence: Code, both: dict[str, Coding]
):
    """To what was there before, in every table."""
    before = state()
    merge_codes(by=hilary, code=silence, into=waiting)
    after = {**state(), "codings": None}
    undo(by=hilary, study=study, transcript=None)
    assert state() == before
    redo(by=hilary, study=study, transcript=None)
    assert {**state(), "codings": None} == after
    assert Coding.objects.filter(code=silence, removed=None).count() == 0
    undo(by=hilary, study=study, transcript=None)
    assert state() == before


def test_what_was_taken_off_before_comes_back_with_the_code_that_is_in_use(
    dot: User, hilary: User, study: Study, waiting: Code, silence: Code, both: dict[str, Coding]
):
    """Dot undoes her own removal after Hilary's merge: nothing comes back on a code out of use."""
    merge_codes(by=hilary, code=silence, into=waiting)
    transcript = both["gone"].revision.transcript
    undo(by=dot, study=study, transcript=transcript)
    undo(by=dot, study=study, transcript=transcript)
    both["gone"].refresh_from_db()
    assert (both["gone"].code, both["gone"].removed) == (waiting, None)


def test_what_a_coder_changed_since_stays_when_the_merge_is_undone(
    as_hilary: Client,
    dot: User,
    hilary: User,
    study: Study,
    waiting: Code,
    silence: Code,
    both: dict[str, Coding],
):
    """Dot has moved her coding on: it stays hers, the rest goes back, and a sentence says so."""
    before = state()
    merge_codes(by=hilary, code=silence, into=waiting)
    other = add_code(by=dot, study=study, name="Mine")
    recode(by=dot, coding=Coding.objects.get(pk=both["dots"].pk), code=other)
    page = as_hilary.post(ROOM + "codebook/undo/", follow=True).content.decode()
    assert "1 passage stays as it is: its coder has changed it since." in page
    after = state()
    dots = both["dots"].pk
    rest = [[row for row in each["codings"] if row[0] != dots] for each in (before, after)]
    assert rest[0] == rest[1]
    assert (after["themes"], after["memos"]) == (before["themes"], before["memos"])
    assert Coding.objects.get(pk=dots).code == other
    redo(by=hilary, study=study, transcript=None)
    assert Coding.objects.get(pk=dots).code == other


def test_whoever_may_not_read_them_hears_of_none_that_stayed(
    as_priya: Client, priya: User, hilary: User, study: Study, waiting: Code, wren_transcript: Transcript
):
    """Priya works with Wren: what others do there is nothing that undoing tells her."""
    own = add_code(by=priya, study=study, name="Mine")
    coding = apply_code(by=hilary, revision=wren_transcript.revisions.get(), code=own, start=0, end=9)
    merge_codes(by=priya, code=own, into=waiting)
    other = add_code(by=hilary, study=study, name="Elsewhere")
    recode(by=hilary, coding=Coding.objects.get(pk=coding.pk), code=other)
    page = as_priya.post(ROOM + "codebook/undo/", headers={"X-Codebook": "tree"})
    assert page.status_code == 200
    assert "as it is" not in page.content.decode()
    own.refresh_from_db()
    assert own.retired is None


def test_a_link_drawn_meanwhile_does_not_hinder_merging_again(
    dot: User, hilary: User, study: Study, waiting: Code, silence: Code, both: dict[str, Coding]
):
    """Undone, the old link is where it was; Dot draws the other one; done again, both of them stand."""
    merge_codes(by=hilary, code=silence, into=waiting)
    undo(by=hilary, study=study, transcript=None)
    link_codings(by=dot, one=both["dots"], other=both["twin"])
    redo(by=hilary, study=study, transcript=None)
    assert {link.other_id for link in both["dots"].links.all()} == {both["falls"].pk, both["twin"].pk}


def test_undoing_costs_as_many_questions_for_many_codings(
    hilary: User,
    study: Study,
    waiting: Code,
    silence: Code,
    rowan_transcript: Transcript,
    django_assert_max_num_queries: Any,
):
    """A merge of some hundred codings, half of which fall together."""
    revision = rowan_transcript.revisions.get()
    for code, ends in ((silence, range(1, 401)), (waiting, range(200, 401))):
        Coding.objects.bulk_create(
            Coding(study=study, revision=revision, code=code, coder=hilary, start=0, end=end) for end in ends
        )
    Coding.objects.filter(code=silence).update(important=True)
    with django_assert_max_num_queries(70):
        merge_codes(by=hilary, code=silence, into=waiting)
    with django_assert_max_num_queries(50):
        undo(by=hilary, study=study, transcript=None)
    assert Coding.objects.filter(code=silence, removed=None).count() == 400


def test_the_preview_counts_what_one_may_see(
    as_hilary: Client, silence: Code, waiting: Code, both: dict[str, Coding]
):
    """How many go over, of how many people, which fall together, what goes along; nothing is done yet."""
    before = state()
    page = as_hilary.get(url(silence), {"into": str(waiting.pk)}).content.decode()
    assert "2 codings that you can see go over, of 2 coders." in page
    assert "1 of them falls together" in page
    for words in ("Long silence", "Quiet", "Nobody decided that."):
        assert words in page
    assert "memo goes along" not in page  # Dot's is hers alone.
    assert state() == before


def test_the_preview_says_nothing_of_who_is_kept_from_one(
    as_priya: Client, hilary: User, waiting: Code, silence: Code, wren_transcript: Transcript
):
    """Who works with Wren sees no count of Wren's codings, before and after."""
    apply_code(by=hilary, revision=wren_transcript.revisions.get(), code=silence, start=0, end=9)
    page = as_priya.get(url(silence), {"into": str(waiting.pk)}).content.decode()
    assert "0 codings that you can see" in page
    assert wren_transcript.revisions.get().text[:9] not in page


def test_a_code_above_goes_into_one_below_it(hilary: User, study: Study, waiting: Code):
    """The one below takes its place, and its other codes."""
    below = add_code(by=hilary, study=study, name="Below", parent=waiting)
    beside = add_code(by=hilary, study=study, name="Beside", parent=waiting)
    merge_codes(by=hilary, code=waiting, into=below)
    below.refresh_from_db()
    beside.refresh_from_db()
    assert (below.parent, beside.parent) == (None, below)
    undo(by=hilary, study=study, transcript=None)
    below.refresh_from_db()
    beside.refresh_from_db()
    assert (below.parent, beside.parent) == (waiting, waiting)


def test_two_of_one_name_below_are_refused(
    as_hilary: Client, hilary: User, study: Study, waiting: Code, silence: Code
):
    """A sentence says which, and nothing changes."""
    for above in (waiting, silence):
        add_code(by=hilary, study=study, name="Long", parent=above)
    page = as_hilary.post(url(silence), {"into": str(waiting.pk)})
    assert page.status_code == 422
    assert "Under both stands a code called “Long”." in page.content.decode()
    silence.refresh_from_db()
    assert not silence.retired


def test_into_itself_or_out_of_use_is_refused(as_hilary: Client, hilary: User, waiting: Code, silence: Code):
    """Neither is offered, and neither is taken."""
    assert as_hilary.post(url(waiting), {"into": str(waiting.pk)}).status_code == 422
    merge_codes(by=hilary, code=silence, into=waiting)
    with pytest.raises(ValidationError, match="out of use"):
        merge_codes(by=hilary, code=waiting, into=silence)


def test_strangers_find_nothing(as_stranger: Client, as_fern: Client, waiting: Code, silence: Code):
    """Another study's members and mere readers get the same answer."""
    for client in (as_stranger, as_fern):
        assert client.get(url(silence)).status_code == 404
        assert client.post(url(silence), {"into": str(waiting.pk)}).status_code == 404
