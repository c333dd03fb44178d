"""Mail is posted beside the request that asks for it.

So an answer takes as long for an address to which nothing is sent, and a slow mail server holds nobody up.
"""

import logging
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string

from alongside.accounts.models import User

log = logging.getLogger(__name__)
_posting = ThreadPoolExecutor(max_workers=4, thread_name_prefix="post")
_under_way: set[Future[None]] = set()


def post(message: EmailMessage | None) -> None:
    """Send `message`, if there is one, without waiting for it."""
    under_way = _posting.submit(_send, message)
    _under_way.add(under_way)
    under_way.add_done_callback(_under_way.discard)


def write(template: str, to: str, context: dict[str, Any]) -> EmailMessage:
    """A message from its two templates, `..._subject.txt` and `..._message.txt`."""
    heading = " ".join(render_to_string(f"{template}_subject.txt", context).split())
    return EmailMessage(heading, render_to_string(f"{template}_message.txt", context), to=[to])


def send(to: Iterable[User], subject: str, words: str) -> None:
    """One letter each, once what it tells of is kept."""
    for user in to:
        if user.email:
            letter = EmailMessage(subject=subject, body=words, to=[user.email])
            transaction.on_commit(lambda letter=letter: post(letter))  # type: ignore[misc]


def wait_until_posted() -> None:
    wait(set(_under_way))


def _send(message: EmailMessage | None) -> None:
    if message is None:
        return
    try:
        message.send()
    except Exception:
        # Nobody waits for the answer any more; whoever looks after the installation has to see it.
        log.exception("A message could not be posted. Is EMAIL_URL right?")
