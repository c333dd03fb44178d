from collections.abc import Collection
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.accounts.permissions import Permission
from alongside.people.models import (
    AccessGrant,
    Anonymisation,
    Identity,
    Pair,
    Participant,
    Person,
)
from alongside.people.queries.firewall import barred_participants, behind_firewall, works_with_person
from alongside.vault.sealing import tokens


def participant_of(person: Person) -> Participant | None:
    return participants_of([person]).get(person.pk)


def participants_of(persons: Collection[Person]) -> dict[UUID, Participant]:
    """Participants by person id, crossing the bridge once for all of them.

    If it leads to nobody, it is made sure that this isn't because the key is missing or another.
    """
    known: dict[UUID, Participant] = {}
    for study in {person.study_id for person in persons}:
        mine = tokens([person.pk for person in persons if person.study_id == study], study)
        bridges = list(Identity.objects.filter(token__in=mine).select_related("participant"))
        if not bridges:
            Identity.check_none_sealed(study)
        known |= {mine[bridge.token]: bridge.participant for bridge in bridges}
    return known


def is_anonymised(study: Study) -> bool:
    """Whether the study's identity key was destroyed."""
    return Anonymisation.objects.filter(study=study).exists()


def person_of(participant: Participant) -> Person | None:
    bridge = Identity.objects.filter(participant=participant).select_related("participant").first()
    return Person.objects.filter(pk=bridge.person_id()).first() if bridge else None


def participants(study: Study, user: User | AnonymousUser) -> QuerySet[Participant]:
    return behind_firewall(Participant.objects.filter(study=study), user, "pk").order_by("code")


def pairs(study: Study, user: User | AnonymousUser) -> QuerySet[Pair]:
    """Linked pairs, without any whose one half is barred to `user`."""
    found = Pair.objects.filter(study=study).select_related("one", "two").order_by("one__code")
    return behind_firewall(found, user, "one", "two")


def code_for(user: User | AnonymousUser, study: Study, person: Person) -> Participant | None:
    """The code research knows a person by, for whoever may see identities and doesn't work with them."""
    if Permission.SEE_IDENTITY not in study.may or works_with_person(user, person):
        return None
    participant = participant_of(person)
    # Someone may have said of a code that they know whose it is, and nobody has recorded it of the people.
    if participant and barred_participants(user).filter(participant=participant).exists():
        return None
    return participant


def links_for(user: User | AnonymousUser, person: Person) -> QuerySet[AccessGrant]:
    """Links to the person's own page that still lead there: who holds one reads their decisions."""
    grants = AccessGrant.objects.filter(person=person, purpose=AccessGrant.MY_PAGE, revoked=None)
    if works_with_person(user, person):
        return grants.none()
    return grants.filter(expires__gt=timezone.now()).order_by("expires")
