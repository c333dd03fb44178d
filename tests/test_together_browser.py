"""Several coders on one transcript at once, each in a browser of their own."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from alongside.accounts.models import Study, User
from alongside.analysis.actions import add_code, apply_code, remove_coding
from alongside.analysis.models import Code, Coding, Link, Remark
from alongside.interviews.models import Transcript
from tests.support.workbench import words_of

pytestmark = pytest.mark.browser

SignIn = Callable[[User], Client]
PLACE = "/s/six-months-on/analysis/transcripts/{pk}/"


@pytest.fixture
def chairs(hilary: User, study: Study, waiting: Code) -> Code:
    return add_code(by=hilary, study=study, name="Chairs")


@pytest.fixture
def contexts(page: Page, browser_context_args: dict) -> Iterator[list[BrowserContext]]:
    opened: list[BrowserContext] = []
    yield opened
    for context in opened:
        context.close()


@pytest.fixture
def bench(
    live_server: LiveServer,
    page: Page,
    hilary: User,
    rowan_transcript: Transcript,
    chairs: Code,
    sign_in: SignIn,
) -> Page:
    """Hilary's page."""
    return _open(page, live_server.url, hilary, rowan_transcript, sign_in)


@pytest.fixture
def dots(
    live_server: LiveServer,
    bench: Page,
    contexts: list[BrowserContext],
    browser_context_args: dict,
    dot: User,
    rowan_transcript: Transcript,
    sign_in: SignIn,
) -> Page:
    """Dot's page, beside Hilary's."""
    context = bench.context.browser.new_context(**browser_context_args)
    contexts.append(context)
    return _open(context.new_page(), live_server.url, dot, rowan_transcript, sign_in)


def _open(page: Page, server: str, user: User, transcript: Transcript, sign_in: SignIn) -> Page:
    client: Client = sign_in(user)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server}]
    )
    page.emulate_media(reduced_motion="reduce")
    page.goto(server + PLACE.format(pk=transcript.pk))
    page.wait_for_selector("html[data-bench=ready]", state="attached")
    return page


def code_first_sentence(page: Page, turn: int, key: str = "1") -> None:
    page.focus(f"#turn-{turn}")
    page.keyboard.press("ArrowRight")
    page.keyboard.press(key)
    expect(page.locator(".stripe.waiting")).to_have_count(0)


def stripes(page: Page, turn: int) -> Locator:
    return page.locator(f"#turn-{turn} .stripe")


def test_each_sees_what_the_other_does(bench: Page, dots: Page):
    """Coded, moved to another code, and taken off: on the other page without a reload, with initials."""
    code_first_sentence(dots, 2)
    expect(stripes(bench, 2)).to_have_count(1)
    expect(bench.locator("#turn-2 .stripe small")).to_have_text("DE")
    dots.keyboard.press("v")
    expect(dots.locator("#which")).to_be_focused()
    dots.keyboard.type("chairs")
    dots.keyboard.press("Enter")
    expect(bench.locator("#turn-2 .stripe span")).to_have_text("Chairs DE")
    dots.keyboard.press("Delete")
    expect(stripes(bench, 2)).to_have_count(0)


def test_two_on_one_passage_do_not_overwrite_each_other(bench: Page, dots: Page):
    """The same words with the same code are two codings, and both pages show both."""
    for page in (bench, dots):
        code_first_sentence(page, 2)
    for page in (bench, dots):
        expect(stripes(page, 2)).to_have_count(2)
    assert Coding.objects.filter(removed=None).count() == 2


def test_a_code_named_by_one_is_there_for_the_other(bench: Page, dots: Page):
    """In the tree and in the list of codes."""
    dots.focus("#turn-5")
    dots.keyboard.press("t")
    dots.keyboard.press("i")
    expect(bench.locator("#tree .code", has_text="And now?")).to_be_visible()
    bench.focus("#turn-2")
    bench.keyboard.press("ArrowRight")
    bench.keyboard.press("c")
    bench.keyboard.type("and now")
    expect(bench.locator("#offers [role=option]").first).to_contain_text("And now?")


def test_who_else_is_here(bench: Page, dots: Page):
    """By name and turn in words, and by initials at the turn."""
    expect(bench.locator("#here")).to_have_text("Dot Ellison is here too, at turn 1.")
    expect(bench.locator("#turn-1 .reader")).to_have_text("DE")


