from collections.abc import Iterable, Sequence
from typing import Any, Protocol
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone

from alongside.audit.models import NOBODY, Entry, Export, Head

# A revision, and from where to where in it.
Span = tuple[int, int, int]


class Actor(Protocol):
    """A user who signed in, or a person acting on a link of their own."""

    @property
    def pk(self) -> Any: ...

    audit_kind: str

    def roles_in(self, study: UUID) -> list[str]:
        """The roles they have there now."""


@transaction.atomic
def record(
    *,
    by: Actor | None,
    verb: str,
    on: models.Model | None = None,
    study: UUID | None = None,
    fields: Sequence[str] = (),
    roles: Sequence[str] = (),
) -> Entry:
    """Write one entry, in the transaction of the change it tells of.

    `on` supplies the study when it has one; `fields` are names, never values. A reading is given the `roles`
    of whoever reads.
    """
    chain = study or getattr(on, "study_id", None) or NOBODY
    head = hold(chain)
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
        roles=sorted(roles),
        previous=head.hash,
    )
    entry.hash = entry.expected_hash()
    entry.save(force_insert=True)
    head.seq, head.hash = entry.seq, entry.hash
    head.save(update_fields=["seq", "hash"])
    return entry


@transaction.atomic
def record_all(
    *,
    by: Actor | None,
    verb: str,
    on: Sequence[models.Model],
    study: UUID,
    fields: Sequence[str] = (),
    roles: Sequence[str] = (),
) -> None:
    """One entry for each of many things that were done in one go, with the chain locked once."""
    head = hold(study)
    entries, at = [], timezone.now()
    for each in on:
        entry = Entry(
            chain=study,
            seq=head.seq + 1,
            at=at,
            actor_kind=by.audit_kind if by else "software",
            actor=by.pk if by else NOBODY,
            verb=verb,
            noun=each._meta.label_lower,
            object=str(each.pk),
            fields=sorted(fields),
            roles=sorted(roles),
            previous=head.hash,
        )
        entry.hash = entry.expected_hash()
        head.seq, head.hash = entry.seq, entry.hash
        entries.append(entry)
    Entry.objects.bulk_create(entries, batch_size=500)
    head.save(update_fields=["seq", "hash"])


@transaction.atomic
def register_export(
    *,
    by: Actor | None,
    study: UUID,
    what: str,
    format: str,
    rows: int,
    sha256: str,
    about: str = "",
    reason: str = "",
    held: Iterable[Span] = (),
) -> Export:
    """Enter what leaves into the register, before it leaves: the one way out for every file.

    `sha256` is that of the bytes; `about` says which of several, and never names a person who takes part.
    `held` are the places of words in it that nothing but the file would tell of.
    """
    export = Export(
        study=study,
        actor_kind=by.audit_kind if by else "software",
        actor=by.pk if by else NOBODY,
        what=what,
        about=about[:200],
        format=format,
        rows=rows,
        reason=reason.strip(),
        sha256=sha256,
        roles=by.roles_in(study) if by else [],
        held=sorted(set(held)),
    )
    export.full_clean()
    export.save(force_insert=True)
    record(by=by, verb="export", on=export, study=study, fields=[what])
    return export


def hold(chain: UUID) -> Head:
    """The end of a chain, held until the transaction ends: entries are added one at a time.

    What takes a lock of its own beside this one takes this one first, so that two never wait for each other.
    """
    head = Head.objects.select_for_update().filter(chain=chain).first()
    if head is None:
        Head.objects.get_or_create(chain=chain)
        head = Head.objects.select_for_update().get(chain=chain)
    return head
