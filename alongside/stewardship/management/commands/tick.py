from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from alongside.stewardship.ticking import tick
from alongside.web.command import PlainCommand


class Command(PlainCommand):
    help = (
        "Do what is due: send reminders and letters, end offers that ran out, throw away old tables. "
        "To be run every few minutes; running it twice does nothing twice."
    )
    example = "alongside tick"

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.DEMONSTRATION:
            self.stdout.write("This is the demonstration: nothing is sent.")
            return
        done = tick()
        for line in done.lines:
            self.stdout.write(line)
        if done.troubles:
            raise CommandError("\n".join(done.troubles))
