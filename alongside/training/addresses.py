"""Addresses that calendars follow: the id of a row, and a signature over it that nobody can guess."""

from uuid import UUID

from django.core.signing import BadSignature, Signer

FEEDS = Signer(salt="training.calendar", sep=".")


def feed_address(feed: UUID) -> str:
    return FEEDS.sign(feed.hex)


def feed_of_address(address: str) -> UUID | None:
    """The row that `address` was made for; nothing if it is no such address."""
    try:
        return UUID(FEEDS.unsign(address))
    except (BadSignature, ValueError):
        return None
