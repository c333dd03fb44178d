"""A page that stayed open asks who is signed in by now."""

from django.test import Client
from django.urls import reverse

from alongside.accounts.models import User


def test_it_tells_whose_session_it_is(as_hilary: Client, hilary: User):
    """And what a form must carry, since signing in anew makes the old one void."""
    told = as_hilary.get(reverse("accounts:who")).json()
    assert told["me"] == str(hilary.pk)
    assert len(told["token"]) == 64


def test_whoever_is_signed_out_is_led_to_signing_in(client: Client, db: None):
    """Nothing is told."""
    assert client.get(reverse("accounts:who")).status_code == 302
