"""What the tests of `alongside tick` share: days, what went, and mail servers that fail."""

from datetime import UTC, date, datetime
from typing import Any, ClassVar

from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

# Two days before the session of the tests, and a little later than reminders go by themselves.
DAY = date(2027, 1, 14)
EARLY = datetime(2027, 1, 12, 10, 1, tzinfo=UTC)
MORNING = datetime(2027, 1, 14, 8, 1, tzinfo=UTC)


class Broken(EmailBackend):
    """A mail server that refuses one address, and breaks down for good at another."""

    def send_messages(self, messages: Any) -> int:
        if any("refused" in message.to[0] for message in messages):
            raise OSError("550 no such mailbox")
        return super().send_messages(messages)


class Away(EmailBackend):
    def open(self) -> bool:
        raise OSError("Connection refused")


class Noted:
    """A provider of text messages, for tests."""

    sent: ClassVar[list[tuple[str, str]]] = []

    def send(self, to: str, words: str) -> None:
        self.sent.append((to, words))


def letters() -> list[mail.EmailMessage]:
    return [message for message in mail.outbox if "eminder" in message.subject or "letter" in message.subject]


def to_whom() -> list[str]:
    return sorted(message.to[0] for message in letters())
