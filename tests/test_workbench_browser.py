import re
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from alongside.accounts.models import Study, User
from alongside.analysis.actions import add_code, apply_code, keep_memo
from alongside.analysis.models import Code, Coding, Memo
from alongside.interviews.models import Transcript

pytestmark = pytest.mark.browser

NOT_YOURS = "Only the person who made a coding can change it or take it off."
ENDPOINT = re.compile(r"/(codings|undo|redo)/")


@pytest.fixture
def bench(
    page: Page,
    live_server: LiveServer,
    study: Study,
    hilary: User,
    sign_in: Callable[[User], Client],
    rowan_transcript: Transcript,
    visitor: Coding,
) -> Iterator[Page]:
    """Hilary's workbench on Rowan's transcript, with one coding of hers. Its script may make no error."""
    add_code(by=hilary, study=study, name="The managed version")
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if "Content Security" in line.text else None)
    session = sign_in(hilary).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.emulate_media(reduced_motion="reduce")
    open_bench(page, f"{live_server.url}/s/six-months-on/analysis/transcripts/{rowan_transcript.pk}/")
    yield page
    assert not errors


def open_bench(page: Page, url: str) -> None:
    page.goto(url)
    page.wait_for_selector("html[data-bench=ready]", state="attached")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def words_of(coding: Coding) -> str:
    return coding.revision.text[coding.start : coding.end]


def newest() -> Coding:
    return Coding.objects.latest("pk")


def drag(page: Page, first: str, last: str) -> None:
    """Select with the mouse from the beginning of `first` to the end of `last`."""
    places = page.evaluate(
        """([first, last]) => [[first, 0], [last, last.length]].map(([words, at]) => {
            const node = [...document.querySelectorAll(".said")].map((p) => p.firstChild)
                .find((text) => text.data.includes(words));
            const range = new Range();
            const offset = node.data.indexOf(words) + at;
            range.setStart(node, Math.max(0, offset - (at ? 1 : 0)));
            range.setEnd(node, offset + (at ? 0 : 1));
            const boxes = [...range.getClientRects()];
            const box = at ? boxes.at(-1) : boxes[0];
            return [at ? box.right - 0.5 : box.left + 0.5, (box.top + box.bottom) / 2];
        })""",
        [first, last],
    )
    (x1, y1), (x2, y2) = places
    page.mouse.move(x1, y1)
    page.mouse.down()
    page.mouse.move((x1 + x2) / 2, (y1 + y2) / 2)
    page.mouse.move(x2, y2)
    page.mouse.up()


def apply_by_name(page: Page, typed: str) -> None:
    expect(page.locator("#which")).to_be_focused()
    page.keyboard.type(typed)
    with page.expect_response(ENDPOINT):
        page.keyboard.press("Enter")


def test_a_day_by_keyboard_alone(bench: Page):
    """To the transcript by Tab; a sentence, a code by part of its name, off, undone, and off again."""
    for _ in range(60):
        press(bench, "Tab")
        if bench.evaluate("document.activeElement.matches('.turn')"):
            break
    press(bench, "j", "j", "j", "ArrowRight", "ArrowRight", "c")
    expect(bench.locator("#picked")).to_have_text("I always said not so bad 🙂 and she wrote it down.")
    apply_by_name(bench, "managed")
    assert words_of(newest()) == "I always said not so bad 🙂 and she wrote it down."
    expect(bench.locator("#live")).to_contain_text("The managed version applied to “I always said")
    expect(bench.locator("#turn-4")).to_be_focused()
    expect(bench.locator("#turn-4 .stripe span")).to_have_text("The managed version")
    expect(bench.locator("#in-turn")).to_contain_text("The managed version")
    for key, gone in (("Delete", True), ("u", False), ("Shift+U", True)):
        with bench.expect_response(ENDPOINT):
            press(bench, key)
        assert (newest().removed is not None) is gone
        expect(bench.locator("#turn-4 .stripe")).to_have_count(0 if gone else 1)


def test_words_are_chosen_one_by_one(bench: Page):
    """Word, more, less, and the beginning moved: around an emoji and a combining accent nothing slips."""
    bench.focus("#turn-6")
    press(bench, "w", "w", "w", "w", "w", "w", "1")
    expect(bench.locator(".stripe.waiting")).to_have_count(0)
    assert words_of(newest()) == "cafe\u0301"
    bench.focus("#turn-4")
    press(bench, "t", ">", ",", ",", ",", "r")
    expect(bench.locator(".stripe.waiting")).to_have_count(0)
    expect(bench.locator("#turn-4 .stripe")).to_have_count(1)
    assert words_of(newest()) == "so bad. I always said not so bad 🙂 and she wrote"


