import pytest
from django.test import Client


@pytest.mark.parametrize("address", ["/patterns/", "/help/", "/accessibility/", "/privacy/"])
def test_anyone_may_read_what_is_for_everyone(db: None, address: str):
    """Help, accessibility, privacy and the patterns need no account and no study."""
    page = Client().get(address).content.decode()
    assert page.count("<h1") == 1
    assert 'href="#main"' in page
    assert '<html lang="en-gb"' in page


@pytest.mark.parametrize("address", ["/help/", "/accessibility/", "/privacy/"])
def test_pages_say_whom_to_ask(db: None, address: str, settings):
    """The deployer's own words where there are some; where there are none, that is said."""
    assert "has not written here yet" in Client().get(address).content.decode()
    settings.CONTACT = "Ring 01632 960 144 & ask for Hannah"
    assert "Ring 01632 960 144 &amp; ask for Hannah" in Client().get(address).content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/help/?course=%00",
        "/help/?a=b&c%00=d",
        "/certificates/A%00/",
        "/help/%00",
        "/%00",
        "/static/a%00.css",
    ],
)
def test_an_address_with_a_sign_that_no_text_holds_leads_nowhere(db: None, address: str):
    """PostgreSQL takes no NUL: such an address gets the page of what isn’t there."""
    answer = Client().get(address)
    assert answer.status_code == 404
    assert "<h1" in answer.content.decode()


def test_an_address_may_speak_of_that_sign(db: None):
    """Written out twice it is text like any other."""
    assert Client().get("/help/?course=%2500").status_code == 200


def test_the_health_check_asks_the_database(db: None, django_assert_num_queries):
    """One query, two letters."""
    with django_assert_num_queries(1):
        answer = Client().get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")
