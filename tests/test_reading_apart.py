"""Reading separately: until all are done, nobody sees what anybody else coded or wrote. Afterwards, all."""

from collections.abc import Callable

import pytest
from django.test import Client

from alongside.accounts.models import Study, User
from alongside.analysis.actions import (
    add_code,
    adopt_codings,
    apply_code,
    ask_to_read,
    choose_passage,
    finish_reading,
    gather_codes,
    keep_memo,
    link_codings,
    remove_coding,
    start_theme,
)
from alongside.analysis.models import Code, Coding, Memo, Reading, Theme
from alongside.analysis.queries import changes_since, count_table, counts, last_number
from alongside.interviews.models import Transcript
from alongside.people.actions import link_pair
from alongside.people.models import Declared, Participant, WorkingRelationship
from conftest import words_at

ROOM = "/s/six-months-on/analysis/"
HERS = "I always said not so bad"
MEMOS = ("a memo of hers on the interview", "a memo of hers on the passage")


@pytest.fixture
def chairs(study: Study) -> Code:
    return add_code(by=None, study=study, name="Two chairs")


@pytest.fixture
def apart(hilary: User, dot: User, rowan_transcript: Transcript) -> Transcript:
    """Rowan's interview, which Hilary and Dot read separately."""
    ask_to_read(by=hilary, transcript=rowan_transcript, readers=[hilary, dot], mode="apart")
    return rowan_transcript


@pytest.fixture
def hers(
    hilary: User, study: Study, apart: Transcript, chairs: Code, waiting: Code, theme: Theme | None = None
) -> Coding:
    """What Hilary does while they read: codings, a link, memos, a theme with words."""
    revision, start, end = words_at(apart, HERS)
    coding = apply_code(by=hilary, revision=revision, code=chairs, start=start, end=end)
    other = apply_code(by=hilary, revision=revision, code=waiting, start=start + 2, end=end)
    link_codings(by=hilary, one=coding, other=other, says="a line of hers")
    keep_memo(by=hilary, study=study, words=MEMOS[0], transcript=apart)
    keep_memo(by=hilary, study=study, words=MEMOS[1], coding=coding)
    made = start_theme(by=hilary, study=study, name="Sitting", idea="Where.", codes=[chairs])
    choose_passage(by=hilary, theme=made, revision=revision, start=start, end=end)
    return coding


@pytest.fixture
def both_finish(hilary: User, dot: User, apart: Transcript) -> Callable[[], None]:
    def finish() -> None:
        finish_reading(by=hilary, transcript=apart)
        finish_reading(by=dot, transcript=apart)

    return finish


def said(client: Client, address: str, **kwargs: object) -> str:
    answer = client.get(address, **kwargs)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_the_workbench_shows_ones_own_until_all_are_done(
    as_dot: Client, as_hilary: Client, hers: Coding, apart: Transcript, both_finish: Callable[[], None]
):
    """Codings, coders, counts in the tree, links and memos; what Hilary did is there for herself."""
    page = f"{ROOM}transcripts/{apart.pk}/"
    for client, there in ((as_hilary, 2), (as_dot, 0)):
        bench = client.get(page).context["bench"]
        assert len(bench.data["codings"]) == there
        assert len(bench.data["links"]) == there / 2
        assert bench.data["apart"]
    assert "Hilary Banks" not in said(as_dot, page)
    assert not [words for words in MEMOS if words in said(as_dot, page)]
    both_finish()
    bench = as_dot.get(page).context["bench"]
    assert (len(bench.data["codings"]), len(bench.data["links"]), bench.data["apart"]) == (2, 1, False)
    assert MEMOS[0] in said(as_dot, page)


def test_the_feed_tells_nothing_of_the_others(
    study: Study,
    hilary: User,
    dot: User,
    chairs: Code,
    apart: Transcript,
    both_finish: Callable[[], None],
):
    """Neither a coding, nor a link, nor that one was taken off; when all are done, pages are read anew."""
    revision, start, end = words_at(apart, HERS)
    before = last_number(study)
    one = apply_code(by=hilary, revision=revision, code=chairs, start=start, end=end)
    other = apply_code(by=hilary, revision=revision, code=chairs, start=start, end=end - 2)
    link_codings(by=hilary, one=one, other=other)
    remove_coding(by=hilary, coding=other)
    heard = changes_since(study, dot, revision, before)
    assert (heard.codings, heard.coders, heard.links, heard.is_much) == ([], [], [], False)
    assert len(changes_since(study, hilary, revision, before).codings) == 2
    here = last_number(study)
    both_finish()
    assert changes_since(study, dot, revision, here).is_much


