from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from alongside.accounts.models import Study, User
from alongside.accounts.queries import NOT_HERE
from alongside.people.models import Person
from alongside.people.queries import (
    Alike,
    Together,
    alike,
    known_people,
    relationships_of,
    together,
    working_with,
)
from alongside.people.queries import same_people as likely_pairs
from alongside.stewardship.erasure import NOBODY_NOW
from alongside.stewardship.models import Merge
from alongside.training.models import Enrolment


def merges(study: Study, user: User) -> QuerySet[Merge]:
    """What was merged and not undone, newest first; without those whom `user` works with."""
    barred = working_with(user, study)
    found = Merge.objects.filter(study=study, undone=None).select_related("kept", "merged", "by")
    return found.exclude(kept__in=barred).exclude(merged__in=barred).order_by("-at")


def merge_for(study: Study, user: User, pk: UUID) -> Merge:
    """The door to a merge, for whoever works with neither of the two."""
    found = merges(study, user).filter(pk=pk).first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


def same_people(study: Study) -> list[Alike]:
    """Pairs of records that may be of one person, the likeliest first."""
    return [pair for pair in likely_pairs(study) if NOBODY_NOW not in (pair.one.name, pair.other.name)]


@dataclass(frozen=True)
class Side:
    """One of two records as they stand beside each other, for whoever works with neither person."""

    person: Person
    pairs: list[Together]
    enrolments: list[Enrolment]


def both(user: User, *persons: Person) -> list[Side]:
    return [
        Side(
            person,
            together(user, person.study, relationships_of(person)),
            list(Enrolment.objects.filter(person=person).select_related("cohort", "person")),
        )
        for person in persons
    ]


def alike_to(person: Person) -> list[Alike]:
    """Whom of the study a person may be a second record of."""
    known = known_people(person.study)
    one = [each for each in known if each.key == str(person.pk)]
    others = [each for each in known if each.key != str(person.pk)]
    return alike(one, others).get(str(person.pk), [])
