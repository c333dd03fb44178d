from datetime import date

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from alongside.accounts.models import Study, User
from alongside.people.actions import (
    confirm_relationship,
    make_link,
    publish_consent_text,
    record_adjustment,
)
from alongside.people.models import Participant, Person, WorkingRelationship
from alongside.people.queries import permits
from alongside.stewardship.actions import make_copy_code
from alongside.stewardship.erasure import ask_erasure
from alongside.stewardship.models import Receipt
from alongside.stewardship.withdrawal import stop
from tests.test_frame_browser import check_everywhere, enter, said

__all__ = ["said"]
pytestmark = pytest.mark.browser

ROOM = [
    "people/",
    "people/?q=zed",
    "people/add/",
    "people/relationships/",
    "people/relationships/record/",
    "people/consent-texts/",
    "people/consent-texts/publish/?purpose=interview",
    "stewardship/audit/?check",
    "stewardship/consents/",
    "stewardship/consents/?at=2026-05-01T10:00&purpose=archive",
    "stewardship/register/",
    "stewardship/retention/",
    "stewardship/retention/decide/",
    "stewardship/retention/contact/",
    "stewardship/identity/",
    "stewardship/identity/ask/",
    "stewardship/key/",
]
ONE = ["", "standpoint/", "adjustment/", "consent/interview/", "code/", "stop/", "receipts/"]
OWN = [
    "",
    "decision/interview/",
    "history/",
    "choices/",
    "choices/different/",
    "choices/less/",
    "stop/",
    "receipts/",
    "contact/",
    "together/",
    "uses/",
    "copy/",
    "erasure/",
]


@pytest.fixture
def link(rowan: Person, alison: Person, live_server: LiveServer) -> str:
    """The address of Rowan's own page."""
    return f"{live_server.url}/me/{make_link(by=None, person=rowan, purpose='my_page')}/"


@pytest.fixture
def lived_in(
    study: Study,
    hannah: User,
    rowan: Person,
    alison: Person,
    wren: Person,
    rowan_and_alison: WorkingRelationship,
    rowan_as_participant: Participant,
) -> None:
    """A study with something on each of its pages."""
    confirm_relationship(by=hannah, relationship=rowan_and_alison, person=rowan)
    record_adjustment(by=rowan, person=rowan, need="Large print, and a seat by the window")
    stop(by=rowan, person=rowan, purposes=["recording"])
    publish_consent_text(
        by=hannah,
        study=study,
        purpose="interview",
        wording="We would like to talk with you for an hour, about what has changed.\n\nYou can stop.",
        on_stop="erase",
    )


def named(prefix: str, address: str) -> str:
    return prefix + "".join(sign if sign.isalnum() else "-" for sign in address).rstrip("-")


@pytest.mark.parametrize("address", ROOM)
def test_the_rooms_pages_are_accessible(
    page: Page, live_server: LiveServer, as_founder: Client, lived_in: None, axe, look, said, address: str
):
    """Wide, narrow and very narrow, light and dark: axe finds nothing, and nothing is cut off."""
    enter(page, live_server, as_founder)
    page.goto(f"{live_server.url}/s/six-months-on/{address}", wait_until="networkidle")
    check_everywhere(page, axe)
    look(page, named("people-", address))
    assert said == []


@pytest.mark.parametrize("address", ONE)
def test_a_persons_pages_are_accessible(
    page: Page,
    live_server: LiveServer,
    as_founder: Client,
    lived_in: None,
    rowan: Person,
    wren: Person,
    axe,
    look,
    said,
    address: str,
):
    """The same for what is on record of one person, and for each form about them."""
    enter(page, live_server, as_founder)
    about = wren if address == "code/" else rowan
    page.goto(f"{live_server.url}/s/six-months-on/people/{about.pk}/{address}", wait_until="networkidle")
    check_everywhere(page, axe)
    look(page, named("person-", address))
    assert said == []


def test_the_page_of_someone_one_works_with_is_accessible(
    page: Page, live_server: LiveServer, as_priya: Client, wren: Person, axe, look
):
    """One sentence stands where everything else would."""
    enter(page, live_server, as_priya)
    page.goto(f"{live_server.url}/s/six-months-on/people/{wren.pk}/", wait_until="networkidle")
    expect(page.get_by_text("You work with Wren, so this part is kept from you.")).to_be_visible()
    check_everywhere(page, axe)
    look(page, "person-kept")


