import re

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.accounts.models import Counted, Study, User
from alongside.accounts.posting import wait_until_posted
from tests.support.signing_in import code_in_the_mail

ASK, CODE, OUT = "/sign-in/", "/sign-in/code/", "/sign-out/"


def words(page: bytes, email: str | None) -> str:
    """A page without what differs from one request to the next: tokens, and the address typed."""
    text = re.sub(r'(csrfmiddlewaretoken" value="|X-CSRFToken": ")[^"]+', "", page.decode())
    return text.replace(str(email), "")


def test_a_code_from_the_mail_signs_in(carys: User, study: Study):
    """Ask, read the mail, type the code: the study's page opens to whoever needs no second step."""
    client = Client()
    asked = client.post(ASK, {"email": "Carys@example.org"})
    assert (asked.status_code, asked.headers["Location"]) == (302, CODE)
    wait_until_posted()
    assert [address.lower() for address in mail.outbox[0].to] == [carys.email]
    assert mail.outbox[0].subject == "Your code for Alongside"
    answer = client.post(CODE, {"code": code_in_the_mail()}, follow=True)
    assert answer.redirect_chain[-1][0] == f"/s/{study.slug}/"
    assert answer.context["user"] == carys


def test_the_page_first_asked_for_opens_after_signing_in(hannah: User, study: Study):
    """Whoever was sent to sign in comes back to where they were going."""
    client = Client()
    wanted = f"/s/{study.slug}/members/"
    sent_away = client.get(wanted)
    assert sent_away.headers["Location"] == f"{ASK}?next={wanted}"
    asked = client.post(ASK, {"email": hannah.email, "next": wanted})
    answer = client.post(asked.headers["Location"], {"code": code_in_the_mail(), "next": wanted})
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
    wait_until_posted()
    assert [message.to for message in mail.outbox] == [[hannah.email]]


def test_a_coder_who_is_only_named_cannot_ask(hannah: User):
    """An inactive user is sent nothing."""
    User.objects.filter(pk=hannah.pk).update(is_active=False)
    Client().post(ASK, {"email": hannah.email})
    wait_until_posted()
    assert mail.outbox == []


def test_a_wrong_code_is_refused_and_three_end_the_attempt(hannah: User):
    """A wrong code says so; after three the code that was sent is worth nothing."""
    client = Client()
    client.post(ASK, {"email": hannah.email})
    right = code_in_the_mail()
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
    wait_until_posted()
    assert mail.outbox == []


def test_codes_cannot_be_asked_for_without_end(hannah: User):
    """The fourth request within a minute is refused, for known and unknown addresses alike."""
    for email in (hannah.email, "nobody@example.org"):
        for _ in range(3):
            assert Client().post(ASK, {"email": email}).status_code == 302
        assert "Too many" in Client().post(ASK, {"email": email}).content.decode()
    wait_until_posted()
    assert len(mail.outbox) == 3


def test_another_code_can_be_sent_and_ends_the_first(hannah: User):
    """A second code replaces the first."""
    client = Client()
    client.post(ASK, {"email": hannah.email})
    first = code_in_the_mail()
    client.post(CODE, {"action": "resend"})
    second = code_in_the_mail()
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


@pytest.mark.parametrize("step", ["ask", "look", "wrong", "again"])
def test_known_and_unknown_addresses_cost_the_same(hannah: User, step: str):
    """As many questions to the database, one by one alike, at each step: nothing is told by how long it
    takes. Mail is posted beside the request."""
    asked = {}
    Client().post(ASK, {"email": "warm@example.org"})
    for email in (hannah.email, "nobody@example.org"):
        client = Client()
        steps = {
            "ask": lambda client=client, email=email: client.post(ASK, {"email": email}),
            "look": lambda client=client: client.get(CODE),
            "wrong": lambda client=client: client.post(CODE, {"code": "WRONGC"}),
            "again": lambda client=client: client.post(CODE, {"action": "resend"}),
        }
        if step != "ask":
            steps["ask"]()
        with CaptureQueriesContext(connection) as queries:
            steps[step]()
        asked[email] = [re.sub(r"'[^']*'|s\d+_x\d+|\b\d+(\.\d+)?\b", "?", each["sql"]) for each in queries]
    known, unknown = asked.values()
    assert known == unknown


def test_the_stand_in_cannot_sign_in(db: None):
    """Even the code that was made for an unknown address lets nobody in."""
    client = Client()
    client.post(ASK, {"email": "nobody@example.org"})
    code = client.session["account_login"]["state"]["stages"]["login_by_code"]["data"]["code"]
    assert client.post(CODE, {"code": code}).headers["Location"] == ASK
    assert "_auth_user_id" not in client.session


def test_a_letter_that_only_looks_like_one_in_the_address_finds_nobody_elses_mailbox(hannah: User):
    """A sign that turns into a Latin letter when lowered never carries a code to another mailbox."""
    User.objects.filter(pk=hannah.pk).update(email="kim@example.org")
    Client().post(ASK, {"email": "\u212aim@example.org"})
    wait_until_posted()
    assert all(message.to == ["kim@example.org"] for message in mail.outbox)


def test_counts_of_attempts_lie_in_the_database(hannah: User):
    """Whichever process is asked, the limit is one."""
    Client().post(ASK, {"email": hannah.email})
    assert Counted.objects.filter(cache_key__contains="request_login_code").exists()
    assert not Counted.objects.filter(cache_key__contains="hannah").exists()
