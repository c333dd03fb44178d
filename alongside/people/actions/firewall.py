from django.db.models import Q

from alongside.people.models import (
    Barrier,
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
