"""Reading in a real browser: how it looks, where one was, finding, listening, plain mode, practice."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from alongside.accounts.models import Study, User
from alongside.analysis.actions import keep_taste
from alongside.analysis.models import Coding, Memo, Place, Taste
from alongside.interviews.actions import attach_recording
from alongside.interviews.models import Recording, Transcript
from alongside.interviews.tests.sounds import tone

pytestmark = pytest.mark.browser

TASTE, PLACE = re.compile(r"/taste/"), re.compile(r"/place/")


@pytest.fixture
def reader(
    page: Page, live_server: LiveServer, study: Study, hilary: User, sign_in: Callable[[User], Client]
) -> Iterator[Page]:
    """Hilary's browser. Its scripts may make no error; it leaves before the database does."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if "Content Security" in line.text else None)
    session = sign_in(hilary).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.emulate_media(reduced_motion="reduce")
    yield page
    page.goto("about:blank")
    assert not errors


@pytest.fixture
def address(live_server: LiveServer, rowan_transcript: Transcript) -> str:
    return f"{live_server.url}/s/six-months-on/analysis/transcripts/{rowan_transcript.pk}/"


@pytest.fixture
def recording(rowan_transcript: Transcript) -> Recording:
    interview = rowan_transcript.interview
    return attach_recording(by=None, interview=interview, name="a.wav", data=tone(40), seconds=40)


