from collections.abc import Collection

from django.db import transaction
from django.db.models import Q

from alongside.accounts.models import User
from alongside.audit.actions import record, record_all
from alongside.people.models import (
    Barrier,
    Declared,
    Participant,
    Person,
    WorkingRelationship,
)
from alongside.people.queries import accounts_of, participants_of


def raise_barriers(person: Person) -> None:
    """Keep `person` and everyone they work or worked with from what research knows of each other."""
    relationships = list(_relationships(person))
    others = [relationship.other_half(person) for relationship in relationships]
    participants, accounts = participants_of([person, *others]), accounts_of([person, *others])
    for other in others:
        for kept, from_whom in ((person, other), (other, person)):
            if participant := participants.get(kept.pk):
                for user in accounts[from_whom.pk]:
                    Barrier.objects.get_or_create(user_id=user, participant=participant)


def _relationships(person: Person) -> list[WorkingRelationship]:
    rows = WorkingRelationship.objects.filter(Q(first=person) | Q(second=person))
    return list(rows.select_related("first", "second"))


@transaction.atomic
def declare(*, by: User, speaking: Collection[Participant], known: Participant | None) -> None:
    """Say of everyone who speaks in a transcript whether one knows them, before it opens.

    Whoever is known is barred to `by` from now on, for good: only they themselves can know how they are tied
    to somebody of whom they see a code. It is told to nobody, least of all to the one who is known.
    """
    if known is not None:
        Declared.objects.filter(user=by, participant=known).delete()
        Barrier.objects.get_or_create(user=by, participant=known)
        record(by=by, verb="declare_known", on=known, fields=["barrier"])
        return
    said = set(
        Declared.objects.filter(user=by, participant__in=speaking).values_list("participant", flat=True)
    )
    new = [participant for participant in speaking if participant.pk not in said]
    # Sent twice at once, it is said once.
    Declared.objects.bulk_create(
        (Declared(user=by, participant=participant) for participant in new), ignore_conflicts=True
    )
    if new:
        record_all(by=by, verb="declare_unknown", on=new, study=new[0].study_id, fields=["declared"])
