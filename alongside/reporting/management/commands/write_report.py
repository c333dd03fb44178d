from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser

from alongside.accounts.permissions import Permission
from alongside.accounts.queries import Unknown, acting_in
from alongside.reporting.actions import take_report
from alongside.reporting.documents import WRITERS
from alongside.reporting.queries import readable
from alongside.web.command import PlainCommand


class Command(PlainCommand):
    help = "Write a study's finding to a file that stands alone."
    example = "alongside report --study six-months-on --to finding.docx"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--study", required=True, metavar="S", help="the study's short name")
        parser.add_argument("--to", required=True, type=Path, metavar="FILE", help="ends in .html or .docx")
        parser.add_argument("--number", type=int, help="which finding (the newest one)")
        parser.add_argument("--as", dest="email", default="", metavar="EMAIL", help="the member who does it")

    def handle(self, *args: Any, **options: Any) -> None:
        target: Path = options["to"]
        kind = target.suffix.lstrip(".").lower()
        if kind not in WRITERS:
            raise CommandError(f"A finding is written to .html or .docx; {target.name} ends in neither.")
        try:
            study, user = acting_in(options["study"], to=Permission.EXPORT, email=options["email"])
        except Unknown as error:
            raise CommandError(str(error)) from error
        listed = readable(study)
        chosen = listed.filter(number=options["number"]).first() if options["number"] else listed.last()
        if chosen is None:
            raise CommandError(f"“{study}” has no such finding yet.")
        try:
            content = take_report(by=user, report=chosen, kind=kind)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        target.write_bytes(content)
        self.stdout.write(f"“{chosen}” is in {target}.")
