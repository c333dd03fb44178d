import pytest
from django.test import Client


def test_dark_is_kept_on_this_device(db: None):
    """The choice is a cookie, and the next page is made with it."""
    client = Client()
    answer = client.post("/scheme/", {"scheme": "dark", "next": "/help/"})
    assert answer.headers["Location"] == "/help/"
    assert 'data-theme="dark"' in client.get("/help/").content.decode()


def test_as_the_device_forgets_the_choice(db: None):
    """Choosing neither takes the cookie away."""
    client = Client()
    client.post("/scheme/", {"scheme": "dark"})
    client.post("/scheme/", {"scheme": ""})
    assert "data-theme" not in client.get("/help/").content.decode()


@pytest.mark.parametrize("scheme", ['"><script>', "blue"])
def test_no_other_scheme_reaches_a_page(db: None, scheme: str):
    """Neither by the form nor by a cookie someone made."""
    client = Client()
    client.post("/scheme/", {"scheme": scheme})
    assert "scheme" not in client.cookies or not client.cookies["scheme"].value
    client.cookies["scheme"] = scheme
    assert "data-theme" not in client.get("/help/").content.decode()


@pytest.mark.parametrize(
    "elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"]
)
def test_it_leads_nowhere_else(db: None, elsewhere: str):
    """The way back is on this site or it is the front page."""
    assert Client().post("/scheme/", {"scheme": "dark", "next": elsewhere}).headers["Location"] == "/"
