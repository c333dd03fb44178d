from django.test import Client

from alongside.accounts.models import User
from alongside.audit.models import Entry
from tests.support.editing import seen


def test_a_user_changes_their_name(as_hannah: Client, hannah: User):
    """The new name is on the page and in the database, and the change on the record."""
    answer = as_hannah.post("/account/", {**seen(as_hannah, "/account/"), "name": " Hannah W. "}, follow=True)
    assert "Saved." in answer.content.decode()
    hannah.refresh_from_db()
    assert hannah.name == "Hannah W."
    assert Entry.objects.filter(verb="rename_user", actor=hannah.pk).count() == 1


def test_an_empty_name_is_refused(as_hannah: Client, hannah: User):
    """One sentence beside the field; the name stays."""
    answer = as_hannah.post("/account/", {"name": "  "})
    assert answer.status_code == 422
    assert "Type the name that colleagues use." in answer.content.decode()
    hannah.refresh_from_db()
    assert hannah.name == "Hannah Whitlock"


def test_nobody_has_an_account_page_without_signing_in(db: None):
    """It leads to signing in."""
    assert Client().get("/account/").headers["Location"] == "/sign-in/?next=/account/"
