from collections.abc import Sequence
from typing import Any, Protocol
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone

from alongside.audit.models import NOBODY, Entry, Head


class Actor(Protocol):
    """A user who signed in, or a person acting on a link of their own."""

    @property
    def pk(self) -> Any: ...

    audit_kind: str


@transaction.atomic
def record(
    *,
    by: Actor | None,
    verb: str,
    on: models.Model | None = None,
    study: UUID | None = None,
    fields: Sequence[str] = (),
) -> Entry:
    """Write one entry, in the transaction of the change it tells of.

    `on` supplies the study when it has one; `fields` are names, never values.
    """
    chain = study or getattr(on, "study_id", None) or NOBODY
    Head.objects.get_or_create(chain=chain)
    head = Head.objects.select_for_update().get(chain=chain)
    entry = Entry(
        chain=chain,
        seq=head.seq + 1,
        at=timezone.now(),
        actor_kind=by.audit_kind if by else "software",
        actor=by.pk if by else NOBODY,
        verb=verb,
        noun=on._meta.label_lower if on is not None else "",
        object=str(on.pk) if on is not None else "",
        fields=sorted(fields),
        previous=head.hash,
    )
    entry.hash = entry.expected_hash()
    entry.save(force_insert=True)
    head.seq, head.hash = entry.seq, entry.hash
    head.save(update_fields=["seq", "hash"])
    return entry
