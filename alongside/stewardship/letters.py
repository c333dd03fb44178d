"""Word to the team, by e-mail: that something waits or was done, and never about whom."""

from collections.abc import Iterable

from django.core.mail import EmailMessage
from django.db import transaction

from alongside.accounts.models import Study, User
from alongside.accounts.permissions import Permission
from alongside.accounts.posting import post
from alongside.accounts.queries import members
from alongside.people.models import Participant
from alongside.people.queries import works_with


def answering(study: Study, participant: Participant | None = None) -> list[User]:
    """Who may answer a request, but for those who work with the participant it is about."""
    able = {m.user for m in members(study) if Permission.ANSWER_IDENTITY in m.permissions()}
    free = [user for user in able if participant is None or not works_with(user, participant)]
    return sorted(free, key=lambda user: user.name)


def send(to: Iterable[User], subject: str, words: str) -> None:
    """One letter each, once what it tells of is kept."""
    for user in to:
        if user.email:
            letter = EmailMessage(subject=subject, body=words, to=[user.email])
            transaction.on_commit(lambda letter=letter: post(letter))  # type: ignore[misc]
