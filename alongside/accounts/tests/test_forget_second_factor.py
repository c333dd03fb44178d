import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from alongside.accounts.actions import forget_second_factor
from alongside.accounts.management.commands.second_step import Command
from alongside.accounts.models import User
from alongside.audit.models import Entry


def test_everything_is_forgotten_and_every_session_ends(as_hilary: Client, hilary: User):
    """The next sign-in sets up a new one; the record says that the software did it."""
    assert as_hilary.get("/account/").status_code == 200
    forget_second_factor(user=hilary)
    assert not Authenticator.objects.filter(user=hilary).exists()
    assert as_hilary.get("/account/").status_code == 302
    assert Entry.objects.filter(verb="forget_second_factor", actor_kind="software").count() == 1


def test_the_command_line_says_whom_it_meant(hilary: User, dot: User, capsys):
    """One person's alone, in whatever letters the address is typed."""
    Authenticator.objects.create(user=dot, type="totp", data={"secret": "-"})
    call_command(Command(), "Hilary@example.org")
    assert "hilary@example.org is signed out" in capsys.readouterr().out
    assert Authenticator.objects.filter(user=dot).exists()


def test_an_unknown_address_changes_nothing(hilary: User):
    """One sentence."""
    with pytest.raises(CommandError, match="Nobody signs in with"):
        call_command(Command(), "nobody@example.org")
