"""Searching, turns like one, and a machine's suggestions in a real browser, by keyboard."""

import re
from collections.abc import Callable, Iterator
from threading import Event

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from alongside.accounts.models import Study, User
from alongside.analysis import prompts
from alongside.analysis.actions import switch_machine_help
from alongside.analysis.models import Code, Coding, Run, Suggestion
from alongside.analysis.tests.model_server import Answer, Heard, listening, saying
from alongside.interviews.models import Transcript

pytestmark = pytest.mark.browser
ROWAN = "I am not a visitor in my own life"


@pytest.fixture
def model(study: Study, hannah: User) -> Iterator[Heard]:
    """A model on this machine, which the study may ask."""
    with listening() as heard:
        switch_machine_help(by=hannah, study=study, is_on=True, address=heard.address, model="small")
        yield heard


@pytest.fixture
def reader(
    page: Page, live_server: LiveServer, hilary: User, sign_in: Callable[[User], Client]
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
def at(live_server: LiveServer, rowan_transcript: Transcript) -> str:
    return f"{live_server.url}/s/six-months-on/analysis/"


def everywhere(page: Page, axe: Callable[[Page], None]) -> None:
    for width, scheme in ((1440, "light"), (390, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        axe(page)


def test_search_and_code_by_keyboard(reader: Page, at: str, waiting: Code, axe: Callable[[Page], None]):
    """Typed, found, ticked, shown, coded, without a mouse."""
    reader.goto(f"{at}search/")
    reader.get_by_role("textbox", name="Words").focus()
    reader.keyboard.type("visitor")
    reader.keyboard.press("Enter")
    expect(reader.locator("mark")).to_have_text("visitor")
    reader.locator(".found input").focus()
    reader.keyboard.press("Space")
    reader.get_by_label("With the code").focus()
    reader.keyboard.type("Asking")
    everywhere(reader, axe)
    reader.get_by_role("button", name="See what would be coded").focus()
    reader.keyboard.press("Enter")
    expect(reader.locator(".found .serif")).to_have_text(f"{ROWAN} any more.")
    everywhere(reader, axe)
    assert not Coding.objects.exists()
    reader.get_by_role("button", name="Code this passage").focus()
    reader.keyboard.press("Enter")
    expect(reader.get_by_text("1 passage is coded.")).to_be_visible()
    coding = Coding.objects.get()
    assert coding.revision.text[coding.start : coding.end] == f"{ROWAN} any more."


def test_the_workbench_leads_to_turns_like_the_one_i_am_at(
    reader: Page, at: str, model: Heard, rowan_transcript: Transcript, axe: Callable[[Page], None]
):
    """The link follows the reader from turn to turn."""
    reader.goto(f"{at}transcripts/{rowan_transcript.pk}/")
    reader.wait_for_selector("html[data-bench=ready]", state="attached")
    reader.locator("#turn-4").focus()
    link = reader.get_by_role("link", name="Turns like the one I am at")
    link.focus()
    expect(link).to_have_attribute("href", f"{at}transcripts/{rowan_transcript.pk}/alike/?turn=4")
    reader.keyboard.press("Enter")
    expect(reader.locator(".quote")).to_contain_text("Not so bad.")
    everywhere(reader, axe)


def test_suggestions_come_part_by_part_and_can_be_stopped(
    reader: Page,
    at: str,
    model: Heard,
    waiting: Code,
    rowan_transcript: Transcript,
    axe: Callable[[Page], None],
    monkeypatch: pytest.MonkeyPatch,
):
    """The page asks by itself and says how far; stopped, nothing more is sent; focus stays in the list."""
    monkeypatch.setattr(prompts, "A_PART", 150)
    go_on = Event()

    def answer(prompt: str) -> Answer:
        if len(model.prompts) > 1:
            go_on.wait(20)
        said = [("chair with the arms", 2), ("Nobody decided that", 2)]
        found = [{"turn": turn, "code": 1, "words": words, "why": "A habit."} for words, turn in said]
        return saying({"suggestions": found})

    model.answering = answer
    reader.goto(f"{at}transcripts/{rowan_transcript.pk}/suggestions/")
    reader.get_by_role("button", name="Ask for suggestions").click()
    expect(reader.locator("#said")).to_contain_text("characters sent")
    reader.get_by_role("button", name="Stop asking").click()
    expect(reader.get_by_text("Stopped.")).to_be_visible()
    go_on.set()
    sent = len(model.prompts)
    assert Run.objects.get().state == Run.State.STOPPED
    expect(reader.locator(".suggested")).to_have_count(2)
    everywhere(reader, axe)
    reader.get_by_role("button", name=re.compile("^Accept.*chair")).press("Enter")
    expect(reader.locator(".suggested")).to_have_count(1)
    expect(reader.locator("#said")).to_have_text("1 suggestion waits")
    expect(reader.get_by_role("button", name="Accept, as my coding")).to_be_focused()
    reader.get_by_role("button", name="Decline").press("Enter")
    expect(reader.get_by_role("heading", name="0 suggestions wait")).to_be_focused()
    assert (Coding.objects.count(), len(model.prompts)) == (1, sent)
    assert set(Suggestion.objects.values_list("state", flat=True)) == {"accepted", "declined"}
