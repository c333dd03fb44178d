from collections.abc import Collection
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Prefetch, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.accounts.queries import NOT_HERE
from alongside.people.models import (
    AccessGrant,
    Barrier,
    ConsentEvent,
    ConsentText,
    Identity,
    Pair,
    Participant,
    Person,
    Purpose,
    StandingConsent,
    Standpoint,
    WorkingRelationship,
)
from alongside.people.tokens import digest
from alongside.vault.sealing import token

M = TypeVar("M", bound=Model)

# Doors ------------------------------------------------------------------------------------------------


def person_for(study: Study, pk: UUID) -> Person:
    """The door to a person, for whoever came into `study` by a permission to see people."""
    person = Person.objects.filter(study=study, pk=pk, merged_into=None).first()
    if person is None:
        raise Http404(NOT_HERE)
    return person


def relationship_for(study: Study, pk: UUID) -> WorkingRelationship:
    found = WorkingRelationship.objects.filter(study=study, pk=pk).select_related("first", "second").first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


def participant_for(study: Study, user: User | AnonymousUser, pk: UUID) -> Participant:
    """The door to a participant: closed to whoever works or worked with them."""
    found = behind_firewall(Participant.objects.filter(study=study, pk=pk), user, "pk").first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


def consent_text_for(study: Study, pk: UUID) -> ConsentText:
    text = ConsentText.objects.filter(study=study, pk=pk).first()
    if text is None:
        raise Http404(NOT_HERE)
    return text


def grant_for(raw_token: str, purpose: str) -> AccessGrant:
    """The door for a personal link. Looking never uses it up."""
    grant = (
        AccessGrant.objects.filter(token_hash=digest(raw_token), purpose=purpose)
        .select_related("person__study")
        .first()
    )
    if grant is None or not grant.is_live:
        raise Http404(NOT_HERE)
    return grant


# The gate ---------------------------------------------------------------------------------------------


def permits(person: Person, purpose: str, at: datetime | None = None) -> bool:
    """Whether `person` agrees to `purpose` at that moment: their latest decision, and absence means no."""
    latest = (
        ConsentEvent.objects.filter(person=person, text__purpose=purpose, at__lte=at or timezone.now())
        .order_by("-at", "-pk")
        .first()
    )
    return latest is not None and latest.permits


def participant_permits(participant: Participant, purpose: str) -> bool:
    return StandingConsent.objects.filter(participant=participant, purpose=purpose).exists()


def permitting(purpose: str) -> QuerySet[StandingConsent, UUID]:
    """Ids of the participants who agree to `purpose` now, as a subquery."""
    return StandingConsent.objects.filter(purpose=purpose).values_list("participant_id", flat=True)


def decisions(person: Person, at: datetime | None = None) -> dict[str, ConsentEvent]:
    """The latest decision on each purpose."""
    events = ConsentEvent.objects.filter(person=person, at__lte=at or timezone.now())
    return {e.text.purpose: e for e in events.select_related("text").order_by("at", "pk")}


# The relationship firewall ----------------------------------------------------------------------------


def barred_participants(user: User | AnonymousUser) -> QuerySet[Barrier, UUID]:
    """Ids of the participants of whom `user` may see nothing, as a subquery."""
    return Barrier.objects.filter(user_id=user.pk).values_list("participant_id", flat=True)


def behind_firewall(rows: QuerySet[M], user: User | AnonymousUser, *paths: str) -> QuerySet[M]:
    """`rows` without those that lead, by any of `paths`, to a participant barred to `user`."""
    barred = Q()
    for path in paths:
        barred |= Q(**{f"{path}__in": barred_participants(user)})
    return rows.exclude(barred)


def works_with(user: User, participant: Participant) -> bool:
    return Barrier.objects.filter(user=user, participant=participant).exists()


# Questions about many ---------------------------------------------------------------------------------


def people(study: Study) -> QuerySet[Person]:
    open_standpoints = Standpoint.objects.filter(ended=None).order_by("since")
    return (
        Person.objects.filter(study=study, merged_into=None)
        .prefetch_related(Prefetch("standpoints", queryset=open_standpoints), "contact_points")
        .order_by("name", "pk")
    )


def relationships(study: Study) -> QuerySet[WorkingRelationship]:
    return (
        WorkingRelationship.objects.filter(study=study)
        .select_related("first", "second")
        .order_by("ended", "started", "pk")
    )


def relationships_of(person: Person) -> QuerySet[WorkingRelationship]:
    return (
        WorkingRelationship.objects.filter(Q(first=person) | Q(second=person))
        .select_related("first", "second")
        .order_by("ended", "started")
    )


def current_texts(study: Study, language: str = "en-gb") -> list[ConsentText]:
    """The newest version of each purpose's text, in the order in which purposes are asked."""
    newest: dict[str, ConsentText] = {}
    for text in ConsentText.objects.filter(study=study, language=language).order_by("version"):
        newest[text.purpose] = text
    return [newest[purpose] for purpose in Purpose.values if purpose in newest]


def participant_of(person: Person) -> Participant | None:
    bridge = Identity.objects.filter(token=token(person.pk, person.study_id)).select_related("participant").first()
    return bridge.participant if bridge else None


def participants_of(persons: Collection[Person]) -> dict[UUID, Participant]:
    """Participants by person id, crossing the bridge once for all of them."""
    tokens = {token(person.pk, person.study_id): person.pk for person in persons}
    bridges = Identity.objects.filter(token__in=tokens).select_related("participant")
    return {tokens[bridge.token]: bridge.participant for bridge in bridges}


def person_of(participant: Participant) -> Person | None:
    bridge = Identity.objects.filter(participant=participant).select_related("participant").first()
    return Person.objects.filter(pk=bridge.person_id()).first() if bridge else None


def participants(study: Study, user: User | AnonymousUser) -> QuerySet[Participant]:
    return behind_firewall(Participant.objects.filter(study=study), user, "pk").order_by("code")


def pairs(study: Study, user: User | AnonymousUser) -> QuerySet[Pair]:
    """Linked pairs, without any whose one half is barred to `user`."""
    found = Pair.objects.filter(study=study).select_related("one", "two").order_by("one__code")
    return behind_firewall(found, user, "one", "two")


def counts(study: Study) -> dict[str, int]:
    return {
        "people": Person.objects.filter(study=study, merged_into=None).count(),
        "pairs": WorkingRelationship.objects.filter(study=study, ended=None).count(),
    }
