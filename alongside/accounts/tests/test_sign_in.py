import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from alongside.accounts.models import Study, User

ASK, CODE, OUT = "/sign-in/", "/sign-in/code/", "/sign-out/"


@pytest.fixture(autouse=True)
def nobody_asked_before():
    """Allauth counts requests for codes in the cache, which outlives a test."""
    cache.clear()


def words(page: bytes, email: str | None) -> str:
    """A page without what differs from one request to the next: tokens, and the address typed."""
    text = re.sub(r'(csrfmiddlewaretoken" value="|X-CSRFToken": ")[^"]+', "", page.decode())
    return text.replace(str(email), "")


def the_code() -> str:
    [code] = re.findall(r"^[A-Z0-9-]{6,}$", str(mail.outbox[-1].body), re.MULTILINE)
    return str(code)


def test_a_code_from_the_mail_signs_in(hannah: User, study: Study):
    """Ask, read the mail, type the code: the study's page opens."""
    client = Client()
    asked = client.post(ASK, {"email": "Hannah@example.org"})
    assert (asked.status_code, asked.headers["Location"]) == (302, CODE)
    assert [address.lower() for address in mail.outbox[0].to] == [hannah.email]
    assert mail.outbox[0].subject == "Your code for Alongside"
    answer = client.post(CODE, {"code": the_code()}, follow=True)
    assert answer.redirect_chain[-1][0] == f"/s/{study.slug}/"
    assert answer.context["user"] == hannah


def test_the_page_first_asked_for_opens_after_signing_in(hannah: User, study: Study):
    """Whoever was sent to sign in comes back to where they were going."""
    client = Client()
    wanted = f"/s/{study.slug}/members/"
    sent_away = client.get(wanted)
    assert sent_away.headers["Location"] == f"{ASK}?next={wanted}"
    asked = client.post(ASK, {"email": hannah.email, "next": wanted})
    answer = client.post(asked.headers["Location"], {"code": the_code(), "next": wanted})
    assert answer.headers["Location"] == wanted


def test_an_unknown_address_gets_the_same_answer_and_no_mail(hannah: User):
    """Nobody can find out here who has an account."""
    pages = {}
    for email in (hannah.email, "nobody@example.org"):
        client = Client()
        asked = client.post(ASK, {"email": email})
        shown = client.get(asked.headers["Location"])
        wrong = client.post(CODE, {"code": "WRONGC"})
        pages[email] = (
            asked.status_code,
            asked.headers["Location"],
            words(shown.content, email),
            words(wrong.content, email),
        )
    assert pages[hannah.email] == pages["nobody@example.org"]
    assert [message.to for message in mail.outbox] == [[hannah.email]]


def test_a_coder_who_is_only_named_cannot_ask(hannah: User):
    """An inactive user is sent nothing."""
    User.objects.filter(pk=hannah.pk).update(is_active=False)
    Client().post(ASK, {"email": hannah.email})
    assert mail.outbox == []


def test_a_wrong_code_is_refused_and_three_end_the_attempt(hannah: User):
    """A wrong code says so; after three the code that was sent is worth nothing."""
    client = Client()
    client.post(ASK, {"email": hannah.email})
    right = the_code()
    for _ in range(2):
        refused = client.post(CODE, {"code": "WRONGC"})
        assert b"error-summary" in refused.content
    assert client.post(CODE, {"code": "WRONGC"}).headers["Location"] == ASK
    assert client.post(CODE, {"code": right}).headers["Location"] == ASK
    assert "_auth_user_id" not in client.session


def test_an_empty_form_says_what_to_type(db: None):
    """No address and no account: one sentence, and nothing is sent."""
    answer = Client().post(ASK, {"email": ""})
    assert "Type your e-mail address" in answer.content.decode()
    assert mail.outbox == []


def test_codes_cannot_be_asked_for_without_end(hannah: User):
    """The fourth request within a minute is refused, for known and unknown addresses alike."""
    for email in (hannah.email, "nobody@example.org"):
        for _ in range(3):
            assert Client().post(ASK, {"email": email}).status_code == 302
        assert "Too many" in Client().post(ASK, {"email": email}).content.decode()
    assert len(mail.outbox) == 3


def test_another_code_can_be_sent_and_ends_the_first(hannah: User):
    """A second code replaces the first."""
    client = Client()
    client.post(ASK, {"email": hannah.email})
    first = the_code()
    client.post(CODE, {"action": "resend"})
    second = the_code()
    assert len(mail.outbox) == 2
    assert first != second
    assert "_auth_user_id" not in client.session
    client.post(CODE, {"code": first})
    assert "_auth_user_id" not in client.session
    client.post(CODE, {"code": second})
    assert client.session["_auth_user_id"] == str(hannah.pk)


def test_signing_out_takes_a_press(as_hannah: Client):
    """Opening the address only asks; sending its form signs out."""
    assert as_hannah.get(OUT).status_code == 200
    assert "_auth_user_id" in as_hannah.session
    assert as_hannah.post(OUT).headers["Location"] == ASK
    assert "_auth_user_id" not in as_hannah.session


@pytest.mark.parametrize(
    "address", ["signup/", "password/reset/", "password/change/", "email/", "reauthenticate/", "inactive/"]
)
@pytest.mark.parametrize("prefix", ["/", "/account/", "/accounts/"])
def test_what_is_not_offered_is_not_there(as_hannah: Client, prefix: str, address: str):
    """Passwords and signing up do not exist here."""
    assert as_hannah.get(prefix + address).status_code == 404


def test_beginning_again_leads_to_the_same_page(db: None):
    """Allauth's own name for signing in leads to the code page."""
    assert Client().get("/sign-in/again/").headers["Location"] == ASK


@pytest.mark.parametrize("demonstration", [True, False])
def test_only_the_demonstration_leads_to_its_cast(db: None, settings, demonstration: bool):
    """One-click signing in is offered in the demonstration and nowhere else."""
    settings.DEMONSTRATION = demonstration
    assert ("Sign in as one of its people" in Client().get(ASK).content.decode()) == demonstration