def test_sentences_run_on_into_the_next_turn(bench: Page):
    """One sentence more at the end of a turn takes the first of the next; both are drawn."""
    bench.focus("#turn-5")
    press(bench, "t", "Shift+ArrowRight", "1")
    expect(bench.locator(".stripe.waiting")).to_have_count(0)
    assert words_of(newest()) == "And now?\nNow we go to the cafe\u0301."
    for turn in ("#turn-5", "#turn-6"):
        expect(bench.locator(f"{turn} .stripe")).to_have_count(1)


def test_words_chosen_by_mouse(bench: Page):
    """The popover opens when the mouse is let go; what is stored is what was under it."""
    drag(bench, "not so bad 🙂", "not so bad 🙂 and she")
    apply_by_name(bench, "man")
    assert words_of(newest()) == "not so bad 🙂 and she"


def test_words_chosen_by_mouse_across_turns(bench: Page):
    """From the middle of one turn to the middle of the next but one."""
    drag(bench, "she wrote it", "Now we go")
    apply_by_name(bench, "man")
    assert words_of(newest()) == "she wrote it down.\nAnd now?\nNow we go"


def test_a_code_named_while_reading(bench: Page):
    """A name that no code has is offered as a new one; it stands in the tree and in the store."""
    bench.focus("#turn-2")
    press(bench, "ArrowRight", "Enter")
    expect(bench.locator("#which")).to_be_focused()
    bench.keyboard.type("asking, then waiting")
    expect(bench.locator("#offers .new")).to_have_count(0)
    bench.locator("#which").fill("")
    apply_by_name(bench, "Who decides")
    assert newest().code.name == "Who decides"
    expect(bench.locator("#tree .code", has_text="Who decides").locator(".count")).to_have_text("1")


def test_words_become_their_own_code(bench: Page):
    """In vivo: the code is called what was said."""
    bench.focus("#turn-5")
    with bench.expect_response(ENDPOINT):
        press(bench, "t", "i")
    assert newest().code.name == "And now?"


def test_others_codings_stay(bench: Page, dot: User, visitor: Coding, waiting: Code):
    """Dot's coding shows with her initials; Hilary is told why it can't be taken off, and has no button."""
    theirs = apply_code(by=dot, revision=visitor.revision, code=waiting, start=0, end=11)
    bench.reload()
    bench.wait_for_selector("html[data-bench=ready]", state="attached")
    expect(bench.locator("#turn-1 .stripe small")).to_have_text("DE")
    bench.focus("#turn-1")
    press(bench, "]", "Delete")
    expect(bench.locator("#said-words")).to_have_text(NOT_YOURS)
    expect(bench.locator("#in-turn .take-off")).to_have_count(0)
    theirs.refresh_from_db()
    assert theirs.removed is None


def test_nothing_is_lost_without_a_network(bench: Page):
    """Shown and marked at once, kept over a reload, and saved when the network is back."""

    def cut(route: Route) -> None:
        route.abort()

    bench.route(ENDPOINT, cut)
    bench.focus("#turn-2")
    press(bench, "ArrowRight", "1")
    expect(bench.locator("#turn-2 .stripe.waiting")).to_have_count(1)
    expect(bench.locator("#unsaved")).to_contain_text("Not saved yet: 1.")
    before = Coding.objects.count()
    bench.on("dialog", lambda dialog: dialog.accept())
    bench.reload()
    bench.wait_for_selector("html[data-bench=ready]", state="attached")
    expect(bench.locator("#turn-2 .stripe.waiting")).to_have_count(1)
    assert Coding.objects.count() == before
    bench.unroute(ENDPOINT, cut)
    expect(bench.locator("#unsaved")).to_have_text("Everything is saved.")
    expect(bench.locator("#turn-2 .stripe.waiting")).to_have_count(0)
    assert words_of(newest()).startswith("She had the chair")


def test_a_refused_coding_is_taken_back_with_its_reason(bench: Page, waiting: Code):
    """What the server won't have disappears again, and the page says why."""
    Code.objects.filter(pk=waiting.pk).update(retired="2026-11-01T00:00Z")
    bench.focus("#turn-2")
    press(bench, "ArrowRight", "1")
    expect(bench.locator("#said-words")).to_contain_text("has been taken out of use")
    expect(bench.locator("#turn-2 .stripe")).to_have_count(0)


