"""A mail backend that keeps every letter and makes its message as one that sends would, for `tick`."""

from collections.abc import Sequence
from typing import ClassVar

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class Counted(BaseEmailBackend):
    letters: ClassVar[list[EmailMessage]] = []

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            message.message().as_bytes()
            type(self).letters.append(message)
        return len(email_messages)