def test_a_lost_line_loses_and_doubles_nothing(
    bench: Page, dot: User, rowan_transcript: Transcript, chairs: Code
):
    """What Dot did meanwhile arrives once; what Hilary did meanwhile is sent once."""
    revision = rowan_transcript.revisions.get(is_current=True)
    bench.context.set_offline(True)
    first = apply_code(by=dot, revision=revision, code=chairs, start=0, end=9)
    remove_coding(by=dot, coding=first)
    apply_code(by=dot, revision=revision, code=chairs, start=0, end=12)
    bench.focus("#turn-2")
    bench.keyboard.press("ArrowRight")
    bench.keyboard.press("1")
    expect(bench.locator("#unsaved")).to_contain_text("Not saved yet: 1.")
    bench.context.set_offline(False)
    expect(bench.locator("#unsaved")).to_have_text("Everything is saved.")
    expect(stripes(bench, 1)).to_have_count(1, timeout=20_000)
    expect(stripes(bench, 2)).to_have_count(1)
    assert Coding.objects.filter(removed=None).count() == 2


def test_an_answer_that_got_lost_doubles_nothing(bench: Page):
    """The server did it, the page never heard: it asks again, over a reload too, and one coding stands."""
    lost = []

    def lose(route: Route) -> None:
        lost.append(route.fetch().status)
        route.abort()

    bench.route("**/codings/", lose, times=1)
    bench.focus("#turn-2")
    bench.keyboard.press("ArrowRight")
    bench.keyboard.press("1")
    expect(bench.locator("#unsaved")).to_contain_text("Not saved yet: 1.")
    assert lost == [200]
    bench.on("dialog", lambda dialog: dialog.accept())
    bench.reload()
    bench.wait_for_selector("html[data-bench=ready]", state="attached")
    expect(bench.locator(".stripe.waiting")).to_have_count(0)
    expect(stripes(bench, 2)).to_have_count(1)
    assert Coding.objects.count() == 1


def test_a_coding_covers_other_words(bench: Page):
    """By keyboard: E, a full stop and two words less at the end, Enter; undone, it is as it was."""
    code_first_sentence(bench, 2)
    before = words_of(Coding.objects.get())
    for key in ("e", ",", ",", ",", "Enter"):
        bench.keyboard.press(key)
    expect(bench.locator("#said-words")).to_contain_text("covers other words now")
    expect(bench.locator(".stripe.waiting")).to_have_count(0)
    assert before == "She had the chair with the arms and I had the one without."
    assert words_of(Coding.objects.get()) == "She had the chair with the arms and I had the"
    bench.keyboard.press("u")
    expect(bench.locator("#said-words")).to_contain_text("is as it was")
    assert words_of(Coding.objects.get()) == before


def test_whoever_goes_on_leaves_a_coding_as_it_was(bench: Page):
    """E, then another turn: Enter there applies a code, and the first coding keeps its words."""
    code_first_sentence(bench, 2)
    before = words_of(Coding.objects.get())
    for key in ("e", "j", "ArrowRight", "Enter"):
        bench.keyboard.press(key)
    expect(bench.locator("#picked")).to_be_visible()
    bench.keyboard.press("Enter")
    expect(stripes(bench, 3)).to_have_count(1)
    expect(bench.locator(".stripe.waiting")).to_have_count(0)
    assert words_of(Coding.objects.earliest("pk")) == before
    bench.focus("#turn-2")
    deeds = bench.locator("#in-turn")
    deeds.get_by_role("button", name="Other words").click()
    bench.focus("#turn-3")
    deeds.get_by_role("button", name="Other words").click()
    expect(bench.locator("#said-words")).to_contain_text("Choose the words")
    assert words_of(Coding.objects.earliest("pk")) == before


