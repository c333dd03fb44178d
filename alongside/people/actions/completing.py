"""To add what is missing to a person on record, and to take that off again where it was somebody else's."""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain

from django.conf import settings
from django.db import transaction
from django.db.models import Model

from alongside.audit.actions import Actor, record
from alongside.people.actions.adjustments import record_adjustment
from alongside.people.actions.links import revoke_links
from alongside.people.actions.many import NewPerson
from alongside.people.actions.people import describe_standpoint, know_member
from alongside.people.models import AccessGrant, Adjustment, ContactPoint, Person, Standpoint
from alongside.people.queries import folded_phone

Kind = ContactPoint.Kind


@dataclass
class Added:
    """What was added to a person on record, by id: enough to take it off again. It is kept as JSON."""

    # Each with its value: what was written in its place since is not what was added.
    contacts: dict[str, str] = field(default_factory=dict)
    standpoints: list[int] = field(default_factory=list)
    adjustments: list[int] = field(default_factory=list)
    user: str = ""
    # Which way they would rather be reached before.
    preferred: int | None = None


@transaction.atomic
def complete_person(*, by: Actor | None, person: Person, given: NewPerson) -> tuple[Added, list[str]]:
    """Add to a person on record only what is missing there. Says what that was, and which of what was given
    is not taken, because something else stands there; what was there already is neither added nor told of."""
    before = person.preferred_contact
    added, left, kinds = Added(preferred=before.pk if before else None), list[str](), list[str]()
    for kind, value in given.contacts:
        of_kind = [point.value for point in person.contact_points.all() if point.kind == kind]
        if not of_kind:
            point = ContactPoint(person=person, kind=kind, value=value, preferred=not before and not kinds)
            point.full_clean()
            point.save()
            added.contacts[str(point.pk)] = point.value
            kinds.append(kind)
        elif not any(_same(kind, value, there) for there in of_kind):
            left.append(kind)
    otherwise = {"name": "", "language": settings.LANGUAGE_CODE, "time_zone": settings.TIME_ZONE}
    for name, unsaid in otherwise.items():
        if getattr(given, name) not in (unsaid, getattr(person, name)):
            left.append(name)
    _describe(by, person, given, added)
    if kinds:
        record(by=by, verb="complete_person", on=person, fields=kinds)
    if Kind.EMAIL in kinds and person.user_id is None:
        know_member(by, person, given.email)
        added.user = str(person.user_id or "")
    return added, left


def _same(kind: str, one: str, other: str) -> bool:
    if kind == Kind.PHONE:
        return folded_phone(one) == folded_phone(other)
    return one.casefold().split() == other.casefold().split()


def _describe(by: Actor | None, person: Person, given: NewPerson, added: Added) -> None:
    standing = {(s.kind, s.words) for s in person.standpoints.all() if s.ended is None}
    for kind, words in given.described:
        if (kind, words) not in standing:
            added.standpoints.append(describe_standpoint(by=by, person=person, kind=kind, words=words).pk)
    # What they said about the study is as if it weren't there: that it is known would tell of it.
    training = [each for each in person.adjustments.all() if each.about == Adjustment.About.TRAINING]
    known = {each.need.casefold() for each in training if each.ended is None}
    for need in given.adjustments:
        if need.casefold() not in known:
            added.adjustments.append(record_adjustment(by=by, person=person, need=need).pk)


@transaction.atomic
def take_off(*, by: Actor | None, person: Person, added: Added, since: datetime) -> Person:
    """The other way round: what was added at `since` was somebody else's, and the person is as before.

    Links to their page that were made since then end with an address, to which they may have gone. A barrier
    that came of an account stays, as every barrier does.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    gone: dict[str, list[Model]] = {
        "contact_points": _as_added(person, added),
        "standpoints": list(Standpoint.objects.filter(person=person, pk__in=added.standpoints)),
        "adjustments": list(Adjustment.objects.filter(person=person, pk__in=added.adjustments)),
    }
    for row in chain.from_iterable(gone.values()):
        row.delete()
    if gone["contact_points"]:
        _prefer_again(person, added.preferred)
        revoke_links(by=by, person=person, purposes=[AccessGrant.MY_PAGE], since=since)
    changed = [name for name, rows in gone.items() if rows]
    if added.user and added.user == str(person.user_id):
        person.user = None
        person.save(update_fields=["user"])
        changed.append("user")
    if changed:
        record(by=by, verb="take_off", on=person, fields=changed)
    return person


def _as_added(person: Person, added: Added) -> list[Model]:
    points = ContactPoint.objects.filter(person=person, pk__in=added.contacts)
    return [point for point in points if point.value == added.contacts[str(point.pk)]]


def _prefer_again(person: Person, pk: int | None) -> None:
    if pk is not None and not person.contact_points.filter(preferred=True).exists():
        person.contact_points.filter(pk=pk).update(preferred=True)
