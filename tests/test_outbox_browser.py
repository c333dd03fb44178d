"""What was done and not yet saved: closed tabs, two tabs, signing out in the middle, and what is refused."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from alongside.accounts.models import Study, User
from alongside.analysis.actions import (
    add_code,
    apply_code,
    change_code,
    move_code,
    remove_coding,
    retire_code,
)
from alongside.analysis.models import Code, Coding, Memo
from alongside.interviews.models import Transcript
from tests.support.workbench import words_of

pytestmark = pytest.mark.browser

SignIn = Callable[[User], Client]
FORGET_TOKEN = """() => {
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = "";
}"""
CODINGS = re.compile(r"/codings/")


@pytest.fixture
def address(live_server: LiveServer, rowan_transcript: Transcript) -> str:
    return f"{live_server.url}/s/six-months-on/analysis/transcripts/{rowan_transcript.pk}/"


@pytest.fixture
def bench(
    page: Page, address: str, live_server: LiveServer, hilary: User, waiting: Code, sign_in: SignIn
) -> Iterator[Page]:
    """Hilary's workbench. Its script may make no error; it leaves before the database does."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.context.on("dialog", lambda dialog: dialog.accept())
    sign_in_as(page, live_server, sign_in(hilary))
    page.emulate_media(reduced_motion="reduce")
    enter(page, address)
    yield page
    for each in page.context.pages:
        each.goto("about:blank")
    assert not errors


def sign_in_as(page: Page, live_server: LiveServer, client: Client) -> None:
    value = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])