def test_important_copied_and_linked(bench: Page):
    """By keyboard alone, each heard; the star is in the margin, and the link leads from one to the other."""
    code_first_sentence(bench, 2)
    bench.keyboard.press("x")
    expect(bench.locator("#turn-2 .stripe span")).to_contain_text("★")
    bench.keyboard.press("y")
    bench.keyboard.type("chairs")
    bench.keyboard.press("Enter")
    expect(stripes(bench, 2)).to_have_count(2)
    bench.keyboard.press("l")
    expect(bench.locator("#said-words")).to_contain_text("Link from")
    code_first_sentence(bench, 4)
    bench.keyboard.press("l")
    expect(bench.locator("#link-words")).to_be_focused()
    bench.keyboard.type("the same chair")
    bench.keyboard.press("Enter")
    expect(bench.locator("#said-words")).to_contain_text("are linked")
    expect(bench.locator("#turn-4")).to_be_focused()
    expect(bench.locator("#in-turn .linked")).to_contain_text("“the same chair”")
    bench.locator("#in-turn .go-to").click()
    expect(bench.locator("#turn-2")).to_be_focused()
    expect(bench.locator("#in-turn .linked")).to_have_count(1)
    bench.locator("#in-turn .linked .deed").click()
    expect(bench.locator("#in-turn .linked")).to_have_count(0)
    assert Link.objects.get().removed is not None


def test_a_code_is_dragged_onto_the_words(bench: Page):
    """Let go over a sentence, it is put on that sentence."""
    bench.locator("#tree .code", has_text="Chairs").drag_to(
        bench.locator("#turn-2 .said"), target_position={"x": 30, "y": 12}
    )
    expect(stripes(bench, 2)).to_have_count(1)
    expect(bench.locator(".stripe.waiting")).to_have_count(0)
    assert words_of(Coding.objects.get()) == "She had the chair with the arms and I had the one without."


def test_the_mouse_gives_a_coding_other_words(bench: Page):
    """Other words of it are selected, and the popover offers to let the coding cover them."""
    code_first_sentence(bench, 2)
    bench.evaluate(
        """() => { const text = document.querySelector("#turn-2 .said").firstChild;
                   getSelection().setBaseAndExtent(text, 0, text, 17); }"""
    )
    bench.focus("#turn-2")
    bench.keyboard.press("c")
    bench.locator("#offers .new", has_text="cover these words").click()
    expect(bench.locator(".stripe.waiting")).to_have_count(0)
    expect(bench.locator("#said-words")).to_contain_text("covers other words now")
    assert words_of(Coding.objects.get()) == "She had the chair"


def test_a_passage_is_talked_about(bench: Page, dots: Page):
    """Dot asks about a sentence; Hilary's page has it without a reload, she answers, and Dot settles it."""
    dots.focus("#turn-2")
    dots.keyboard.press("ArrowRight")
    dots.keyboard.press("d")
    dots.keyboard.type("Who decides where one sits?")
    dots.get_by_role("button", name="Say it").click()
    bench.focus("#turn-2")
    expect(bench.locator("#talks li")).to_contain_text("Dot Ellison Who decides where one sits?")
    bench.locator("#talks").get_by_role("button", name="Answer").click()
    bench.keyboard.type("Whoever types.")
    bench.get_by_role("button", name="Say it").click()
    dots.focus("#turn-2")
    expect(dots.locator("#talks li")).to_contain_text("Hilary Banks Whoever types.")
    dots.locator("#talks").get_by_role("button", name="Settled").click()
    expect(bench.locator("#talks li")).to_have_count(0)


def test_what_is_being_said_outlives_a_reload(bench: Page):
    """Half a sentence is there again, with the words it is about."""
    bench.focus("#turn-2")
    bench.keyboard.press("ArrowRight")
    bench.keyboard.press("d")
    bench.keyboard.type("Half a")
    bench.on("dialog", lambda dialog: dialog.accept())
    bench.reload()
    bench.wait_for_selector("html[data-bench=ready]", state="attached")
    expect(bench.locator("#talk-words")).to_have_value("Half a")
    expect(bench.locator("#talks form q")).to_contain_text("She had the chair")


