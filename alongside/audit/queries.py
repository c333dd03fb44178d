from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from alongside.audit.models import Entry, Head


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
