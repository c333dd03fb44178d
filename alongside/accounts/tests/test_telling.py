"""Whoever looks after a study hears of everyone who is let into it."""

import pytest
from django.core import mail
from django.test import Client

from alongside.accounts.models import Study, User
from alongside.accounts.permissions import Role
from alongside.accounts.posting import wait_until_posted
from conftest import member

PAGE = "/s/six-months-on/members/"
ASKED = {"email": "ingrid@example.org", "name": "Ingrid Olsen", "roles": ["analyst", "reader"]}


def posted_to(user: User) -> list[mail.EmailMessage]:
    wait_until_posted()
    return [letter for letter in mail.outbox if letter.to == [user.email]]


@pytest.fixture
def second(study: Study) -> User:
    """Coordinates, too."""
    return member(study, "Tess Coordinates", Role.COORDINATOR)


def test_an_invitation_is_told(
    study: Study,
    hannah: User,
    second: User,
    sunita: User,
    hilary: User,
    as_hannah: Client,
    django_capture_on_commit_callbacks,
):
    """The other coordinators and the steward: who invited whom, as what, under a subject that names nobody;
    neither the inviter nor those who only read and code."""
    with django_capture_on_commit_callbacks(execute=True):
        assert as_hannah.post(PAGE, ASKED).status_code == 302
    for user in (second, sunita):
        [letter] = posted_to(user)
        assert letter.subject == "A change in the team"
        assert "Hannah Whitlock has invited Ingrid Olsen (ingrid@example.org)" in str(letter.body)
        assert "Analyst and Reader" in str(letter.body)
    assert posted_to(hannah) == posted_to(hilary) == []


def test_a_role_given_to_a_member_is_told(
    study: Study,
    hannah: User,
    second: User,
    hilary: User,
    as_hannah: Client,
    django_capture_on_commit_callbacks,
):
    """Only what is new is told, and nothing where nothing is."""
    again = {"email": hilary.email, "name": "Hilary", "roles": ["analyst"]}
    with django_capture_on_commit_callbacks(execute=True):
        as_hannah.post(PAGE, again)
    assert posted_to(second) == []
    with django_capture_on_commit_callbacks(execute=True):
        as_hannah.post(PAGE, again | {"roles": ["analyst", "data_steward"]})
    [letter] = posted_to(second)
    assert "Hilary Banks (hilary@example.org) is in the team" in str(letter.body)
    assert "as: Data steward." in str(letter.body)
    assert study.memberships.get(user=hilary, role="data_steward").given_by == hannah
