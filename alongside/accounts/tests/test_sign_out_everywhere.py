from collections.abc import Callable

from django.test import Client

from alongside.accounts.models import User
from alongside.audit.models import Entry


def test_every_other_session_ends(hannah: User, sign_in: Callable[[User], Client]):
    """Here one stays signed in; on the device that was lost one isn't."""
    here, lost = sign_in(hannah), sign_in(hannah)
    answer = here.post("/account/everywhere/", follow=True)
    assert "signed out everywhere but here" in answer.content.decode()
    assert here.get("/account/").status_code == 200
    assert lost.get("/account/").status_code == 302
    assert Entry.objects.filter(verb="sign_out_everywhere", actor=hannah.pk).count() == 1


def test_it_takes_a_press(as_hannah: Client):
    """Following the address ends nothing."""
    assert as_hannah.get("/account/everywhere/").status_code == 405
