from typing import Any

from django.core.management.base import CommandError, CommandParser

from alongside.accounts.actions import forget_second_factor
from alongside.accounts.models import User
from alongside.web.command import PlainCommand


class Command(PlainCommand):
    help = "Forget someone's second step, when their phone, key and recovery codes are all lost."
    example = "alongside second-step hilary@example.org"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the address with which they sign in")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=options["email"].strip().lower(), is_active=True).first()
        if user is None:
            raise CommandError(f"Nobody signs in with {options['email']}.")
        forget_second_factor(user=user)
        self.stdout.write(f"{user.email} is signed out, and sets up a new second step at the next sign-in.")
