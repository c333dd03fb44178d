from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import NOT_HERE
from alongside.people.models import (
    AccessGrant,
    Anonymisation,
    ConsentEvent,
    Identity,
    Pair,
    Participant,
    Person,
    Purpose,
    WorkingRelationship,
)
from alongside.people.queries.firewall import (
    barred_participants,
    behind_firewall,
    working_with,
    works_with_person,
)
from alongside.people.queries.relationships import relationship_for, relationships
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


@dataclass(frozen=True)
class AgreeingPair:
    """Two people who work together and both agreed to be read together, and whether they are linked."""

    relationship: WorkingRelationship
    linked: bool


def agreeing_pairs(study: Study, user: User | AnonymousUser) -> list[AgreeingPair]:
    """Pairs whose interviews may be read together by what both said, without any that `user` works with or
    knows one half of."""
    said = ConsentEvent.objects.filter(person__study=study, text__purpose=Purpose.PAIR_LINK)
    latest = {event.person_id: event for event in said.order_by("at", "pk")}
    agreeing = {pk for pk, event in latest.items() if event.permits} - working_with(user, study)
    rows = relationships(study).filter(ended=None, first__in=agreeing, second__in=agreeing)
    found = list(rows.order_by("first__name", "second__name", "pk"))
    known = participants_of({half for each in found for half in each.halves})
    barred = set(barred_participants(user))
    linked = {frozenset(pair) for pair in Pair.objects.filter(study=study).values_list("one_id", "two_id")}
    listed = [(each, _codes_of(each, known)) for each in found]
    return [AgreeingPair(each, codes in linked) for each, codes in listed if not codes & barred]


def _codes_of(relationship: WorkingRelationship, known: dict[UUID, Participant]) -> frozenset[UUID]:
    return frozenset(known[half.pk].pk for half in relationship.halves if half.pk in known)


def relationship_to_link(study: Study, user: User | AnonymousUser, pk: UUID) -> WorkingRelationship:
    """The door to linking two people: closed to whoever works with one of them, or knows one by code."""
    found = relationship_for(study, pk)
    codes = _codes_of(found, participants_of(found.halves))
    apart = {half.pk for half in found.halves}.isdisjoint(working_with(user, study))
    if not apart or codes.intersection(barred_participants(user)):
        raise Http404(NOT_HERE)
    return found


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
