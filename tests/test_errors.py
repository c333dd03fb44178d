from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from alongside.accounts.models import User
from alongside.urls import handler400, handler403, handler404, handler429, handler500
from alongside.urls import urlpatterns as house
from alongside.web.views import too_often


def breaks(request: HttpRequest):
    raise RuntimeError("on purpose")


def waits_too_long(request: HttpRequest):
    raise OperationalError("database is locked")


def refuses(request: HttpRequest):
    raise PermissionDenied


urlpatterns = [
    *house,
    path("breaks/", breaks),
    path("waits/", waits_too_long),
    path("refuses/", refuses),
]
__all__ = ["handler400", "handler403", "handler404", "handler429", "handler500", "urlpatterns"]


@override_settings(ROOT_URLCONF=__name__)
def test_refused_and_missing_cannot_be_told_apart(as_hannah: Client):
    """A view that refuses answers as if nothing were there, to the byte but for the tokens."""
    refused, missing = as_hannah.get("/refuses/"), as_hannah.get("/missing/")
    assert refused.status_code == missing.status_code == 404
    assert refused.templates[0].name == missing.templates[0].name == "404.html"


def test_a_missing_page_says_what_to_do(db: None, as_hannah: Client):
    """Signed in or not, there is a next step."""
    assert "Go to your studies" in as_hannah.get("/nowhere").content.decode()
    assert "sign in and open the address again" in Client().get("/nowhere").content.decode()


@override_settings(ROOT_URLCONF=__name__)
def test_a_fault_says_so_plainly(hannah: User, as_hannah: Client):
    """A fault of ours is a page in our words, without a trace of the code."""
    as_hannah.raise_request_exception = False
    answer = as_hannah.get("/breaks/")
    assert answer.status_code == 500
    page = answer.content.decode()
    assert "Something went wrong on our side" in page
    assert "RuntimeError" not in page


@override_settings(ROOT_URLCONF=__name__)
def test_a_database_that_others_write_to_too_long_is_no_fault(hannah: User, as_hannah: Client):
    """One plain sentence, and when a program may ask again."""
    as_hannah.raise_request_exception = False
    answer = as_hannah.get("/waits/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    page = answer.content.decode()
    assert "Many people are saving at the same time" in page
    assert "locked" not in page


def test_a_form_without_its_token_is_refused_in_a_sentence(hannah: User):
    """A page that was open too long: say what to do, change nothing."""
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/scheme/", {"scheme": "dark"})
    assert answer.status_code == 403
    assert "Nothing was changed" in answer.content.decode()
    assert "scheme" not in answer.cookies


def test_a_bad_request_is_answered_in_a_sentence(db: None):
    """A host that this site does not serve."""
    answer = Client().get("/help/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert "could not understand" in answer.content.decode()


def test_too_often_is_answered_in_a_sentence(db: None):
    """The page for whoever asks too often."""
    answer = too_often(RequestFactory().get("/"))
    assert answer.status_code == 429
    assert "Wait a few minutes" in answer.content.decode()
