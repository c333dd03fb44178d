import pytest
from django.test import Client

from alongside.accounts.models import User

ADDRESSES = [
    "/",
    "/sign-in/",
    "/patterns/",
    "/help/",
    "/accessibility/",
    "/privacy/",
    "/healthz",
    "/account/",
    "/nowhere",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_carries_the_policy(hannah: User, address: str):
    """Pages, redirects, errors and plain text alike: nothing from elsewhere, nothing inline, no frames."""
    policy = Client().get(address).headers["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == "'self'"
    assert directives["style-src"] == "'self'"
    assert directives["frame-ancestors"] == "'none'"
    assert directives["base-uri"] == "'none'"
    assert directives["form-action"] == "'self'"
    assert "unsafe" not in policy


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_is_private_and_plain(hannah: User, address: str):
    """No cache, no framing, no guessing of types, no address told to other sites, no devices."""
    headers = Client().get(address).headers
    assert "no-store" in headers["Cache-Control"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_the_session_is_out_of_reach_of_scripts(db: None):
    """The cookie that a sign-in sets is HttpOnly and stays on this site."""
    typed = {"name": "Six months on", "coordinator": "Hannah Whitlock", "email": "hannah@example.org"}
    cookie = Client().post("/", typed).cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_page_asks_nothing_of_other_sites(db: None):
    """Every address on a page is of this site."""
    page = Client().get("/patterns/").content.decode()
    assert "http://" not in page.replace("http://www.w3.org/", "")
    assert "https://" not in page
