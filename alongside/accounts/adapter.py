from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):
    """Nobody signs up: people are invited to a study by its coordinator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
