"""Reading as a team in a real browser: asked separately, done, and then each other's work; memos and talk."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from alongside.accounts.models import Study, User
from alongside.analysis.actions import apply_code, finish_reading, keep_memo, start_discussion
from alongside.analysis.models import Code, Coding, Discussion, Memo, Reading, Remark
from alongside.interviews.models import Transcript

pytestmark = pytest.mark.browser

WIDTHS = ((1440, 900), (390, 844))


@pytest.fixture
def reader(
    page: Page, live_server: LiveServer, study: Study, hilary: User, sign_in: Callable[[User], Client]
) -> Iterator[Page]:
    """Hilary's browser; it leaves before the database does."""
    session = sign_in(hilary).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    yield page
    page.goto("about:blank")


@pytest.fixture
def room(live_server: LiveServer) -> str:
    return f"{live_server.url}/s/six-months-on/analysis/"


def looked_at(page: Page, axe: Callable[[Page], None]) -> None:
    """Axe, and nothing wider than the window, on a desk and on a phone."""
    for width, height in WIDTHS:
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
        axe(page)
    page.set_viewport_size({"width": 1440, "height": 900})


def test_two_read_separately_and_then_see_each_others_work(
    reader: Page, room: str, dot: User, waiting: Code, visitor: Coding, rowan_transcript: Transcript, axe
):
    """Asked on one page, done on another; who coded shows only when both are."""
    apply_code(by=dot, revision=visitor.revision, code=waiting, start=0, end=8)
    reader.goto(f"{room}readers/")
    looked_at(reader, axe)
    reader.get_by_role("link", name="Ask, or take back").click()
    for name in ("Dot Ellison", "Hilary Banks"):
        reader.get_by_label(name).check()
    reader.get_by_label("Separately").check()
    looked_at(reader, axe)
    reader.get_by_role("button", name="Ask them").click()
    looked_at(reader, axe)
    reader.goto(room)
    reader.get_by_role("region", name="What I am asked to read").get_by_role("link").click()
    coders = reader.get_by_role("region", name="Who coded here")
    expect(coders).to_contain_text("Hilary Banks")
    expect(coders).not_to_contain_text("Dot Ellison")
    reader.get_by_role("button", name="I have finished reading").click()
    expect(reader.get_by_role("button", name="I am not done after all")).to_be_visible()
    looked_at(reader, axe)
    finish_reading(by=dot, transcript=rowan_transcript)
    reader.reload()
    expect(coders).to_contain_text("Dot Ellison")
    assert not Reading.objects.filter(finished=None).exists()


def test_the_team_chooses_codings(
    reader: Page, room: str, visitor: Coding, rowan_transcript: Transcript, axe
):
    """By keyboard: a tick, and a press; who chose stands beside it."""
    reader.goto(f"{room}transcripts/{rowan_transcript.pk}/adoption/")
    reader.get_by_role("checkbox").focus()
    reader.keyboard.press("Space")
    reader.keyboard.press("Tab")
    reader.keyboard.press("Enter")
    expect(reader.locator(".status.done")).to_contain_text("The team’s, by Hilary Banks")
    looked_at(reader, axe)
    visitor.refresh_from_db()
    assert visitor.adopted is not None


def test_memos_are_written_found_and_deleted(
    reader: Page, room: str, study: Study, hilary: User, waiting: Code, visitor: Coding, axe
):
    """From a code's page to the page of all, and gone after a look at what goes."""
    keep_memo(by=hilary, study=study, words="On the passage", coding=visitor)
    reader.goto(f"{room}codes/{waiting.pk}/")
    reader.get_by_role("link", name="Write a memo").click()
    looked_at(reader, axe)
    reader.get_by_label("What do you want to keep?").fill("A gap of that size")
    reader.get_by_role("button", name="Keep it").click()
    reader.goto(f"{room}memos/")
    looked_at(reader, axe)
    reader.get_by_label("Words").fill("gap")
    reader.keyboard.press("Enter")
    expect(reader.get_by_role("heading", name="1 memo")).to_be_visible()
    reader.locator(".memo-entry").get_by_role("link", name="Delete").click()
    looked_at(reader, axe)
    reader.get_by_role("button", name="Delete it").click()
    assert [memo.words for memo in Memo.objects.all()] == ["On the passage"]
    reader.goto(f"{room}memos/journal/")
    reader.get_by_label("A new entry").fill("I side with Rowan")
    reader.get_by_role("button", name="Keep it").click()
    expect(reader.get_by_role("region", name="Entries")).to_contain_text("I side with Rowan")
    looked_at(reader, axe)


def test_a_discussion_is_settled_with_a_last_word(
    reader: Page, room: str, dot: User, rowan_transcript: Transcript, axe
):
    """What stands in the box when one settles it is said first."""
    revision = rowan_transcript.revisions.get()
    start_discussion(by=dot, revision=revision, start=0, end=20, words="Whose question is this?")
    reader.goto(f"{room}discussions/")
    looked_at(reader, axe)
    reader.get_by_label("Say something").fill("Josef’s.")
    reader.get_by_role("button", name="This is settled").click()
    expect(reader.locator(".talk")).to_contain_text("Josef’s.")
    looked_at(reader, axe)
    assert Discussion.objects.get().settled_by is not None


def test_what_was_said_before_is_no_beginning_of_it(
    reader: Page, room: str, hilary: User, rowan_transcript: Transcript
):
    """Hilary said “Yes” here once. What she sends, loses and changes is measured by what was sent then."""
    revision = rowan_transcript.revisions.get()
    start_discussion(by=hilary, revision=revision, start=0, end=20, words="Yes")
    reader.goto(f"{room}transcripts/{rowan_transcript.pk}/")
    reader.wait_for_selector("html[data-bench=ready]", state="attached")
    reader.locator("#talks").get_by_role("button", name="Answer").click()
    reader.keyboard.type("Yes, but no")
    kept: list[int] = []

    def lose(route: Route) -> None:
        kept.append(route.fetch().status)
        route.abort()

    reader.route("**/remarks/", lose)
    reader.get_by_role("button", name="Say it").click()
    expect(reader.locator("#talks [role=status]")).to_contain_text("Trying again by itself")
    assert kept == [200]
    reader.locator("#talk-words").fill("Yesterday it was otherwise")
    reader.unroute_all()
    reader.get_by_role("button", name="Say it").click()
    expect(reader.locator("#talks [role=status]")).to_contain_text("not said yet")
    expect(reader.locator("#talk-words")).to_have_value("Yesterday it was otherwise")
    reader.get_by_role("button", name="Say it").click()
    expect(reader.locator("#talks form")).to_be_hidden()
    said = [each.words for each in Remark.objects.order_by("pk")]
    assert said == ["Yes", "Yes, but no", "Yesterday it was otherwise"]
