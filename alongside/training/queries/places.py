from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.people.models import Person, Standpoint, WorkingRelationship
from alongside.people.queries import is_or_may_be_half, people, relationships, working_with
from alongside.training.models import AttendanceMark, Cohort, Enrolment, Quota

State = Enrolment.State
# Of two records of one person in a group, what was merged into the other holds no place.
NOT_TWICE = Q(person__merged_into=None)


def holding_places() -> Q:
    """Enrolments that take a place now: those who have one, and those whose offer still stands."""
    standing = Q(state__in=Enrolment.ANSWERABLE, bundle__expires__gt=timezone.now())
    return (Q(state=State.ENROLLED) | standing) & NOT_TWICE


def places_taken(cohort: Cohort) -> int:
    return Enrolment.objects.filter(holding_places(), cohort=cohort).count()


def fits_all(cohort: Cohort) -> bool:
    """Whether no more places are taken or held than there are."""
    return places_taken(cohort) <= cohort.capacity


def rows_of(person: Person) -> QuerySet[Enrolment]:
    """What a record holds or held of each group, whether or not it was merged into another."""
    return Enrolment.objects.filter(person=person).select_related("cohort", "bundle").order_by("pk")


@dataclass(frozen=True)
class Room:
    """What is free in a group, and for whom it is kept."""

    capacity: int
    taken: int
    filled: Counter[str]
    kept: list[Quota]

    @classmethod
    def of(cls, cohort: Cohort) -> "Room":
        holders = Enrolment.objects.filter(holding_places(), cohort=cohort).values("person")
        kinds = [kind for own in described(holders).values() for kind in own]
        return cls(cohort.capacity, places_taken(cohort), Counter(kinds), list(cohort.quotas.all()))

    def fits(self, newcomers: Sequence[set[str]]) -> bool:
        """Whether all who describe themselves so fit, and no place that is kept for others is lost by it.

        Someone who describes themselves in several ways counts towards each quota they fit. Where more is to
        be kept than is free, what is free goes to those it is kept for.
        """
        filled = self.filled + Counter(kind for own in newcomers for kind in own)
        taken = self.taken + len(newcomers)
        missing = self._missing(taken, filled)
        return taken <= self.capacity and missing <= max(0, self._missing(self.taken, self.filled))

    def _missing(self, taken: int, filled: Counter[str]) -> int:
        """How many more places are to be kept than are free."""
        kept = sum(max(0, quota.places - filled[quota.standpoint]) for quota in self.kept)
        return kept - (self.capacity - taken)


def described(people: "QuerySet[Any, Any] | Sequence[UUID]") -> dict[UUID, set[str]]:
    """How people describe themselves now, by person."""
    found: dict[UUID, set[str]] = {}
    rows = Standpoint.objects.filter(person__in=people, ended=None).values_list("person_id", "kind")
    for person, kind in rows:
        found.setdefault(person, set()).add(kind)
    return found


def has_room_for(cohort: Cohort, newcomers: Sequence[Person]) -> bool:
    own = described([person.pk for person in newcomers])
    return Room.of(cohort).fits([own.get(person.pk, set()) for person in newcomers])


def learners(cohort: Cohort) -> QuerySet[Person]:
    """Everyone who has a place, by name. Nothing about who they are otherwise."""
    here = Person.objects.filter(enrolments__cohort=cohort, enrolments__state=State.ENROLLED)
    return here.filter(merged_into=None).order_by("name", "pk")


def mark_that_stands() -> QuerySet[AttendanceMark, UUID]:
    """For a subquery over marks: of the same person at the same session, the one that was made last."""
    same = AttendanceMark.objects.filter(session=OuterRef("session"), person=OuterRef("person"))
    return same.order_by(*(f"-{name}" for name in AttendanceMark.IN_ORDER)).values_list("pk", flat=True)[:1]


def took_part(cohort: Cohort) -> QuerySet[Person]:
    """Everyone who has a place, and those who left after coming at least once."""
    came = AttendanceMark.objects.filter(session__cohort=cohort, status=AttendanceMark.Status.HERE)
    came = came.filter(pk=Subquery(mark_that_stands()))
    left = Enrolment.objects.filter(cohort=cohort, state=State.LEFT, person__in=came.values("person"))
    here = Enrolment.objects.filter(cohort=cohort, state=State.ENROLLED)
    either = Q(pk__in=here.values("person")) | Q(pk__in=left.values("person"))
    return Person.objects.filter(either, merged_into=None).order_by("name", "pk")