def test_undo_reaches_over_a_reload(bench: Page):
    """What was done before is still undone after."""
    bench.focus("#turn-2")
    with bench.expect_response(ENDPOINT):
        press(bench, "ArrowRight", "1")
    expect(bench.locator(".stripe.waiting")).to_have_count(0)
    bench.reload()
    bench.wait_for_selector("html[data-bench=ready]", state="attached")
    bench.focus("#turn-2")
    with bench.expect_response(ENDPOINT):
        press(bench, "u")
    assert newest().removed is not None


def test_the_memo_saves_itself(bench: Page):
    """After a pause of typing, saying when; Escape leads back to the text."""
    bench.focus("#turn-1")
    press(bench, "m")
    bench.keyboard.type("The chair again.")
    expect(bench.locator("#memo-state")).to_contain_text("Saved at")
    assert Memo.objects.get().words == "The chair again."
    press(bench, "Escape")
    expect(bench.locator("#turn-1")).to_be_focused()


def test_letters_elsewhere_are_letters(bench: Page):
    """In the search field, c and j are typed; no popover opens."""
    bench.focus("#find")
    bench.keyboard.type("cj1")
    expect(bench.locator("#find")).to_have_value("cj1")
    expect(bench.locator("#apply")).to_be_hidden()


def test_a_finger_gets_a_bar(bench: Page):
    """A selection made by touch waits for "Code these words"."""
    bench.dispatch_event("#turn-2 .said", "pointerdown", {"pointerType": "touch"})
    bench.evaluate(
        """() => { const text = document.querySelector("#turn-2 .said").firstChild;
                   getSelection().setBaseAndExtent(text, 0, text, 11); }"""
    )
    bench.click("#touch-code")
    expect(bench.locator("#picked")).to_have_text("She had the")
    apply_by_name(bench, "man")
    assert words_of(newest()) == "She had the"


def test_a_finger_chooses_sentence_turn_and_words(bench: Page):
    """From a word it has drawn over, by the buttons of the bar; a touch on other words lets go of them."""
    bench.set_viewport_size({"width": 390, "height": 844})
    bench.dispatch_event("#turn-4 .said", "pointerdown", {"pointerType": "touch"})
    bench.evaluate(
        """() => { const text = document.querySelector("#turn-4 .said").firstChild;
                   getSelection().setBaseAndExtent(text, 14, text, 20); }"""
    )
    chosen = bench.locator("#live")
    bar = bench.locator("#touch-bar")
    bar.get_by_role("button", name="Sentence").click()
    expect(chosen).to_have_text("Chosen: I always said not so bad 🙂 and she wrote it down.")
    bar.get_by_role("button", name="A word less").click()
    expect(chosen).to_have_text("Chosen: I always said not so bad 🙂 and she wrote it down")
    bar.get_by_role("button", name="Turn").click()
    expect(chosen).to_have_text("Chosen: Not so bad. I always said not so bad 🙂 and she wrote it down.")
    bar.get_by_role("button", name="Choose nothing").click()
    expect(bar).to_be_hidden()


def test_a_memo_is_written_on_a_passage_and_found(
    bench: Page, dot: User, study: Study, visitor: Coding, axe: Callable[[Page], None]
):
    """Beside the text, at its coding: the page to write it comes back, it stands there, Find goes to it."""
    bench.focus("#turn-7")
    bench.locator("#in-turn").get_by_role("link", name="Memo: Asking, then waiting").click()
    expect(bench.locator("blockquote")).to_have_text(words_of(visitor))
    axe(bench)
    bench.get_by_label("What do you want to keep?").fill("The chair again")
    bench.get_by_role("button", name="Keep it").click()
    bench.wait_for_selector("html[data-bench=ready]", state="attached")
    expect(bench.locator("#in-turn .noted")).to_contain_text("Hilary Banks The chair again")
    keep_memo(by=dot, study=study, words="It is her house", coding=visitor)
    bench.reload()
    bench.wait_for_selector("html[data-bench=ready]", state="attached")
    bench.focus("#turn-2")
    press(bench, "f")
    bench.locator("#jump-by").select_option("notes")
    expect(bench.locator("#live")).to_contain_text("Dot Ellison wrote: It is her house")
    expect(bench.locator("#in-turn .chosen .noted")).to_have_count(2)
    axe(bench)