def test_words_added_to_what_was_sent_are_not_lost(bench: Page):
    """The server has the first words, the page never heard, and more was typed: what was added stays to be
    said, and each is said once."""
    lost = []

    def lose(route: Route) -> None:
        lost.append(route.fetch().status)
        route.abort()

    bench.focus("#turn-2")
    bench.keyboard.press("ArrowRight")
    bench.keyboard.press("d")
    bench.keyboard.type("Who decides?")
    bench.route(
        "**/discussions/", lambda route: lose(route) if route.request.method == "POST" else route.continue_()
    )
    bench.get_by_role("button", name="Say it").click()
    expect(bench.locator("#talks [role=status]")).to_contain_text("Trying again by itself")
    assert lost == [200]
    bench.locator("#talk-words").press_sequentially(" And since when?")
    bench.unroute_all()
    bench.get_by_role("button", name="Say it").click()
    expect(bench.locator("#talk-words")).to_have_value("And since when?")
    expect(bench.locator("#talks [role=status]")).to_contain_text("What you added since is here")
    bench.get_by_role("button", name="Say it").click()
    expect(bench.locator("#talks form")).to_be_hidden()
    assert [each.words for each in Remark.objects.order_by("pk")] == ["Who decides?", "And since when?"]


def test_passages_of_two_transcripts_are_linked(
    bench: Page,
    live_server: LiveServer,
    hilary: User,
    chairs: Code,
    rowan_transcript: Transcript,
    wren_transcript: Transcript,
    axe: Callable[[Page], None],
):
    """L here, L in the other text, with what stands between them; from there a link leads back."""
    revision = wren_transcript.revisions.get(is_current=True)
    apply_code(by=hilary, revision=revision, code=chairs, start=0, end=12)
    code_first_sentence(bench, 2)
    bench.keyboard.press("l")
    expect(bench.locator("#said-words")).to_contain_text("here or in another transcript")
    bench.goto(live_server.url + PLACE.format(pk=wren_transcript.pk))
    bench.wait_for_selector("html[data-bench=ready]", state="attached")
    expect(bench.locator("#said-words")).to_contain_text("You are linking from Asking, then waiting.")
    bench.focus("#turn-1")
    for key in ("]", "l"):
        bench.keyboard.press(key)
    expect(bench.locator("#link-words")).to_be_focused()
    axe(bench)
    bench.keyboard.type("both wait")
    bench.keyboard.press("Enter")
    expect(bench.locator("#in-turn .linked")).to_contain_text("“both wait”")
    expect(bench.locator("#unsaved")).not_to_have_class("late")
    link = Link.objects.get()
    assert (link.one.revision_id, link.says) == (revision.pk, "both wait")
    bench.locator("#in-turn .linked a").click()
    bench.wait_for_selector("html[data-bench=ready]", state="attached")
    assert str(rowan_transcript.pk) in bench.url
    expect(bench.locator("#turn-2")).to_have_class(re.compile("current"))
    expect(bench.locator("#in-turn .linked")).to_contain_text("“both wait”")
    expect(bench.locator("#said")).to_be_hidden()


def test_the_focus_stays_where_talk_is_drawn_anew(bench: Page, dots: Page):
    """Settled by its button, or drawn anew since somebody else spoke: never lost to the page."""
    for page, words in ((dots, "Who decides?"), (bench, "Whoever types.")):
        page.focus("#turn-2")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("d")
        page.keyboard.type(words)
        page.get_by_role("button", name="Say it").click()
    expect(bench.locator("#talks li p")).to_have_count(2)
    settled = bench.locator("#talks").get_by_role("button", name="Settled")
    settled.focus()
    dots.keyboard.press("d")
    dots.keyboard.type("Or nobody.")
    dots.get_by_role("button", name="Say it").click()
    expect(bench.locator("#talks li p")).to_have_count(3)
    expect(settled).to_be_focused()
    bench.keyboard.press("Enter")
    expect(bench.locator("#talks li")).to_have_count(0)
    expect(bench.locator("#turn-2")).to_be_focused()


def test_what_is_talked_about_meanwhile_is_found(bench: Page, dots: Page):
    """Finding by memos and talk has what others began to talk about while the page was open."""
    bench.focus("#turn-1")
    bench.keyboard.press("f")
    bench.locator("#jump-by").select_option("notes")
    expect(bench.locator("#jump-count")).to_have_text("There is none in this transcript.")
    dots.focus("#turn-4")
    dots.keyboard.press("ArrowRight")
    dots.keyboard.press("d")
    dots.keyboard.type("Not so bad?")
    dots.get_by_role("button", name="Say it").click()
    expect(bench.locator("#talks")).to_be_attached()
    expect(bench.locator("#jump-count")).to_have_text("")
    bench.locator("#jump").get_by_role("button", name="Next").click()
    expect(bench.locator("#turn-4")).to_have_class(re.compile("current"))
