import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from alongside.accounts.actions import open_first_study
from alongside.accounts.models import Membership, Study, User
from alongside.accounts.permissions import FOUNDER
from alongside.audit.models import Entry

TYPED = {"name": "Six months on", "coordinator": "Hannah Whitlock", "email": "hannah@example.org"}


def test_an_empty_installation_asks_for_a_study_and_a_coordinator(db: None):
    """The first page of an empty installation is a form, and says that anyone who reaches it may use it."""
    page = Client().get("/").content.decode()
    assert "What is the study called?" in page
    assert "anyone who can reach this address may do it" in page


def test_the_first_study_opens_and_its_coordinator_is_signed_in(db: None):
    """One form: a study, a user in the founder's roles, a session, entries in the audit. A second step is
    to be set up before the study opens."""
    client = Client()
    answer = client.post("/", TYPED)
    assert answer.headers["Location"] == "/s/six-months-on/"
    hannah = User.objects.get()
    assert client.session["_auth_user_id"] == str(hannah.pk)
    assert set(Membership.objects.values_list("role", flat=True)) == set(FOUNDER)
    assert Entry.objects.filter(verb="open_study", actor=hannah.pk).count() == 1
    assert client.get("/s/six-months-on/").headers["Location"] == "/account/signing-in/"


def test_what_is_missing_is_said_and_nothing_is_made(db: None):
    """Bad input changes nothing."""
    answer = Client().post("/", {"name": "", "coordinator": "Hannah", "email": "not an address"})
    assert answer.status_code == 422
    assert "Give the study a name" in answer.content.decode()
    assert not User.objects.exists()
    assert not Study.objects.exists()


def test_it_works_only_once(hannah: User, study: Study):
    """When anybody is here, the same request leads to signing in and makes nothing."""
    answer = Client().post("/", TYPED | {"name": "Mine"})
    assert answer.headers["Location"] == "/sign-in/"
    assert Study.objects.count() == 1


def test_of_two_at_once_the_second_is_refused(study: Study):
    """The action itself refuses, for two who send the form at the same moment."""
    with pytest.raises(ValidationError, match="already"):
        open_first_study(name="Mine", email="me@example.org", coordinator="Me")
    assert not User.objects.exists()


def test_it_works_only_once_by_action(hannah: User):
    """The refusal leaves those who are here as they are."""
    with pytest.raises(ValidationError, match="already"):
        open_first_study(name="Mine", email=str(hannah.email), coordinator="Me")
    hannah.refresh_from_db()
    assert hannah.name == "Hannah Whitlock"
