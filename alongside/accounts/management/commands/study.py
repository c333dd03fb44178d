from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser

from alongside.accounts.actions import open_first_study
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
            study, user = open_first_study(name=options["name"], email=options["email"], coordinator=name)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"“{study}” is open as {study.slug}. {user.email} can sign in.")
