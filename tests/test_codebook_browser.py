"""The codebook in a real browser: by keys alone, by dragging, and without any script."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from alongside.accounts.models import Study, User
from alongside.analysis.actions import add_code
from alongside.analysis.models import Code
from alongside.analysis.queries import flat, tree

pytestmark = pytest.mark.browser
ADDRESS = "/s/six-months-on/analysis/codebook/"


@pytest.fixture
def codes(study: Study, hilary: User) -> dict[str, Code]:
    """A, B with B1 and B2 below, C."""
    made = {name: add_code(by=hilary, study=study, name=name) for name in "ABC"}
    for name in ("B1", "B2"):
        made[name] = add_code(by=hilary, study=study, name=name, parent=made["B"])
    return made


@pytest.fixture
def book(
    page: Page,
    live_server: LiveServer,
    hilary: User,
    sign_in: Callable[[User], Client],
    codes: dict[str, Code],
) -> Iterator[Page]:
    """Hilary's codebook page. Its script may make no error."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if "Content Security" in line.text else None)
    page.context.add_cookies([cookie(sign_in(hilary), live_server.url)])
    page.goto(live_server.url + ADDRESS)
    expect(page.locator(".keys")).to_be_visible()
    yield page
    assert not errors


def cookie(client: Client, url: str):
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}


def shape(study: Study, user: User) -> str:
    return " ".join(f"{'.' * branch.depth}{branch.code.name}" for branch in flat(tree(study, user)))


def link(page: Page, name: str):
    return page.locator(".codes .code-chip").filter(has_text=re.compile(f"^{name}$"))


def drag(page: Page, what, onto, part: float = 0.5) -> None:
    """As a hand does it: in steps. `part` says how far down the line it is let go."""
    one, other = what.bounding_box(), onto.bounding_box()
    assert one
    assert other
    page.mouse.move(one["x"] + 12, one["y"] + one["height"] / 2)
    page.mouse.down()
    page.mouse.move(one["x"] + 24, one["y"] + one["height"] / 2, steps=3)
    expect(page.locator(".codes .lifted")).to_have_count(1)
    page.mouse.move(other["x"] + 60, other["y"] + other["height"] * part, steps=6)
    page.mouse.up()


def line(page: Page, name: str):
    return link(page, name).locator("xpath=..")


def test_codes_are_walked_folded_moved_and_undone_by_keys(
    book: Page, study: Study, hilary: User, axe: Callable[[Page], None]
):
    """Arrows walk and fold; with Alt they move; Ctrl+Z turns back; focus stays with the code."""
    link(book, "A").focus()
    book.keyboard.press("ArrowDown")
    expect(link(book, "B")).to_be_focused()
    book.keyboard.press("ArrowLeft")
    expect(link(book, "B1")).to_be_hidden()
    book.keyboard.press("ArrowDown")
    expect(link(book, "C")).to_be_focused()
    book.keyboard.press("Alt+ArrowRight")
    expect(book.locator("#where-it-went")).to_have_text("B > C")
    expect(link(book, "C")).to_be_focused()
    assert shape(study, hilary) == "A B .B1 .B2 .C"
    book.keyboard.press("Alt+ArrowUp")
    book.keyboard.press("Alt+ArrowUp")
    book.keyboard.press("Alt+ArrowLeft")
    expect(book.locator("#where-it-went")).to_have_text("C")
    assert shape(study, hilary) == "A B .B1 .B2 C"
    for _time in range(2):
        book.keyboard.press("Control+z")
    with book.expect_response(lambda answer: "/redo/" in answer.url):
        book.keyboard.press("Control+Shift+z")
    expect(book.locator(".codes > li:nth-child(2) > ul > li:first-child .code-chip")).to_have_text("C")
    assert shape(study, hilary) == "A B .C .B1 .B2"
    axe(book)


def test_a_code_is_dragged_under_another_and_before_one(book: Page, study: Study, hilary: User):
    """The middle of a line takes it in, the upper part lets it go before."""
    drag(book, link(book, "A"), line(book, "C"))
    expect(book.locator("#where-it-went")).to_have_text("C > A")
    assert shape(study, hilary) == "B .B1 .B2 C .A"
    drag(book, link(book, "C"), line(book, "B1"), part=0.1)
    expect(book.locator("#where-it-went")).to_have_text("B > C")
    assert shape(study, hilary) == "B .C ..A .B1 .B2"


def test_a_code_is_not_dragged_into_itself(book: Page, study: Study, hilary: User):
    """Nothing is sent, nothing moves."""
    drag(book, link(book, "B"), line(book, "B2"))
    assert shape(study, hilary) == "A B .B1 .B2 C"


def test_typing_part_of_a_name_narrows_the_page(book: Page):
    """What stands above stays in sight; emptied, all is back, folded as before."""
    link(book, "B").focus()
    book.keyboard.press("ArrowLeft")
    book.get_by_label("Part of a name").fill("b2")
    expect(link(book, "B2")).to_be_visible()
    expect(link(book, "B")).to_be_visible()
    expect(link(book, "C")).to_be_hidden()
    book.get_by_label("Part of a name").fill("")
    expect(link(book, "C")).to_be_visible()
    expect(link(book, "B2")).to_be_hidden()


def test_folds_are_kept_when_one_comes_back(book: Page):
    """By this browser, for this study."""
    book.get_by_role("button", name="Codes below B").click()
    book.reload()
    expect(link(book, "B1")).to_be_hidden()
    book.get_by_role("button", name="Unfold all").click()
    expect(link(book, "B1")).to_be_visible()


def test_without_script_each_step_is_a_button(
    browser: Browser,
    live_server: LiveServer,
    study: Study,
    hilary: User,
    sign_in: Callable[[User], Client],
    codes: dict[str, Code],
):
    """The menu opens, the button moves, the page comes back where the code is; undo is a button, too."""
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([cookie(sign_in(hilary), live_server.url)])
    page = context.new_page()
    page.goto(live_server.url + ADDRESS)
    item = page.locator(f"#code-{codes['C'].pk}")
    item.locator("summary").click()
    item.get_by_role("button", name="Under the one above").click()
    assert page.url.endswith(f"#code-{codes['C'].pk}")
    assert shape(study, hilary) == "A B .B1 .B2 .C"
    page.get_by_role("button", name="Undo").click()
    assert shape(study, hilary) == "A B .B1 .B2 C"
    context.close()


def test_colours_are_told_by_name_and_line(book: Page, live_server: LiveServer, codes: dict[str, Code], axe):
    """Each of the twelve is a button with its name and the line that the code would have."""
    book.goto(f"{live_server.url}/s/six-months-on/analysis/codes/{codes['A'].pk}/change/")
    expect(book.get_by_role("radio", name="pine, plain line")).to_be_checked()
    book.get_by_label("cherry, plain line").check()
    axe(book)
    book.get_by_role("button", name="Save").click()
    codes["A"].refresh_from_db()
    assert codes["A"].colour == 12
