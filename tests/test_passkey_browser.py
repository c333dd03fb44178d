"""Passkeys and the authenticator app, in a real browser with a virtual security key."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from alongside.accounts.models import Study, User
from tests.support.browser import sign_in_by_mail
from tests.support.signing_in import code_of_the_app

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OWN = "/account/signing-in/"


@pytest.fixture
def at(live_server: LiveServer) -> str:
    """A passkey belongs to a name; numbers have none."""
    return live_server.url.replace("127.0.0.1", "localhost")


def add_key(page: Page, *, says_yes: bool = True) -> None:
    """A security key in the browser, which recognises its owner at once, or doesn't."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    what = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    what |= {"isUserVerified": says_yes, "automaticPresenceSimulation": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": what})


@pytest.fixture
def said(page: Page) -> list[str]:
    """What the browser's console complained of; a breach of the content security policy is there."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def fits(page: Page, axe: Callable[[Page], None], look: Callable[[Page, str], None], name: str) -> None:
    axe(page)
    look(page, name)
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url
    axe(page)
    page.set_viewport_size({"width": 1440, "height": 900})


def test_a_passkey_is_set_up_and_signs_in_alone(
    page: Page, at: str, hilary: User, study: Study, axe, look, said: list[str]
):
    """From the code in the mail to the passkey, out, and in again with nothing but the passkey."""
    add_key(page)
    sign_in_by_mail(page, at, hilary.email)
    heading(page, "Signing in")
    fits(page, axe, look, "signing-in-first")
    page.get_by_role("link", name="Add a passkey").click()
    fits(page, axe, look, "passkey-add")
    page.get_by_label("What do you call it?").fill("The key on my ring")
    page.get_by_role("button", name="Add this passkey").click()
    heading(page, "Recovery codes")
    fits(page, axe, look, "recovery-codes")
    with page.expect_download() as download:
        page.get_by_role("link", name="Save them as a file").click()
    assert len(download.value.path().read_text().split()) == 10
    page.get_by_role("link", name="I have kept them").click()
    heading(page, "Six months on")

    page.goto(at + OWN)
    expect(page.locator("main")).to_contain_text("The key on my ring")
    fits(page, axe, look, "signing-in")
    page.get_by_role("button", name="Sign out here").click()
    heading(page, "Sign in")
    fits(page, axe, look, "sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    heading(page, "Six months on")
    assert said == []


def test_a_passkey_as_the_second_step_and_for_confirming(
    page: Page, at: str, hilary: User, study: Study, axe, look, settings, said: list[str]
):
    """After the code from the mail; and once more before something leaves, which then comes."""
    add_key(page)
    sign_in_by_mail(page, at, hilary.email)
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_role("button", name="Add this passkey").click()
    page.get_by_role("link", name="I have kept them").click()
    page.goto(at + "/sign-out/")
    page.locator("main").get_by_role("button", name="Sign out").click()

    sign_in_by_mail(page, at, hilary.email)
    heading(page, "The second step")
    fits(page, axe, look, "second-step")
    page.get_by_role("button", name="Use a passkey").click()
    heading(page, "Six months on")

    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    page.goto(at + OWN)
    page.get_by_role("link", name="Make new codes").click()
    heading(page, "Confirm that it is you")
    fits(page, axe, look, "confirm-by-code")
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
    page.get_by_role("link", name="Use a passkey").click()
    fits(page, axe, look, "confirm-by-passkey")
    page.get_by_role("button", name="Use a passkey").click()
    heading(page, "Make new recovery codes?")
    assert said == []


def test_a_passkey_that_is_not_there_says_so(page: Page, at: str, hilary: User, study: Study, said):
    """Where the device has none, one sentence on the page; nothing happens."""
    add_key(page, says_yes=False)
    page.goto(at + "/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("The passkey was not used")
    assert said == []


def test_an_app_is_set_up_from_its_page(page: Page, at: str, hilary: User, study: Study, axe, look, said):
    """The picture shows, the key stands below it, the code opens the study."""
    sign_in_by_mail(page, at, hilary.email)
    page.get_by_role("link", name="Set up an app").click()
    assert page.locator(".qr img").evaluate("image => image.naturalWidth") > 0
    fits(page, axe, look, "app")
    page.get_by_label("The code that the app shows").fill(
        code_of_the_app(page.locator(".qr code").inner_text())
    )
    page.get_by_role("button", name="Set it up").click()
    page.get_by_role("link", name="I have kept them").click()
    heading(page, "Six months on")
    assert said == []