def enter(page: Page, url: str) -> None:
    page.goto(url)
    page.wait_for_selector("html[data-bench=ready]", state="attached")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def look_everywhere(page: Page, axe: Callable[[Page], None]) -> None:
    """Axe, and nothing wider than the window, on a desk and on a phone, light and dark."""
    for width, height in ((1440, 900), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            axe(page)


def test_how_it_looks(reader: Page, address: str, hilary: User, visitor: Coding, axe):
    """By keyboard: changed at once, kept, there again after a reload; without a line number if one likes."""
    enter(reader, address)
    expect(reader.locator(".line-no").first).to_be_attached()
    reader.focus("[popovertarget=looks]")
    press(reader, "Enter", "Tab", "Tab", "ArrowRight")
    with reader.expect_response(TASTE):
        press(reader, "ArrowRight")
    size = "getComputedStyle(document.querySelector('.said')).fontSize"
    assert reader.evaluate(size) == "36px"
    with reader.expect_response(TASTE):
        reader.get_by_label("Line numbers").uncheck()
    expect(reader.locator(".line-no")).to_have_count(0)
    with reader.expect_response(TASTE):
        reader.get_by_role("radio", name="Dark").check(force=True)
    look_everywhere(reader, axe)
    enter(reader, address)
    assert reader.evaluate(size) == "36px"
    assert reader.evaluate("document.documentElement.dataset.theme") == "dark"
    assert Taste.objects.get(reader=hilary).lines is False


def test_one_goes_on_where_one_was(reader: Page, address: str, hilary: User):
    """The page keeps the turn on top, and opens there again; an address that names another comes first."""
    keep_taste(by=hilary, size=4)
    reader.set_viewport_size({"width": 1000, "height": 620})
    enter(reader, address)
    with reader.expect_response(
        lambda answer: PLACE.search(answer.url) and "turn=4" in answer.request.post_data
    ):
        reader.evaluate("document.querySelector('#turn-4').scrollIntoView({ block: 'start' })")
    assert Place.objects.get(reader=hilary).turn == 4
    Place.objects.update(seen="2026-11-03T15:00Z")
    enter(reader, address)
    expect(reader.locator("#turn-4")).to_have_class(re.compile("current"))
    expect(reader.locator("#said-words")).to_have_text("You were here on 3 November.")
    assert reader.evaluate("document.querySelector('#turn-4').getBoundingClientRect().top") < 400
    reader.get_by_role("button", name="To the beginning").click()
    expect(reader.locator("#turn-1")).to_be_focused()
    enter(reader, f"{address}#turn-6")
    expect(reader.locator("#turn-6")).to_have_class(re.compile("current"))


def test_finding_by_keyboard_alone(
    reader: Page, address: str, study: Study, hilary: User, visitor: Coding, axe
):
    """Words in any writing, from one to the next and round again; a speaker; a code; a memo."""
    Memo.objects.create(study=study, author=hilary, coding=visitor, words="The chair again")
    enter(reader, address)
    reader.focus("#turn-1")
    press(reader, "f")
    count = reader.locator("#jump-count")
    reader.keyboard.type("NOT so bad")
    expect(count).to_have_text("1 of 2")
    expect(reader.locator("#live")).to_contain_text("1 of 2: Not so bad")
    press(reader, "Enter")
    expect(count).to_have_text("2 of 2")
    press(reader, "Enter", "Shift+Enter")
    expect(count).to_have_text("2 of 2")
    reader.locator("#jump-words").fill("cafe")
    expect(count).to_have_text("1 of 1")
    look_everywhere(reader, axe)
    press(reader, "Escape")
    expect(reader.locator("#turn-6")).to_be_focused()
    expect(reader.locator("#live")).to_contain_text("Chosen: cafe\u0301")
    press(reader, "f")
    reader.locator("#jump-words").fill("nobody says this")
    expect(count).to_have_text("“nobody says this” is not said here.")
    reader.locator("#jump-by").select_option("speaker")
    reader.locator("#jump-which").select_option("Rowan")
    expect(count).to_have_text("3 of 4")
    reader.locator("#jump-by").select_option("code")
    expect(reader.locator("#jump-which")).to_contain_text("Asking, then waiting")
    expect(count).to_have_text("1 of 1")
    reader.locator("#jump-by").select_option("notes")
    expect(count).to_have_text("1 of 1")
    press(reader, "Escape")
    expect(reader.locator("#turn-7")).to_be_focused()
    press(reader, "n")
    expect(reader.locator("#turn-7")).to_have_class(re.compile("current"))


def test_listening_beside_the_text(reader: Page, address: str, recording: Recording, axe):
    """In parts; P plays and stops, a time plays from there, and the turn being spoken is marked."""
    with reader.expect_response(lambda answer: answer.url.endswith("/sound/")) as first:
        enter(reader, address)
    assert first.value.status == 206
    reader.wait_for_function("document.getElementById('sound').readyState > 0")
    assert reader.evaluate("Math.round(document.getElementById('sound').duration)") == 40
    is_paused = "document.getElementById('sound').paused"
    reader.focus("#turn-2")
    press(reader, "Shift+P")
    expect(reader.locator("#turn-2")).to_have_class(re.compile("spoken"))
    assert reader.evaluate(is_paused) is False
    press(reader, "p")
    assert reader.evaluate(is_paused) is True
    reader.locator("#turn-5 time").click()
    expect(reader.locator("#turn-5")).to_have_class(re.compile("spoken"))
    expect(reader.locator(".spoken")).to_have_count(1)
    reader.get_by_label("Speed").select_option("1.5")
    assert reader.evaluate("document.getElementById('sound').playbackRate") == 1.5
    press(reader, "Escape")
    reader.evaluate("document.getElementById('sound').pause()")
    look_everywhere(reader, axe)


def test_plain_mode(reader: Page, address: str, visitor: Coding, axe):
    """A sentence is touched, large buttons code it, undo that, take off; codes say what they mean."""
    enter(reader, f"{address}?plain=1")
    expect(reader.locator("#tree .means")).to_have_text("A gap is left.")
    for gone in ("#show-keys", "#show-jump", ".beside", ".line-no", ".stripe span"):
        expect(reader.locator(gone).first).to_be_hidden()
    look_everywhere(reader, axe)
    reader.locator("#turn-5 .said").click(position={"x": 20, "y": 14})
    reader.click("#plain-code")
    expect(reader.locator("#picked")).to_have_text("And now?")
    with reader.expect_response(re.compile("/codings/")):
        reader.get_by_role("option", name="Asking, then waiting").click()
    made = Coding.objects.latest("pk")
    assert made.revision.text[made.start : made.end] == "And now?"
    with reader.expect_response(re.compile("/undo/")):
        reader.click("#plain-undo")
    made.refresh_from_db()
    assert made.removed is not None
    expect(reader.locator("#plain-off")).to_be_hidden()
    reader.locator("#turn-7 .said").click(position={"x": 20, "y": 14})
    with reader.expect_response(re.compile("/remove/")):
        reader.click("#plain-off")
    visitor.refresh_from_db()
    assert visitor.removed is not None


def test_practice_sends_nothing(reader: Page, live_server: LiveServer, study: Study, axe):
    """Everything there is to try, by keyboard; each ticks itself, and not one request leaves the page."""
    enter(reader, f"{live_server.url}/s/six-months-on/analysis/practice/")
    look_everywhere(reader, axe)
    sent: list[str] = []
    reader.on("request", lambda request: sent.append(request.url))
    reader.focus("#turn-4")
    press(reader, "ArrowRight", "c")
    reader.keyboard.type("together")
    press(reader, "Enter")
    expect(reader.locator("#turn-4 .stripe")).to_have_count(1)
    expect(reader.locator("#tries .done")).to_have_count(2)
    press(reader, "u")
    expect(reader.locator("#turn-4 .stripe")).to_have_count(0)
    press(reader, "Shift+U")
    expect(reader.locator("#turn-4 .stripe")).to_have_count(1)
    press(reader, "]", "Delete")
    expect(reader.locator("#tries .done")).to_have_count(4)
    expect(reader.locator("#said-words")).to_contain_text("That is all of it.")
    expect(reader.locator("#turn-4 .stripe.waiting")).to_have_count(0)
    assert sent == []
    kept = reader.evaluate("Object.keys(sessionStorage)")
    assert [key for key in kept if not key.startswith("htmx")] == []
    assert not Coding.objects.exists()


def test_it_looks_and_sounds_without_script(
    browser_context_args: dict, reader: Page, address: str, hilary: User, recording: Recording
):
    """A plain player, and the looks as a form that is sent; the link that leads on to where one was."""
    Place.objects.create(reader=hilary, transcript=recording.interview.transcript, turn=5, furthest=5)
    context = reader.context.browser.new_context(**browser_context_args, java_script_enabled=False)
    context.add_cookies(reader.context.cookies())
    plain = context.new_page()
    plain.goto(address)
    expect(plain.locator("audio[controls]")).to_be_visible()
    assert plain.get_by_role("link", name="Go on where you were").get_attribute("href") == "#turn-5"
    plain.get_by_role("button", name="How it looks").click()
    plain.get_by_role("radio", name="Twice").check(force=True)
    plain.get_by_role("button", name="Keep it so").click()
    expect(plain.locator(".bench")).to_have_attribute("data-size", "4")
    assert Taste.objects.get(reader=hilary).size == 4
    context.close()


def test_on_a_phone_nothing_that_matters_is_hidden(reader: Page, address: str):
    """Who knows the person can say so there too; finding and the looks are at hand."""
    reader.set_viewport_size({"width": 390, "height": 844})
    enter(reader, address)
    for name in ("I know who this is", "All transcripts"):
        expect(reader.get_by_role("link", name=name)).to_be_visible()
    for name in ("Find", "How it looks"):
        expect(reader.get_by_role("button", name=name, exact=False).first).to_be_visible()
    assert reader.locator(".reading > header").bounding_box()["height"] < 170
