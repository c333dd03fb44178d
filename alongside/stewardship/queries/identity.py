from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import NOT_HERE, may_still
from alongside.audit.models import Entry
from alongside.people.models import Person
from alongside.people.queries import behind_firewall, is_kept_from_someone
from alongside.stewardship.models import IdentityRequest, KeyRequest
from alongside.stewardship.queries.trail import role_names

ANSWERED_SHOWN = 50


def identity_request_for(study: Study, user: User, pk: int) -> IdentityRequest:
    """The door to a request: closed to whoever works with the participant it is about."""
    found = _requests(study, user).filter(pk=pk).first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


def own_identity_request(study: Study, user: User, pk: int) -> IdentityRequest:
    """The door to a request for whoever made it."""
    found = my_identity_requests(study, user).filter(pk=pk).first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


def my_identity_requests(study: Study, user: User) -> QuerySet[IdentityRequest]:
    return _requests(study, user).filter(asked_by=user)


@dataclass(frozen=True)
class Answering:
    """Requests of the study, as far as a member may know of them."""

    waiting: list[IdentityRequest]
    answered: list[IdentityRequest]


def identity_requests(study: Study, user: User) -> Answering:
    asked = list(_requests(study, user)[: 2 * ANSWERED_SHOWN])
    waiting = [request for request in asked if request.is_waiting]
    answered = [request for request in asked if not request.is_waiting]
    return Answering(waiting, answered[:ANSWERED_SHOWN])


def _requests(study: Study, user: User) -> QuerySet[IdentityRequest]:
    found = IdentityRequest.objects.filter(study=study).order_by("-asked", "-pk")
    related = found.select_related("participant", "asked_by", "answered_by", "study")
    if is_kept_from_someone(user, study):
        # One that has lost whom it was about may have been about the person that `user` works with.
        related = related.filter(participant__isnull=False)
    return behind_firewall(related, user, "participant")


def key_request(study: Study) -> KeyRequest | None:
    """The standing request to destroy the study's identity key, if there is one; it goes with its asker."""
    latest = KeyRequest.objects.filter(study=study).select_related("asked_by").order_by("-asked").first()
    if latest is None or not latest.is_waiting:
        return None
    return latest if may_still(study, latest.asked_by, Permission.KEEP_DATA) else None


@dataclass(frozen=True)
class IdentityRead:
    """That someone looked who a person is: in which role, on which day, and whether two had to agree."""

    day: date
    role: str
    agreed_by_two: bool


def identity_reads(person: Person) -> list[IdentityRead]:
    """Who looked up who `person` is, newest first, one line a day and role: for the person themselves."""
    entries = Entry.objects.filter(
        chain=person.study_id, noun="people.person", object=str(person.pk), verb="read_identity"
    ).order_by("-seq")
    reads = [
        IdentityRead(
            timezone.localdate(entry.at), ", ".join(role_names(entry.roles)), "agreed_by_two" in entry.fields
        )
        for entry in entries
    ]
    return list(dict.fromkeys(reads))
