"""Text messages leave through one small thing that the deployer names: no provider's code is in here.

`ALONGSIDE_SMS` names a class. It is made without arguments, once a run, and asked to `send(to, words)` for
each message: `to` as the number stands on record, `words` as they are to be read. What goes wrong it raises.
"""

import sys
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string


class Texting(Protocol):
    def send(self, to: str, words: str) -> None: ...


class Terminal:
    """For trying: messages are printed."""

    def send(self, to: str, words: str) -> None:
        sys.stdout.write(f"Text message to {to}:\n{words}\n\n")


class File:
    """For trying: messages are added to `text-messages.txt` in the data folder."""

    def send(self, to: str, words: str) -> None:
        with (Path(settings.ALONGSIDE_DATA) / "text-messages.txt").open("a", encoding="utf-8") as file:
            file.write(f"Text message to {to}:\n{words}\n\n")


def texts_leave() -> bool:
    """Whether there is a way for text messages to go."""
    return bool(settings.ALONGSIDE_SMS)


def texting() -> Texting:
    try:
        made: Texting = import_string(settings.ALONGSIDE_SMS)()
    except ImportError as error:
        raise ImproperlyConfigured(
            f"ALONGSIDE_SMS names “{settings.ALONGSIDE_SMS}”, and there is no such class: {error}."
        ) from error
    return made
