"""Of which groups somebody is part: they have a place there, had one, or lead its sessions."""

from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.people.models import Person, WorkingRelationship
from alongside.people.queries import working_with
from alongside.training.models import Cohort, Enrolment, Facilitation, Session

State = Enrolment.State


def has_place(person: Person, cohort_id: UUID) -> bool:
    return Enrolment.objects.filter(person=person, cohort_id=cohort_id, state=State.ENROLLED).exists()


def groups_of(person: Person) -> QuerySet[Cohort]:
    """Groups in which somebody has a place."""
    rows = Cohort.objects.filter(enrolments__person=person, enrolments__state=State.ENROLLED)
    return rows.order_by("name", "pk")


def led_by(person: Person) -> QuerySet[Cohort]:
    """Groups of which somebody leads a session that isn't cancelled."""
    leading = Facilitation.objects.filter(person=person).exclude(session__state=Session.State.CANCELLED)
    return Cohort.objects.filter(pk__in=leading.values("session__cohort")).order_by("name", "pk")


def own_circles(person: Person) -> QuerySet[Cohort]:
    """Groups in which somebody has a place, or that they lead."""
    either = Q(pk__in=groups_of(person).values("pk")) | Q(pk__in=led_by(person).values("pk"))
    return Cohort.objects.filter(either).order_by("name", "pk")


def circles_of(person: Person) -> QuerySet[Cohort]:
    """Groups in which somebody has a place, or had one."""
    mine = Enrolment.objects.filter(person=person, state__in=[State.ENROLLED, State.LEFT])
    return Cohort.objects.filter(pk__in=mine.values("cohort")).order_by("name", "pk")


def colleagues_of(person: Person) -> set[UUID]:
    """Ids of the people somebody works or ever worked with, whether they have an account or not."""
    pairs = WorkingRelationship.objects.filter(Q(first=person) | Q(second=person))
    halves = {half for pair in pairs.values_list("first_id", "second_id") for half in pair}
    known = working_with(person.user, person.study) if person.user else set()
    return (halves - {person.pk}) | known