def test_no_page_of_the_room_tells_of_them(
    as_dot: Client,
    hers: Coding,
    apart: Transcript,
    chairs: Code,
    study: Study,
    both_finish: Callable[[], None],
    alison_as_participant: Participant,
    rowan_and_alison: WorkingRelationship,
    dot: User,
):
    """Every page that shows or counts codings, memos and chosen words is as if Hilary had done nothing."""
    link_pair(by=None, relationship=rowan_and_alison)
    Declared.objects.get_or_create(user=dot, participant=alison_as_participant)
    theme = Theme.objects.get()
    shows = {
        f"{ROOM}codes/{chairs.pk}/": HERS,
        f"{ROOM}themes/": HERS,
        f"{ROOM}themes/{theme.pk}/": HERS,
        f"{ROOM}transcripts/{apart.pk}/adoption/": HERS,
        f"{ROOM}memos/": MEMOS[1],
    }
    for address, words in shows.items():
        page = said(as_dot, address)
        assert words not in page, address
        assert "Hilary" not in page, address
    assert "1 passage" not in said(as_dot, f"{ROOM}codes/{chairs.pk}/")
    assert "0 codings" in said(as_dot, ROOM)
    assert "0 of 1 transcripts coded" in said(as_dot, f"{ROOM}summary")
    assert "Nobody has coded" in said(as_dot, f"{ROOM}todo")
    assert "Rowan only" not in said(as_dot, f"{ROOM}themes/")
    both_finish()
    for address, words in shows.items():
        assert words in said(as_dot, address), address
    assert "1 passage" in said(as_dot, f"{ROOM}codes/{chairs.pk}/")
    assert "1 of 1 transcripts coded" in said(as_dot, f"{ROOM}summary")
    assert "coded by one person only" in said(as_dot, f"{ROOM}todo")
    assert "Rowan only" in said(as_dot, f"{ROOM}themes/")


def test_counts_and_cooccurrence_hold_ones_own(
    study: Study, dot: User, hilary: User, hers: Coding, both_finish: Callable[[], None]
):
    """In numbers by code, coder and meeting; and in the front page's."""
    assert count_table(study, dot).lines == []
    assert (counts(study, dot)["codings"], counts(study, dot)["coders"]) == (0, 0)
    assert len(count_table(study, hilary).lines) == 2
    both_finish()
    assert [line.meets for line in count_table(study, dot).lines] == [[0, 1], [1, 0]]
    assert counts(study, dot)["codings"] == 2


def test_nothing_of_the_others_leaves(as_dot: Client, hers: Coding, both_finish: Callable[[], None]):
    """Passages, codings, counts in the codebook, and memos."""
    names = ("passages.csv", "codings.csv", "memos.csv")

    def taken(name: str) -> str:
        answer = as_dot.post(f"/s/six-months-on/exchange/{name}")
        assert answer.status_code == 200
        return b"".join(answer.streaming_content).decode("utf-8-sig")

    assert not [name for name in names if "not so bad" in taken(name) or "of hers" in taken(name)]
    assert ",0,0" in taken("codebook.csv")
    both_finish()
    assert not [name for name in names if "not so bad" not in taken(name)]
    assert ",1,1" in taken("codebook.csv")


def test_a_coding_of_somebody_else_has_no_address(
    as_dot: Client, hers: Coding, both_finish: Callable[[], None]
):
    """To copy, to link or to write a memo on: what one can't see isn't there."""
    write = f"{ROOM}memos/write/?coding={hers.pk}"
    for address in (f"{ROOM}codings/{hers.pk}/copy/", f"{ROOM}codings/{hers.pk}/link/"):
        assert as_dot.post(address).status_code == 404
    assert as_dot.get(write).status_code == 404
    both_finish()
    assert as_dot.get(write).status_code == 200


def test_who_was_not_asked_sees_as_little(
    as_founder: Client, founder: User, hers: Coding, apart: Transcript, both_finish: Callable[[], None]
):
    """A third member could tell."""
    page = f"{ROOM}transcripts/{apart.pk}/"
    assert as_founder.get(page).context["bench"].data["codings"] == []
    both_finish()
    assert len(as_founder.get(page).context["bench"].data["codings"]) == 2


def test_one_who_has_finished_still_waits_for_the_others(
    as_dot: Client, dot: User, hers: Coding, apart: Transcript
):
    """Being done opens nothing by itself."""
    finish_reading(by=dot, transcript=apart)
    assert as_dot.get(f"{ROOM}transcripts/{apart.pk}/").context["bench"].data["codings"] == []


def test_what_was_there_before_is_hidden_too(
    as_dot: Client, dot: User, hilary: User, visitor: Coding, theme: Theme, rowan_transcript: Transcript
):
    """Asking somebody to read separately closes to them what others did earlier; nothing of it is lost."""
    adopt_codings(by=hilary, transcript=rowan_transcript, codings=[visitor])
    gather_codes(by=hilary, theme=theme, codes=[visitor.code])
    assert "I am not a visitor" in said(as_dot, f"{ROOM}themes/")
    ask_to_read(by=hilary, transcript=rowan_transcript, readers=[dot], mode="apart")
    assert "I am not a visitor" not in said(as_dot, f"{ROOM}themes/")
    finish_reading(by=dot, transcript=rowan_transcript)
    assert "I am not a visitor" in said(as_dot, f"{ROOM}themes/")


def test_other_transcripts_stay_open(
    as_dot: Client, hilary: User, waiting: Code, apart: Transcript, wren_transcript: Transcript
):
    """What is read together shows as ever."""
    revision, start, end = words_at(wren_transcript, "a good quiet")
    apply_code(by=hilary, revision=revision, code=waiting, start=start, end=end)
    page = f"{ROOM}transcripts/{wren_transcript.pk}/"
    assert len(as_dot.get(page).context["bench"].data["codings"]) == 1
    assert Reading.objects.filter(transcript=apart, finished=None).count() == 2
    assert not Memo.objects.exists()
