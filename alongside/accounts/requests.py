from django.http import HttpRequest

from alongside.accounts.models import User


class Request(HttpRequest):
    """A request of someone who is signed in, as every page of a study asks for."""

    user: User