@pytest.mark.parametrize("address", OWN)
def test_a_persons_own_pages_are_accessible(
    page: Page, lived_in: None, link: str, axe, look, said, address: str
):
    """By their link, on a phone as on a desk, with all its parts loaded."""
    page.goto(link + address, wait_until="networkidle")
    check_everywhere(page, axe)
    look(page, named("own-", address))
    assert said == []


def test_a_link_that_leads_nowhere_is_accessible(
    page: Page, live_server: LiveServer, hannah: User, axe, look
):
    """A plain page that says what to do."""
    page.goto(f"{live_server.url}/me/nobodys/")
    expect(page.get_by_role("heading", level=1)).to_have_text("This link does not work any more")
    check_everywhere(page, axe)
    look(page, "own-ended")


def test_stopping_takes_three_steps_by_keyboard(page: Page, link: str, rowan: Person, axe, look):
    """Choose, look, confirm: no reason, no code, no mouse."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(link)
    page.get_by_role("link", name="Show me my choices").press("Enter")
    page.get_by_role("radio", name="Stop.").press("Space")
    page.get_by_role("button", name="Go on").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("This is what happens")
    assert permits(rowan, "interview")
    page.get_by_role("button", name="Yes, do this").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("It is done")
    assert not permits(rowan, "interview")
    check_everywhere(page, axe)
    look(page, "own-receipt")


def test_without_script_everything_is_there(browser, link: str, rowan: Person):
    """Words, decisions, stopping and the way to one's sessions work with scripts turned off."""
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(link)
    expect(page.get_by_role("link", name="Show my sessions")).to_be_visible()
    page.get_by_role("link", name="Change Keeping what I said for other researchers").click()
    page.get_by_role("radio", name="No").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Yes, do this").click()
    expect(page.get_by_text("What you said is not kept for other researchers.")).to_be_visible()
    assert not permits(rowan, "archive")
    assert Receipt.objects.get().purposes == ["archive"]


@pytest.fixture
def phone(browser) -> Page:
    """A small screen without scripts."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    return context.new_page()


def fits(page: Page) -> None:
    """Nothing hangs out of the screen's side; asked of the layout, since the page runs no script."""
    page.wait_for_load_state()
    expect(page.locator("main h1")).to_be_visible()
    widest = max(
        box["x"] + box["width"]
        for each in page.locator("main *:visible").all()
        if (box := each.bounding_box())
    )
    assert widest <= 391


def test_stopping_takes_three_steps_on_a_phone_without_script(phone: Page, link: str, rowan: Person):
    """Choose, look, confirm: no reason and no code is asked for on the way."""
    phone.goto(link)
    phone.get_by_role("link", name="Show me my choices").click()
    fits(phone)
    phone.get_by_role("radio", name="Stop.").check()
    phone.get_by_role("button", name="Go on").click()
    fits(phone)
    assert phone.locator("main input:not([type=hidden]), main textarea").count() == 0
    phone.get_by_role("button", name="Yes, do this").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("It is done")
    assert not permits(rowan, "interview")


def test_doing_less_and_differently_take_three_steps_too(phone: Page, link: str, rowan: Person):
    """One thing less goes the same way; something done differently is one box to write in."""
    phone.goto(f"{link}choices/")
    phone.get_by_role("radio", name="Do less.").check()
    phone.get_by_role("button", name="Go on").click()
    phone.get_by_role("checkbox", name="Recording my voice").check()
    phone.get_by_role("button", name="Go on").click()
    phone.get_by_role("button", name="Yes, do this").click()
    assert (permits(rowan, "recording"), permits(rowan, "interview")) == (False, True)
    phone.goto(f"{link}choices/")
    phone.get_by_role("radio", name="Do things differently.").check()
    phone.get_by_role("button", name="Go on").click()
    phone.get_by_label("What would make it better for you?").fill("A phone call")
    phone.get_by_role("button", name="Save").click()
    assert rowan.adjustments.get().need == "A phone call"


