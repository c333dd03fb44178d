from django.db.models import Q

from alongside.people.models import (
    Barrier,
    Person,
    WorkingRelationship,
)
from alongside.people.queries import participants_of


def raise_barriers(person: Person) -> None:
    """Keep `person` and everyone they work or worked with from what research knows of each other."""
    relationships = list(_relationships(person))
    others = [relationship.other_half(person) for relationship in relationships]
    participants = participants_of([person, *others])
    mine = participants.get(person.pk)
    if mine:
        for other in others:
            if other.user_id:
                Barrier.objects.get_or_create(user_id=other.user_id, participant=mine)
    if person.user_id:
        for other in others:
            theirs = participants.get(other.pk)
            if theirs:
                Barrier.objects.get_or_create(user_id=person.user_id, participant=theirs)


def _relationships(person: Person) -> list[WorkingRelationship]:
    rows = WorkingRelationship.objects.filter(Q(first=person) | Q(second=person))
    return list(rows.select_related("first", "second"))