def enrolments(study: Study, user: User | AnonymousUser) -> QuerySet[Enrolment]:
    """Places and answers, by name. Whoever works with a person sees that they came, and nothing else; nor
    who wants, or wanted, to come with them.

    `is_kept` marks those that are for somebody else to change.
    """
    theirs = working_with(user, study)
    works_with_user = Q(person__in=theirs)
    with_them = works_with_user
    for pair in ("pair", "parted"):
        with_them |= Q(**{f"{pair}__first__in": theirs}) | Q(**{f"{pair}__second__in": theirs})
    rows = Enrolment.objects.filter(NOT_TWICE, cohort__study=study)
    rows = rows.exclude(~Q(state=State.ENROLLED) & with_them)
    rows = rows.annotate(is_kept=ExpressionWrapper(works_with_user, output_field=BooleanField()))
    return rows.select_related("person", "bundle", "cohort").order_by("person__name", "pk")


def invitable(cohort: Cohort, user: User | AnonymousUser) -> QuerySet[Person]:
    """Whom `user` may give a place: nobody who has one, and nobody they work with themselves."""
    held = Enrolment.objects.filter(holding_places(), cohort=cohort).values("person")
    return people(cohort.study).exclude(pk__in=held).exclude(pk__in=working_with(user, cohort.study))


def invitable_pairs(cohort: Cohort, user: User | AnonymousUser) -> QuerySet[WorkingRelationship]:
    """Working pairs of whom neither half has a place, or works with `user`."""
    out = Q()
    held = Enrolment.objects.filter(holding_places(), cohort=cohort).values("person")
    for half in ("first", "second"):
        out |= Q(**{f"{half}__in": held}) | Q(**{f"{half}__in": working_with(user, cohort.study)})
        out |= Q(**{f"{half}__user_id": user.pk, f"{half}__user__isnull": False})
    return relationships(cohort.study).filter(ended=None).exclude(out)


def taken_as_seen(cohort: Cohort, by: object) -> int:
    """How many places are taken or held, as far as `by` may know of it."""
    if not isinstance(by, User):
        return places_taken(cohort)
    return enrolments(cohort.study, by).filter(holding_places(), cohort=cohort).count()


@dataclass(frozen=True)
class Places:
    """How full a group is. Numbers only, and who is paired with whom is not among them."""

    capacity: int
    taken: int
    together: int
    waiting_for_other_half: int
    waiting: int
    kept: list[Quota]

    @classmethod
    def of(cls, cohort: Cohort, user: User | AnonymousUser) -> "Places":
        """As `user` may see it: who works with somebody learns nothing of what that person asked or was
        offered, not even by a number."""
        together, _either = pairs_together(cohort, user)
        seen = enrolments(cohort.study, user).filter(cohort=cohort)
        standing = seen.filter(state__in=Enrolment.ANSWERABLE, bundle__expires__gt=timezone.now())
        return cls(
            capacity=cohort.capacity,
            taken=seen.filter(holding_places()).count(),
            together=together,
            waiting_for_other_half=standing.exclude(pair=None).order_by().values("bundle").distinct().count(),
            waiting=seen.filter(state__in=Enrolment.IN_LINE).count(),
            kept=list(cohort.quotas.order_by("standpoint")),
        )


def pairs_together(cohort: Cohort, user: User | AnonymousUser) -> tuple[int, int]:
    """Open working pairs both of whose halves have a place here; and those of whom at least one has. One of
    `user`'s own counts as open, so that nobody learns from a number that their other half has ended it."""
    here = set(learners(cohort).values_list("pk", flat=True))
    rows = WorkingRelationship.objects.filter(study=cohort.study_id)
    rows = rows.filter(Q(ended=None) | is_or_may_be_half(user))
    halves = set(rows.filter(Q(first__in=here) | Q(second__in=here)).values_list("first_id", "second_id"))
    return sum(first in here and second in here for first, second in halves), len(halves)
