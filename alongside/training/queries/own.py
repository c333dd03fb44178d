"""What a learner sees on their own page: their sessions, and nothing about any other learner."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from alongside.people.models import Adjustment, Person
from alongside.people.queries import for_sessions
from alongside.training.models import (
    AttendanceMark,
    Cohort,
    Enrolment,
    LearningAgreement,
    Material,
    Session,
)
from alongside.training.queries.courses import materials_for
from alongside.training.queries.groups import current_agreement
from alongside.training.queries.readiness import in_words


@dataclass(frozen=True)
class OwnSession:
    session: Session
    led_by: str
    said: str

    @property
    def has_begun(self) -> bool:
        return self.session.starts <= timezone.now()

    @property
    def is_here(self) -> bool:
        return self.said == AttendanceMark.Status.HERE


@dataclass(frozen=True)
class OwnGroup:
    """A group in which the person has a place: what comes next, and what the group agreed."""

    cohort: Cohort
    coming: list[OwnSession]
    agreement: LearningAgreement | None
    has_read: bool
    materials: list[Material]

    @property
    def next(self) -> OwnSession | None:
        return next((own for own in self.coming if not own.session.is_cancelled), None)

    @property
    def later(self) -> list[OwnSession]:
        return [own for own in self.coming if own is not self.next]


def own_groups(person: Person) -> list[OwnGroup]:
    cohorts = Cohort.objects.filter(enrolments__person=person, enrolments__state=Enrolment.State.ENROLLED)
    groups = [_own_group(person, cohort) for cohort in cohorts.select_related("place").order_by("name", "pk")]
    return sorted(groups, key=lambda group: (group.next is None, group.next and group.next.session.starts))


def _own_group(person: Person, cohort: Cohort) -> OwnGroup:
    rows = Session.objects.filter(cohort=cohort, ends__gte=timezone.now()).select_related("cohort")
    said = dict(
        AttendanceMark.objects.filter(session__in=rows, person=person)
        .order_by(*AttendanceMark.IN_ORDER)
        .values_list("session", "status")
    )
    coming = [
        OwnSession(s, _led_by(s), said.get(s.pk, ""))
        for s in rows.prefetch_related("facilitations__person").order_by("starts")
    ]
    agreement = current_agreement(cohort)
    has_read = agreement is not None and agreement.acknowledgements.filter(person=person).exists()
    group = OwnGroup(cohort, coming, agreement, has_read, [])
    if group.next:
        group.materials.extend(materials_for(group.next.session, learners_only=True))
    return group


def _led_by(session: Session) -> str:
    names = sorted(leading.person.name for leading in session.facilitations.all())
    return in_words(names) if names else ""


def own_offers(person: Person) -> QuerySet[Enrolment]:
    """Offers of a place that the person has not answered and that still stand."""
    rows = Enrolment.objects.filter(
        person=person, state=Enrolment.State.OFFERED, bundle__expires__gt=timezone.now()
    )
    return rows.select_related("cohort__programme", "bundle").order_by("bundle__expires")


def own_adjustments(person: Person) -> QuerySet[Adjustment]:
    """What is got ready for the person's sessions: what they share with whoever runs them."""
    return for_sessions(Adjustment.objects.filter(person=person)).order_by("recorded", "pk")
