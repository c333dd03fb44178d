from argparse import Namespace
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import ngettext

from alongside.accounts.permissions import Permission
from alongside.accounts.queries import Unknown, acting_in
from alongside.exchange.people.actions import import_whole_table
from alongside.web.command import PlainCommand


class Command(PlainCommand):
    help = (
        "Bring people from a table (CSV, XLSX) into a study: all of it, or nothing and every fault by row. "
        "Whoever may be known already is decided on the site, not here."
    )
    example = "alongside people people.csv --study six-months-on"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--study", required=True, metavar="S", help="the study's short name")
        parser.add_argument("--as", dest="email", default="", metavar="EMAIL", help="the member who does it")

    def handle(self, *args: Any, **options: Any) -> None:
        asked = Namespace(**options)
        try:
            study, user = acting_in(asked.study, to=Permission.KEEP_PEOPLE, email=asked.email)
            data = asked.file.read_bytes()
            brought = import_whole_table(by=user, study=study, name=asked.file.name, data=data)
        except Unknown as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{asked.file}: {error.strerror}.") from error
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        told = ngettext("%(count)s person is added.", "%(count)s people are added.", brought.added)
        self.stdout.write(told % {"count": brought.added})
        for left in brought.not_taken:
            self.stdout.write(f"  Not taken: {left}")
