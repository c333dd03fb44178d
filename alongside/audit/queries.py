from collections.abc import Collection, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils import timezone

from alongside.audit.models import NOBODY, Entry, Head


@dataclass(frozen=True)
class Fault:
    """The first place at which a chain stops being what was written."""

    chain: UUID
    seq: int
    what: str


def faults() -> Iterator[Fault]:
    """The first fault of every chain that has one; nothing when all entries stand as written."""
    chains = set(Head.objects.values_list("chain", flat=True))
    chains |= set(Entry.objects.values_list("chain", flat=True).distinct())
    for chain in sorted(chains):
        fault = first_fault(chain)
        if fault:
            yield fault


def first_fault(chain: UUID) -> Fault | None:
    """Where one chain stops being what was written; nothing if it doesn't."""
    previous, seq = "", 0
    for entry in Entry.objects.filter(chain=chain).order_by("seq").iterator(chunk_size=2000):
        seq += 1
        if entry.seq != seq:
            return Fault(chain, seq, "missing")
        if entry.previous != previous or entry.hash != entry.expected_hash():
            return Fault(chain, seq, "altered")
        previous = entry.hash
    head = Head.objects.filter(chain=chain).first()
    if head is None or head.seq < seq:
        return Fault(chain, seq, "altered")
    if head.seq > seq:
        return Fault(chain, seq + 1, "missing")
    return None if head.hash == previous else Fault(chain, seq, "altered")


def count() -> int:
    return Entry.objects.count()


def last_entries(chain: UUID, count: int) -> list[Entry]:
    return list(Entry.objects.filter(chain=chain).order_by("-seq")[:count])


def length(chain: UUID) -> int:
    return Entry.objects.filter(chain=chain).count()


LOOKED_THROUGH = 50


def last_change(thing: Model, field: str) -> Entry | None:
    """The newest entry on a thing that names `field`, or names none; the newest of all for no field.

    One that names others is of another change, or of somebody's reading: it is nobody's to be told of.
    """
    # Every chain is named, so that the index, which begins with it, is used.
    rows = Entry.objects.filter(
        chain__in=Head.objects.values("chain"), noun=thing._meta.label_lower, object=str(thing.pk)
    )
    newest = list(rows.order_by("-at", "-seq")[:LOOKED_THROUGH])
    naming = (entry for entry in newest if field in entry.fields)
    unsaid = (entry for entry in newest if not field or not entry.fields)
    return next(naming, None) or next(unsaid, None)


def did_today(actor: UUID, verb: str, on: Model) -> bool:
    """Whether there is an entry of today, as the installation counts days, that someone did this to that."""
    chain = getattr(on, "study_id", NOBODY)
    return _today(actor, verb).filter(chain=chain, noun=on._meta.label_lower, object=str(on.pk)).exists()


def did_today_to(actor: UUID, verb: str, chain: UUID, objects: Collection[str]) -> set[str]:
    """Of several objects, known by their ids, those of which there is such an entry."""
    mine = _today(actor, verb).filter(chain=chain, object__in=objects)
    return set(mine.values_list("object", flat=True))


def _today(actor: UUID, verb: str) -> QuerySet[Entry]:
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return Entry.objects.filter(actor=actor, verb=verb, at__gte=midnight)
