from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.people.models import Person, Standpoint, WorkingRelationship
from alongside.people.queries import people, relationships, working_with
from alongside.training.models import AttendanceMark, Cohort, Enrolment, Quota

State = Enrolment.State


def holding_places() -> Q:
    """Enrolments that take a place now: those who have one, and those whose offer still stands."""
    standing = Q(state__in=Enrolment.ANSWERABLE, bundle__expires__gt=timezone.now())
    return Q(state=State.ENROLLED) | standing


def places_taken(cohort: Cohort) -> int:
    return Enrolment.objects.filter(holding_places(), cohort=cohort).count()


def has_room_for(cohort: Cohort, newcomers: Sequence[Person]) -> bool:
    """Whether all `newcomers` fit, and the places kept for others would still be there.

    Someone who describes themselves in several ways counts towards each quota they fit.
    """
    holders = list(
        Enrolment.objects.filter(holding_places(), cohort=cohort).values_list("person_id", flat=True)
    )
    everyone = [*holders, *(person.pk for person in newcomers)]
    described = Standpoint.objects.filter(person__in=everyone, ended=None).values_list("person_id", "kind")
    filled = Counter(kind for _, kind in set(described))
    still_kept = sum(max(0, quota.places - filled[quota.standpoint]) for quota in cohort.quotas.all())
    return len(everyone) + still_kept <= cohort.capacity


def learners(cohort: Cohort) -> QuerySet[Person]:
    """Everyone who has a place, by name. Nothing about who they are otherwise."""
    return Person.objects.filter(enrolments__cohort=cohort, enrolments__state=State.ENROLLED).order_by(
        "name", "pk"
    )


def took_part(cohort: Cohort) -> QuerySet[Person]:
    """Everyone who has a place, and those who left after coming at least once."""
    came = AttendanceMark.objects.filter(session__cohort=cohort, status=AttendanceMark.Status.HERE)
    left = Enrolment.objects.filter(cohort=cohort, state=State.LEFT, person__in=came.values("person"))
    here = Enrolment.objects.filter(cohort=cohort, state=State.ENROLLED)
    either = Q(pk__in=here.values("person")) | Q(pk__in=left.values("person"))
    return Person.objects.filter(either).order_by("name", "pk")


def enrolments(study: Study, user: User | AnonymousUser) -> QuerySet[Enrolment]:
    """Places and answers, by name. Whoever works with a person sees that they came, and nothing else.

    `is_kept` marks those that are for somebody else to change.
    """
    works_with_user = Q(person__in=working_with(user, study))
    rows = Enrolment.objects.filter(cohort__study=study).exclude(~Q(state=State.ENROLLED) & works_with_user)
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
    def of(cls, cohort: Cohort) -> "Places":
        together, _either = pairs_together(cohort)
        return cls(
            capacity=cohort.capacity,
            taken=places_taken(cohort),
            together=together,
            waiting_for_other_half=waiting_for_other_half(cohort),
            waiting=waiting(cohort),
            kept=list(cohort.quotas.order_by("standpoint")),
        )


def pairs_together(cohort: Cohort) -> tuple[int, int]:
    """Open working pairs both of whose halves have a place here; and those of whom at least one has."""
    here = set(learners(cohort).values_list("pk", flat=True))
    rows = WorkingRelationship.objects.filter(study=cohort.study_id, ended=None)
    halves = list(rows.filter(Q(first__in=here) | Q(second__in=here)).values_list("first_id", "second_id"))
    return sum(first in here and second in here for first, second in halves), len(halves)


def waiting_for_other_half(cohort: Cohort) -> int:
    """Pairs with an open offer of two places that both have not answered yes to."""
    rows = Enrolment.objects.filter(
        cohort=cohort, state__in=Enrolment.ANSWERABLE, bundle__expires__gt=timezone.now()
    )
    return rows.values("bundle").distinct().count()


def waiting(cohort: Cohort) -> int:
    return Enrolment.objects.filter(cohort=cohort, state__in=[State.WAITING, State.APPLIED]).count()