def test_undo_and_in_vivo_by_touch(bench: Page, axe: Callable[[Page], None]):
    """On a phone: words become a code, are undone and done again, each by a button that is in sight."""
    bench.set_viewport_size({"width": 390, "height": 844})
    bench.dispatch_event("#turn-2 .said", "pointerdown", {"pointerType": "touch"})
    bench.evaluate(
        """() => { const text = document.querySelector("#turn-2 .said").firstChild;
                   getSelection().setBaseAndExtent(text, 0, text, 11); }"""
    )
    bench.click("#touch-code")
    axe(bench)
    bench.get_by_role("button", name="Make these words a code").click()
    expect(bench.locator("#turn-2 .stripe")).to_have_count(1)
    for turn, left in (("Undo", 0), ("Do again", 1)):
        bench.locator(".tools").get_by_role("button", name=turn).click()
        expect(bench.locator("#turn-2 .stripe")).to_have_count(left)
    assert (words_of(newest()), newest().code.name) == ("She had the", "She had the")


def test_an_undone_code_is_named_again(bench: Page):
    """Typed again after U, the name is offered; the same code comes back, with its coding."""
    for _again in range(2):
        bench.focus("#turn-2")
        press(bench, "ArrowRight", "c")
        bench.keyboard.type("Hope")
        expect(bench.locator("#offers")).to_contain_text("New code “Hope”")
        press(bench, "Enter")
        expect(bench.locator(".stripe.waiting")).to_have_count(0)
        expect(bench.locator("#tree").get_by_role("button", name="Hope")).to_be_visible()
        assert newest().code.name == "Hope"
        press(bench, "u")
        expect(bench.locator("#turn-2 .stripe")).to_have_count(0)
    assert Code.objects.filter(name="Hope").count() == 1


def test_brackets_are_typed_with_option(bench: Page):
    """As on a German keyboard; and G goes the same way."""
    bench.focus("#turn-2")
    bench.evaluate(
        """() => document.activeElement.dispatchEvent(
             new KeyboardEvent("keydown", { key: "]", altKey: true, bubbles: true, cancelable: true }))"""
    )
    expect(bench.locator("#turn-7")).to_be_focused()
    bench.focus("#turn-2")
    press(bench, "g")
    expect(bench.locator("#turn-7")).to_be_focused()


@pytest.mark.parametrize("pane", ["codes", "read", "beside"])
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1000, 700), (390, 844), (320, 256)])
def test_it_is_open_to_everybody(
    bench: Page,
    axe: Callable[[Page], None],
    look: Callable[[Page, str], None],
    width: int,
    height: int,
    pane: str,
):
    """Axe, light and dark, on desk, tablet, phone and at 400 per cent; nothing is wider than it."""
    bench.set_viewport_size({"width": width, "height": height})
    if bench.locator(".panes").is_visible() and bench.locator(f"[data-show={pane}]").is_visible():
        bench.click(f"[data-show={pane}]")
    assert bench.evaluate("document.documentElement.scrollWidth") <= width
    for scheme in ("light", "dark"):
        bench.emulate_media(color_scheme=scheme)
        axe(bench)


def test_the_popover_and_the_keys_are_open_to_everybody(bench: Page, axe: Callable[[Page], None]):
    """Axe with the combobox open, and with the map of keys."""
    bench.focus("#turn-2")
    press(bench, "ArrowRight", "c")
    axe(bench)
    press(bench, "Escape", "?")
    expect(bench.locator("#keys")).to_be_visible()
    axe(bench)


def test_it_reads_and_codes_without_script(
    browser_context_args: dict, bench: Page, rowan_transcript: Transcript, waiting: Code
):
    """Without script: the words, a link at each turn, its form, and a button to take a coding off."""
    context = bench.context.browser.new_context(**browser_context_args, java_script_enabled=False)
    context.add_cookies(bench.context.cookies())
    plain = context.new_page()
    plain.goto(bench.url)
    plain.locator("#turn-5 .code-this").click()
    plain.locator("#turn-5 select").select_option("Asking, then waiting")
    plain.locator("#turn-5 .by-form button").first.click()
    plain.locator("#turn-5").get_by_role("button", name="Take off").click()
    assert words_of(newest()) == "And now?"
    assert newest().removed is not None
    context.close()
