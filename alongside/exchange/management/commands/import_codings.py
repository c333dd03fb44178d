from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import ngettext

from alongside.accounts.permissions import Permission
from alongside.accounts.queries import Unknown, acting_in
from alongside.exchange.importing import import_codings
from alongside.web.command import PlainCommand


class Command(PlainCommand):
    help = "Bring codings from a CSV table into a study: all of them, or none and every fault by row."
    example = "alongside codings codings.csv --study six-months-on"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.csv")
        parser.add_argument("--study", required=True, metavar="S", help="the study's short name")
        parser.add_argument("--as", dest="email", default="", metavar="EMAIL", help="the member who does it")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            study, user = acting_in(options["study"], to=Permission.CODE, email=options["email"])
            file: Path = options["file"]
            taken = import_codings(by=user, study=study, name=file.name, data=file.read_bytes())
        except Unknown as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        new = ngettext("%(count)s coding is new", "%(count)s codings are new", taken.new) % {
            "count": taken.new
        }
        self.stdout.write(f"{new}, {taken.known} stood already.")
        if taken.codes:
            self.stdout.write(f"New codes: {', '.join(taken.codes)}.")
        if taken.coders:
            self.stdout.write(f"New coders: {', '.join(taken.coders)}.")
        if taken.ignored_columns:
            self.stdout.write(f"Columns not taken: {', '.join(taken.ignored_columns)}.")
