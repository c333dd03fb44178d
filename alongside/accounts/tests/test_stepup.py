import time

import pytest
from django.test import Client

from alongside.accounts.models import User
from alongside.audit.models import Export
from alongside.reporting.models import Report
from tests.support.signing_in import code_of_the_app, signed_in

CONFIRM = "/account/signing-in/confirm/"
TYPED = {"reason": "A table for the team"}


@pytest.fixture
def earlier(hilary: User) -> Client:
    """Hilary, who gave her second step eleven minutes ago."""
    client = signed_in(hilary)
    session = client.session
    session["account_authentication_methods"][0]["at"] = time.time() - 11 * 60
    session.save()
    return client


def address_of(report: Report, kind: str = "html") -> str:
    return f"/s/six-months-on/reporting/{report.pk}/download/{kind}/"


def test_a_download_is_confirmed_and_then_comes(earlier: Client, report: Report):
    """Whoever gave the second step a while ago gives it again, and gets what they asked for."""
    address = address_of(report)
    asked = earlier.get(address)
    assert asked.headers["Location"].startswith(f"{CONFIRM}?next=")
    confirmed = earlier.post(CONFIRM, {"code": code_of_the_app(), "next": address})
    assert confirmed.headers["Location"] == address
    assert "attachment" in earlier.get(address).headers["Content-Disposition"]


def test_a_wrong_code_lets_nothing_out(earlier: Client, report: Report):
    """It is asked again."""
    refused = earlier.post(CONFIRM, {"code": "000000", "next": address_of(report)})
    assert "That code does not fit" in refused.content.decode()
    assert earlier.get(address_of(report)).status_code == 302


def test_an_export_is_taken_up_again_with_what_was_typed(earlier: Client, report: Report):
    """The form that was sent isn't lost: after confirming, its answer comes."""
    address = "/s/six-months-on/exchange/codebook.csv"
    asked = earlier.post(address, TYPED)
    assert asked.headers["Location"].startswith(f"{CONFIRM}?next=")
    assert not Export.objects.exists()
    came = earlier.post(CONFIRM, {"code": code_of_the_app(), "next": address})
    assert "attachment" in came.headers["Content-Disposition"]
    assert Export.objects.count() == 1


def test_who_has_just_signed_in_is_not_asked(as_hilary: Client, report: Report):
    """The second step of signing in counts."""
    assert as_hilary.get(address_of(report)).status_code == 200


def test_the_code_from_the_mail_alone_lets_nothing_out(hilary: User, report: Report):
    """Whoever has no second step is led to set one up."""
    client = signed_in(hilary, second_step=False)
    assert client.get(address_of(report)).headers["Location"] == "/account/signing-in/"


def test_the_demonstration_asks_only_whom_it_can(hilary: User, report: Report, settings, earlier: Client):
    """Without a second step its material is free to leave; who set one up is asked as anywhere."""
    settings.DEMONSTRATION = True
    assert earlier.get(address_of(report)).status_code == 302
    hilary.authenticator_set.all().delete()
    assert signed_in(hilary, second_step=False).get(address_of(report)).status_code == 200


def test_a_role_that_needs_no_second_step_takes_nothing_out(fern: User, report: Report):
    """To a reader the address is what isn't there, with a second step or without."""
    for second_step in (True, False):
        assert signed_in(fern, second_step=second_step).get(address_of(report)).status_code == 404
