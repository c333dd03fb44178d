from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.db import transaction

from alongside.accounts.actions import found_study, invite_user
from alongside.web.command import PlainCommand


class Command(PlainCommand):
    help = "Open a new study. Its coordinator can then sign in and invite the others."
    example = 'alongside study new "Six months on" --email hannah@example.org --coordinator "Hannah Whitlock"'

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("deed", choices=["new"])
        parser.add_argument("name", help="what the study is called")
        parser.add_argument("--email", required=True, help="the coordinator's e-mail address")
        parser.add_argument("--coordinator", default="", help="the coordinator's name")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["coordinator"] or options["email"].split("@")[0]
        try:
            with transaction.atomic():
                user = invite_user(by=None, email=options["email"], name=name)
                study = found_study(by=user, name=options["name"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"“{study}” is open as {study.slug}. {user.email} can sign in.")
