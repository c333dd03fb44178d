from typing import Any

from django.core.management.base import CommandError, CommandParser

from alongside.audit.queries import count, faults
from alongside.web.command import PlainCommand


class Command(PlainCommand):
    help = "Check that no audit entry was altered or taken out; names the first one that was."
    example = "alongside audit verify"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("deed", choices=["verify"])

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(faults())
        if found:
            raise CommandError(
                "\n".join(f"Entry {fault.seq} of chain {fault.chain} is {fault.what}." for fault in found)
            )
        self.stdout.write(f"All {count()} audit entries stand as they were written.")
