"""By which way somebody is told: as they chose it on their contact page, and not at all if they said so."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from alongside.accounts.texting import texts_leave
from alongside.people.models import AccessGrant, ContactPoint, Person
from alongside.people.queries import accounts_of
from alongside.training.models import Reminder

Kind = ContactPoint.Kind
# A link that a reminder brought: made by nobody of the team, so it vouches for no address.
BY_REMINDER = "reminder"
# These want it told or sent by hand, whatever way they chose.
BY_HAND = (Person.Format.ALOUD, Person.Format.PAPER)


@dataclass(frozen=True)
class Reach:
    """How one person is to be told. Without `means`, somebody of the team does it by hand."""

    person: Person
    means: str = ""
    to: str = ""
    # The address was on record before the team last made a link, so that whoever else has a link can't have
    # put in their own; or the person signs in.
    may_have_link: bool = False


def reaches(ids: Collection[UUID]) -> dict[UUID, Reach]:
    """By person, for those who want to be told; in six queries however many they are."""
    people = list(
        Person.objects.filter(pk__in=ids, merged_into=None)
        .select_related("study")
        .prefetch_related("contact_points")
    )
    perhaps = accounts_of(people)
    linked = _last_linked(ids)
    found = {}
    for person in people:
        preferred = person.preferred_contact
        if preferred is not None:
            doubtful = person.user_id is None and bool(perhaps[person.pk])
            found[person.pk] = _reach(person, preferred, linked.get(person.pk), doubtful)
    return found


def _reach(person: Person, preferred: ContactPoint, linked: datetime | None, doubtful: bool) -> Reach:
    if person.format in BY_HAND:
        return Reach(person)
    # An address with which a member signs in: until somebody has said who that is, nothing goes there.
    if preferred.kind == Kind.EMAIL and not doubtful:
        proven = person.user_id is not None or linked is None or preferred.since < linked
        return Reach(person, Reminder.By.EMAIL, preferred.value, proven)
    if preferred.kind in (Kind.TEXT, Kind.PHONE) and texts_leave():
        number = next((point for point in person.contact_points.all() if point.kind == Kind.TEXT), None)
        if number is not None:
            return Reach(person, Reminder.By.TEXT, number.value)
    return Reach(person)


def _last_linked(ids: Collection[UUID]) -> dict[UUID, datetime]:
    """When the team last made each person a link to their page."""
    grants = AccessGrant.objects.filter(person__in=ids, purpose=AccessGrant.MY_PAGE)
    rows = grants.exclude(object=BY_REMINDER).values_list("person").annotate(last=Max("made"))
    return dict(rows)