def enter(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector("html[data-bench=ready]", state="attached")


def code_first_sentence(page: Page, turn: int = 2) -> None:
    page.focus(f"#turn-{turn}")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("1")


def cut(route: Route) -> None:
    route.abort()


def test_what_a_closed_tab_left_is_sent_by_the_next(bench: Page, address: str):
    """Coded without a network, the tab closed: opened anew, it is there, and saved once."""
    bench.context.route(CODINGS, cut)
    code_first_sentence(bench)
    expect(bench.locator("#unsaved")).to_contain_text("Not saved yet: 1.")
    again = bench.context.new_page()
    bench.close()
    bench.context.unroute(CODINGS, cut)
    enter(again, address)
    expect(again.locator("#turn-2 .stripe")).to_have_count(1)
    expect(again.locator("#turn-2 .stripe.waiting")).to_have_count(0)
    assert words_of(Coding.objects.get()).startswith("She had the chair")


def test_a_tab_that_is_open_keeps_what_is_its_own(bench: Page, address: str):
    """Another tab takes nothing of it till it is closed, and then at once."""
    bench.context.route(CODINGS, cut)
    code_first_sentence(bench)
    expect(bench.locator("#unsaved")).to_contain_text("Not saved yet: 1.")
    other = bench.context.new_page()
    enter(other, address)
    expect(other.locator("#turn-2 .stripe")).to_have_count(0)
    bench.context.unroute(CODINGS, cut)
    bench.close(run_before_unload=False)
    expect(other.locator("#turn-2 .stripe")).to_have_count(1)
    expect(other.locator("#turn-2 .stripe.waiting")).to_have_count(0)
    assert Coding.objects.count() == 1


def test_signed_out_and_in_again_it_goes_out_by_itself(
    bench: Page, live_server: LiveServer, hilary: User, sign_in: SignIn
):
    """It says why it waits; signed in again elsewhere, it is saved without a reload."""
    Session.objects.all().delete()
    code_first_sentence(bench)
    expect(bench.locator("#unsaved")).to_contain_text("You have been signed out.")
    # Signing in anew makes the page's own token void.
    bench.evaluate(
        "() => document.querySelectorAll('[name=csrfmiddlewaretoken]').forEach((f) => { f.value = ''; })"
    )
    sign_in_as(bench, live_server, sign_in(hilary))
    bench.evaluate("() => dispatchEvent(new Event('online'))")
    expect(bench.locator("#unsaved")).to_have_text("Everything is saved.")
    assert Coding.objects.count() == 1


def test_nothing_goes_out_in_somebody_elses_name(
    bench: Page, live_server: LiveServer, dot: User, sign_in: SignIn
):
    """Dot signs in in the same browser: Hilary's coding waits for Hilary, and the page says so."""
    bench.context.route(CODINGS, cut)
    code_first_sentence(bench)
    expect(bench.locator("#unsaved")).to_contain_text("Not saved yet: 1.")
    bench.evaluate(
        "() => document.querySelectorAll('[name=csrfmiddlewaretoken]').forEach((f) => { f.value = ''; })"
    )
    sign_in_as(bench, live_server, sign_in(dot))
    bench.context.unroute(CODINGS, cut)
    bench.evaluate("() => dispatchEvent(new Event('online'))")
    expect(bench.locator("#unsaved")).to_contain_text("Somebody else has signed in here.")
    expect(bench.locator("#said-words")).to_contain_text("Somebody else has signed in here.")
    assert not Coding.objects.exists()


def test_each_thing_that_was_not_saved_is_told_until_it_is_seen(
    bench: Page, waiting: Code, axe: Callable[[Page], None]
):
    """One sentence does not hide another; seen, they go, and the focus is in the text."""
    Code.objects.filter(pk=waiting.pk).update(retired="2026-11-01T00:00Z")
    code_first_sentence(bench)
    code_first_sentence(bench, 4)
    lines = bench.locator("#lost li")
    expect(lines).to_have_count(2)
    expect(lines.first).to_contain_text("on “She had the chair")
    for width, height in ((1440, 900), (390, 844), (320, 256)):
        bench.set_viewport_size({"width": width, "height": height})
        assert bench.evaluate("document.documentElement.scrollWidth") <= width
        axe(bench)
    bench.get_by_role("button", name="I have seen it").click()
    expect(bench.locator("#lost")).to_be_hidden()
    expect(bench.locator("#turn-4")).to_be_focused()


def test_a_coding_that_is_gone_is_told_and_not_dropped_in_silence(
    bench: Page, address: str, rowan_transcript: Transcript
):
    """Answered 404 by a server that knows the reader: it can't be changed any more, and the page says so."""
    code_first_sentence(bench)
    expect(bench.locator("#turn-2 .stripe.waiting")).to_have_count(0)
    expect(bench.locator("#turn-2 .stripe")).to_have_count(1)
    bench.route(re.compile("/weigh/"), lambda route: route.fulfill(status=404, body="no"))
    bench.keyboard.press("x")
    expect(bench.locator("#lost li")).to_contain_text("It is no longer here, or no longer open to you.")


def test_words_of_a_corrected_text_are_not_taken_for_others(
    bench: Page, address: str, rowan_transcript: Transcript
):
    """Coded without a network, and the text corrected before the page is opened anew: nothing lands on words
    that now stand in that place, and the page says what was left behind."""
    bench.context.route(CODINGS, cut)
    code_first_sentence(bench)
    expect(bench.locator("#unsaved")).to_contain_text("Not saved yet: 1.")
    rowan_transcript.revisions.update(number=2)
    bench.reload()
    bench.wait_for_selector("html[data-bench=ready]", state="attached")
    bench.context.unroute(CODINGS, cut)
    expect(bench.locator("#lost li")).to_contain_text("Asking, then waiting")
    expect(bench.locator(".stripe")).to_have_count(0)
    assert not Coding.objects.exists()


def test_what_was_undone_elsewhere_does_not_come_back(bench: Page, address: str, hilary: User):
    """The answer got lost, the coding was taken off on another machine, and the page asks again."""

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    bench.route(CODINGS, lose)
    code_first_sentence(bench)
    expect(bench.locator("#unsaved")).to_contain_text("Not saved yet: 1.")
    remove_coding(by=hilary, coding=Coding.objects.get())
    bench.unroute(CODINGS, lose)
    bench.reload()
    bench.wait_for_selector("html[data-bench=ready]", state="attached")
    expect(bench.locator("#unsaved")).to_be_hidden()
    expect(bench.locator("#turn-2 .stripe")).to_have_count(0)


def test_a_page_of_whoever_may_only_read_works(
    page: Page, live_server: LiveServer, address: str, josef: User, sign_in: SignIn
):
    """Keys, the feed and the talk are there without a box to write in; in plain mode too."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    sign_in_as(page, live_server, sign_in(josef))
    enter(page, address)
    page.focus("#turn-1")
    page.keyboard.press("j")
    expect(page.locator("#turn-2")).to_be_focused()
    page.keyboard.press("d")
    expect(page.locator("#said-words")).to_have_text("You can read here, but not code.")
    enter(page, f"{address}?plain=1")
    expect(page.locator(".plain-bar")).to_have_count(0)
    page.goto("about:blank")
    assert errors == []


def test_a_memo_in_two_tabs_is_not_written_over(bench: Page, address: str, hilary: User):
    """The second sees what the first wrote, keeps its own words in the box, and saves when told to."""
    other = bench.context.new_page()
    enter(other, address)
    bench.locator("#memo-form textarea").fill("From the first tab.")
    expect(bench.locator("#memo-state")).to_contain_text("Saved at")
    other.locator("#memo-form textarea").fill("From the second tab.")
    expect(other.locator("#memo-elsewhere")).to_contain_text("From the first tab.")
    expect(other.locator("#memo-state")).to_contain_text("Make of both what should stand")
    assert Memo.objects.get().words == "From the first tab."
    other.locator("#memo-form textarea").fill("From both tabs.")
    other.locator("#memo-form").get_by_role("button", name="Save").click()
    expect(other.locator("#memo-state")).to_contain_text("Saved at")
    expect(other.locator("#memo-elsewhere")).to_be_hidden()
    assert Memo.objects.get().words == "From both tabs."


def test_codes_that_others_change_change_here(bench: Page, study: Study, hilary: User, waiting: Code):
    """Renamed, put under another, taken out of use: in the tree, beside the words and in what is offered."""
    code_first_sentence(bench)
    expect(bench.locator(".stripe.waiting")).to_have_count(0)
    above = add_code(by=hilary, study=study, name="Time")
    change_code(by=hilary, code=waiting, name="Waiting")
    move_code(by=hilary, code=waiting, parent=above)
    expect(
        bench.locator("#tree details", has_text="Time").locator(".code", has_text="Waiting")
    ).to_be_visible()
    expect(bench.locator("#turn-2 .stripe span")).to_contain_text("Waiting")
    expect(bench.locator("#in-turn .code-chip")).to_have_text("Waiting")
    retire_code(by=hilary, code=waiting)
    bench.focus("#turn-4")
    bench.keyboard.press("ArrowRight")
    bench.keyboard.press("c")
    expect(bench.locator("#offers", has_text="Waiting")).to_have_count(0)
    bench.keyboard.press("Escape")
    bench.keyboard.press("1")
    expect(bench.locator("#said-words")).to_contain_text("has been taken out of use")


def test_a_transcript_that_closes_while_it_is_open_says_so(bench: Page):
    """The feed ends in a sentence; what is coded after that is listed as not saved."""
    gone = re.compile(r"/(changes|codings)/")
    bench.route(gone, lambda route: route.fulfill(status=404, body="no"))
    expect(bench.locator("#said-words")).to_contain_text("no longer here, or no longer open to you")
    code_first_sentence(bench)
    expect(bench.locator("#lost li")).to_contain_text("She had the chair")
    expect(bench.locator("#turn-2 .stripe")).to_have_count(0)
    bench.unroute(gone)


def test_a_copy_of_what_was_refused_is_told_too(bench: Page, study: Study, hilary: User, waiting: Code):
    """Nothing stays on the page as if it were on its way."""
    add_code(by=hilary, study=study, name="Chairs")
    Code.objects.filter(pk=waiting.pk).update(retired="2026-11-01T00:00Z")
    expect(bench.locator("#tree .code", has_text="Chairs")).to_be_visible()
    bench.route(CODINGS, cut)
    code_first_sentence(bench)
    expect(bench.locator("#unsaved")).to_contain_text("Not saved yet: 1.")
    bench.keyboard.press("y")
    bench.keyboard.type("chairs")
    bench.keyboard.press("Enter")
    expect(bench.locator("#turn-2 .stripe")).to_have_count(2)
    bench.unroute(CODINGS, cut)
    bench.evaluate("() => dispatchEvent(new Event('online'))")
    expect(bench.locator("#lost li")).to_have_count(2)
    expect(bench.locator("#turn-2 .stripe")).to_have_count(0)
    assert not Coding.objects.exists()


@pytest.mark.parametrize("is_opened_anew", [False, True])
def test_what_is_sent_late_is_what_was_done_then(
    bench: Page, study: Study, hilary: User, is_opened_anew: bool
):
    """Coded, given other words, moved to another code and that undone, all without a network: the first code
    stands on the other words."""
    add_code(by=hilary, study=study, name="Chairs")
    expect(bench.locator("#tree .code", has_text="Chairs")).to_be_visible()
    bench.route(CODINGS, cut)
    code_first_sentence(bench)
    bench.keyboard.press("e")
    bench.keyboard.press("Shift+ArrowRight")
    bench.keyboard.press("Enter")
    bench.keyboard.press("v")
    bench.keyboard.type("chairs")
    bench.keyboard.press("Enter")
    expect(bench.locator("#turn-2 .stripe span")).to_contain_text("Chairs")
    bench.keyboard.press("u")
    expect(bench.locator("#unsaved")).to_contain_text("Not saved yet: 4.")
    if is_opened_anew:
        bench.reload()
        bench.wait_for_selector("html[data-bench=ready]", state="attached")
    bench.unroute(CODINGS, cut)
    bench.evaluate("() => dispatchEvent(new Event('online'))")
    expect(bench.locator("#unsaved")).to_have_text("Everything is saved.")
    expect(bench.locator("#turn-2 .stripe")).to_have_count(1)
    expect(bench.locator("#turn-2 .stripe span")).to_contain_text("Asking, then waiting")
    stands = Coding.objects.get(removed=None)
    assert (stands.code.name, stands.changes.count()) == ("Asking, then waiting", 4)


def test_an_undo_that_comes_late_turns_back_nothing_else(
    bench: Page, hilary: User, waiting: Code, rowan_transcript: Transcript
):
    """Pressed without a network, and meanwhile more is coded on another machine: both codings stand, which is
    said, and the next press turns back what was done last."""
    code_first_sentence(bench)
    expect(bench.locator("#turn-2 .stripe.waiting")).to_have_count(0)
    turning = re.compile("/undo/")
    bench.route(turning, cut)
    bench.keyboard.press("u")
    expect(bench.locator("#unsaved")).to_contain_text("Not saved yet: 1.")
    revision = rowan_transcript.revisions.get()
    apply_code(by=hilary, revision=revision, code=waiting, start=0, end=4)
    expect(bench.locator("#turn-1 .stripe")).to_have_count(1)
    bench.unroute(turning, cut)
    bench.evaluate("() => dispatchEvent(new Event('online'))")
    expect(bench.locator("#said-words")).to_contain_text("you did something else here meanwhile")
    assert Coding.objects.filter(removed=None).count() == 2
    bench.keyboard.press("u")
    expect(bench.locator("#turn-1 .stripe")).to_have_count(0)
    expect(bench.locator("#turn-2 .stripe")).to_have_count(1)
