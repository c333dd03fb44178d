import shutil
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from alongside.accounts.permissions import Permission
from alongside.accounts.queries import Unknown, acting_in
from alongside.exchange.exporting import KINDS, formats_of, material, take
from alongside.exchange.formats.tables import TableError
from alongside.web.command import PlainCommand

ENDINGS = "ends in .csv or .xlsx, for the codebook also in .qdc or .docx"


class Command(PlainCommand):
    help = "Write passages, the codebook or codings of a study to a file."
    example = "alongside export --study six-months-on --what passages --to passages.xlsx"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--study", required=True, metavar="S", help="the study's short name")
        parser.add_argument("--what", required=True, choices=KINDS)
        parser.add_argument(
            "--to",
            required=True,
            type=Path,
            metavar="FILE",
            help="ends in .csv or .xlsx; a codebook also in .qdc or .docx",
        )
        parser.add_argument("--as", dest="email", default="", metavar="EMAIL", help="the member who does it")

    def handle(self, *args: Any, **options: Any) -> None:
        target: Path = options["to"]
        kind = target.suffix.lstrip(".").lower()
        formats = formats_of(options["what"])
        if kind not in formats:
            endings = ", ".join(f".{each}" for each in formats)
            raise CommandError(f"It is written to a file that ends in {endings}; {target.name} does not.")
        try:
            study, user = acting_in(options["study"], to=Permission.EXPORT, email=options["email"])
            out = material(study, user, options["what"])
            with take(by=user, study=study, out=out, format=kind) as file, target.open("wb") as there:
                shutil.copyfileobj(file, there)
        except (Unknown, TableError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{out.count} rows are in {target}.")
        if out.about:
            self.stdout.write(out.about)
