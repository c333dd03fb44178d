from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import Actor, record
from alongside.people.models import (
    AccessGrant,
    Person,
)
from alongside.people.tokens import code_digest, digest, fresh


@transaction.atomic
def make_link(*, by: Actor | None, person: Person, purpose: str, days: int = 30, code: str = "") -> str:
    """A personal link's token. It is shown now and never again; opening it uses nothing up.

    `code` is what can be typed in its place, where the link is to be printed or read out.
    """
    raw = fresh()
    grant = AccessGrant.objects.create(
        person=person,
        purpose=purpose,
        token_hash=digest(raw),
        code_hash=code_digest(code) if code else None,
        expires=timezone.now() + timedelta(days=days),
    )
    record(by=by, verb="make_link", on=grant, study=person.study_id, fields=["purpose", "expires"])
    return raw


@transaction.atomic
def revoke_links(
    *,
    by: Actor | None,
    person: Person,
    purposes: Collection[str] | None = None,
    since: datetime | None = None,
) -> int:
    """End a person's links at once: all of them, or those for some purposes, or made since some time."""
    grants = AccessGrant.objects.filter(person=person, revoked=None)
    if purposes is not None:
        grants = grants.filter(purpose__in=purposes)
    if since is not None:
        grants = grants.filter(made__gte=since)
    count = grants.update(revoked=timezone.now())
    if count:
        record(by=by, verb="revoke_links", on=person, fields=["access_grants"])
    return count
