"""Many people at once, as a table brings them: the same rows and entries as one by one, in few queries."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.accounts.models import Study, User
from alongside.audit.actions import Actor, record_all
from alongside.people.actions.firewall import raise_barriers
from alongside.people.models import Adjustment, ContactPoint, Person, Standpoint, WorkingRelationship
from alongside.people.queries import folded_email, own_pairs, participants_of, unlinked_members

AT_ONCE = 500
Kind = ContactPoint.Kind


@dataclass(frozen=True)
class NewPerson:
    """What a table says of someone. The first way to reach them is the one they would rather have."""

    name: str
    email: str = ""
    phone: str = ""
    post: str = ""
    language: str = settings.LANGUAGE_CODE
    time_zone: str = settings.TIME_ZONE
    standpoints: tuple[str, ...] = ()
    own_words: str = ""
    adjustments: tuple[str, ...] = ()

    @property
    def contacts(self) -> list[tuple[str, str]]:
        given = [(Kind.EMAIL, self.email), (Kind.PHONE, self.phone), (Kind.POST, self.post)]
        return [(kind.value, value) for kind, value in given if value]

    @property
    def described(self) -> list[tuple[str, str]]:
        own = [(Standpoint.Kind.OWN_WORDS.value, self.own_words)] if self.own_words else []
        return [*((kind, "") for kind in self.standpoints), *own]


@transaction.atomic
def add_people(*, by: Actor | None, study: Study, people: Sequence[NewPerson]) -> list[Person]:
    """Everyone, in the order given, or nobody. Whoever has the address of a member is that member."""
    members = {folded_email(user.email): user for user in unlinked_members(study) if user.email}
    persons: list[Person] = []
    points: list[ContactPoint] = []
    standpoints: list[Standpoint] = []
    adjustments: list[Adjustment] = []
    for new in people:
        user = members.pop(folded_email(new.email), None) if new.email else None
        person = Person(study=study, name=new.name, language=new.language, time_zone=new.time_zone, user=user)
        person.clean_fields(exclude=["study", "user", "merged_into"])
        persons.append(person)
        points += _points(person, new)
        standpoints += [
            Standpoint(person=person, kind=kind, words=words, since=timezone.localdate())
            for kind, words in new.described
        ]
        adjustments += [
            Adjustment(person=person, need=need, by=by if isinstance(by, User) else None)
            for need in new.adjustments
        ]
    for row in (*standpoints, *adjustments):
        row.clean_fields(exclude=["person", "by"])
    Person.objects.bulk_create(persons, batch_size=AT_ONCE)
    ContactPoint.objects.bulk_create(points, batch_size=AT_ONCE)
    Standpoint.objects.bulk_create(standpoints, batch_size=AT_ONCE)
    Adjustment.objects.bulk_create(adjustments, batch_size=AT_ONCE)
    fields = ["name", "contact_points", "standpoints", "adjustments"]
    record_all(by=by, verb="add_person", on=persons, study=study.pk, fields=fields)
    return persons


def _points(person: Person, new: NewPerson) -> Iterator[ContactPoint]:
    for place, (kind, value) in enumerate(new.contacts):
        point = ContactPoint(person=person, kind=kind, value=value, preferred=place == 0)
        point.clean_fields(exclude=["person"])
        point.clean()
        yield point


@transaction.atomic
def record_relationships(
    *, by: Actor | None, study: Study, pairs: Iterable[tuple[Person, Person, date]]
) -> list[WorkingRelationship]:
    """Note of many pairs that they work together. What is on record, or comes twice, is not made again."""
    # Of a pair of their own, nobody learns here whether the other half has ended it.
    own = own_pairs(by, study) if isinstance(by, User) else set[UUID]()
    standing = WorkingRelationship.objects.filter(Q(ended=None) | Q(pk__in=own), study=study)
    known = set(standing.values_list("first_id", "second_id"))
    made = []
    for one, other, started in pairs:
        if one.pk == other.pk:
            raise ValidationError(
                _("A working relationship is between two people; these are the same person.")
            )
        first, second = sorted((one, other), key=lambda person: person.pk)
        if (first.pk, second.pk) not in known:
            known.add((first.pk, second.pk))
            made.append(WorkingRelationship(study=study, first=first, second=second, started=started))
    WorkingRelationship.objects.bulk_create(made, batch_size=AT_ONCE)
    _raise_all(made)
    record_all(
        by=by, verb="record_relationship", on=made, study=study.pk, fields=["first", "second", "started"]
    )
    return made


def _raise_all(made: Sequence[WorkingRelationship]) -> None:
    """Barriers, asked for only where there is somebody to bar or something to keep."""
    persons = list({person.pk: person for each in made for person in each.halves}.values())
    for begin in range(0, len(persons), AT_ONCE):
        some = persons[begin : begin + AT_ONCE]
        in_research = participants_of(some)
        for person in some:
            if person.user_id or person.pk in in_research:
                raise_barriers(person)
