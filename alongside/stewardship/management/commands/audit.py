from collections.abc import Iterator
from typing import Any

from django.core.management.base import CommandError, CommandParser

from alongside.audit.queries import count, faults
from alongside.people.models import ConsentText
from alongside.people.queries import altered_texts
from alongside.web.command import PlainCommand


class Command(PlainCommand):
    help = (
        "Check that no audit entry was altered or taken out, and that consent texts are the words that were "
        "published; names the first entry of each chain, and each text, that is not."
    )
    example = "alongside audit verify"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("deed", choices=["verify"])

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(troubles())
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write(f"All {count()} audit entries stand as they were written.")
        self.stdout.write(
            f"All {ConsentText.objects.count()} consent texts are the words that were published."
        )


def troubles() -> Iterator[str]:
    for fault in faults():
        yield f"Entry {fault.seq} of chain {fault.chain} is {fault.what}."
    for text in altered_texts():
        yield (
            f"“{text.get_purpose_display()}”, version {text.version} ({text.language_name}), of "
            f"“{text.study}” is not what was published."
        )