def test_a_code_from_a_letter_opens_everything_on_a_phone(
    phone: Page, live_server: LiveServer, rowan: Person, rowan_and_alison: WorkingRelationship
):
    """Type it, say who one works with, how to be reached, take a copy, ask to be erased: without a script."""
    make_link(by=None, person=rowan, purpose="my_page", code="B7KM-42XW")
    phone.goto(f"{live_server.url}/me/")
    phone.get_by_label("My code").fill("b7km 42xw")
    phone.get_by_role("button", name="Open my page").click()
    phone.get_by_role("link", name="Who I work with").click()
    fits(phone)
    phone.get_by_role("button", name="Yes, that is right").click()
    phone.get_by_role("link", name="Back to my page").click()
    phone.get_by_role("link", name="How to reach me").click()
    phone.get_by_role("radio", name="In large print").check()
    phone.get_by_role("button", name="Save").click()
    phone.get_by_role("link", name="What was done with what I gave").click()
    fits(phone)
    phone.get_by_role("link", name="Back to my page").click()
    phone.get_by_role("link", name="Get a copy of everything").click()
    fits(phone)
    phone.get_by_label("The code you were given for it").fill(make_copy_code(by=None, person=rowan))
    with phone.expect_download() as download:
        phone.get_by_role("button", name="Get my copy").click()
    assert "Rowan" in download.value.path().read_text(encoding="utf-8")
    phone.get_by_role("link", name="Go back").click()
    phone.get_by_role("link", name="Ask for everything about me").click()
    fits(phone)
    phone.get_by_role("button", name="Yes, erase everything").click()
    expect(phone.get_by_text("You have an answer by")).to_be_visible()
    rowan.refresh_from_db()
    assert (rowan.format, permits(rowan, "interview")) == ("large_print", False)


@pytest.mark.parametrize("address", ["", "BBBB-BBBB"])
def test_the_place_to_type_a_code_is_accessible(
    page: Page, live_server: LiveServer, hannah: User, axe, look, address: str
):
    """As it is opened, and with a code that opens nothing."""
    page.goto(f"{live_server.url}/me/")
    if address:
        page.get_by_label("My code").fill(address)
        page.get_by_role("button", name="Open my page").click()
        expect(page.locator("#error-summary")).to_be_focused()
    check_everywhere(page, axe)
    look(page, named("code-", address))


def test_what_staff_give_and_answer_is_accessible(
    page: Page, live_server: LiveServer, as_founder: Client, lived_in: None, rowan: Person, axe, look
):
    """The letter with its code, the code for a copy, the requests to erase and one of them."""
    asked = ask_erasure(by=rowan, person=rowan)
    enter(page, live_server, as_founder)
    for button in ("Make a link", "A code for their copy"):
        page.goto(f"{live_server.url}/s/six-months-on/people/{rowan.pk}/")
        with page.expect_navigation(wait_until="networkidle"):
            page.get_by_role("button", name=button).click()
        check_everywhere(page, axe)
    for address in ("", f"{asked.pk}/"):
        page.goto(f"{live_server.url}/s/six-months-on/stewardship/erasure/{address}")
        check_everywhere(page, axe)
        look(page, named("erasure-", address and "one"))


def test_reading_aids_come_with_the_script(page: Page, link: str):
    """Bigger words at a press, and again as they were."""
    page.goto(link)
    bigger = page.get_by_role("button", name="Bigger words")
    bigger.click()
    assert page.evaluate("document.documentElement.hasAttribute('data-bigger')")
    expect(bigger).to_have_attribute("aria-pressed", "true")


def test_a_refused_form_says_what_to_look_at(
    page: Page, live_server: LiveServer, as_hannah: Client, rowan: Person, axe, look
):
    """The list of what to look at has the focus, and each sentence leads to its field."""
    enter(page, live_server, as_hannah)
    page.goto(f"{live_server.url}/s/six-months-on/people/relationships/record/")
    for name in ("One person", "The other person"):
        page.get_by_label(name).select_option(str(rowan.pk))
    page.get_by_label("They have worked together since").fill(date(2022, 5, 1).isoformat())
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#error-summary")).to_be_focused()
    expect(page.locator("#error-summary")).to_contain_text("these are the same person")
    check_everywhere(page, axe)
    look(page, "people-refused")
