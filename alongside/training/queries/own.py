"""What a learner sees on their own page: their sessions, and nothing about any other learner."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from alongside.people.models import Adjustment, Person
from alongside.people.queries import for_sessions
from alongside.training.models import (
    AdjustmentMet,
    AttendanceMark,
    Cohort,
    Enrolment,
    LearningAgreement,
    Material,
    Session,
)
from alongside.training.queries.adjustments import Need, needs
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
class Handouts:
    """What there is to read for one session, past or coming; for the whole course, where there is none."""

    session: Session | None
    materials: list[Material]


@dataclass(frozen=True)
class OwnGroup:
    """A group in which the person has a place: what comes next, what there is to read, and what the group
    agreed."""

    cohort: Cohort
    coming: list[OwnSession]
    agreement: LearningAgreement | None
    has_read: bool
    handouts: list[Handouts]
    needs: list[Need]

    @property
    def next(self) -> OwnSession | None:
        return next((own for own in self.coming if not own.session.is_cancelled), None)

    @property
    def later(self) -> list[OwnSession]:
        return [own for own in self.coming if own is not self.next]

    @property
    def to_read(self) -> list[Material]:
        """What there is to read for the next session."""
        own = self.next
        return [
            material
            for each in self.handouts
            if own and (each.session is None or each.session.pk == own.session.pk)
            for material in each.materials
        ]

    @property
    def ready(self) -> list[Need]:
        return [need for need in self.needs if need.state == AdjustmentMet.State.ARRANGED]

    @property
    def arranging(self) -> list[Need]:
        return [need for need in self.needs if need.is_open]

    @property
    def unmet(self) -> list[Need]:
        return [need for need in self.needs if need.state == AdjustmentMet.State.CANT]


def own_groups(person: Person) -> list[OwnGroup]:
    cohorts = Cohort.objects.filter(enrolments__person=person, enrolments__state=Enrolment.State.ENROLLED)
    rows = cohorts.select_related("place", "programme").order_by("name", "pk")
    shared = list(_shared(person))
    groups = [_own_group(person, cohort, shared) for cohort in rows]
    return sorted(groups, key=lambda group: (group.next is None, group.next and group.next.session.starts))


def _own_group(person: Person, cohort: Cohort, shared: list[Adjustment]) -> OwnGroup:
    rows = Session.objects.filter(cohort=cohort).select_related("cohort").order_by("starts")
    meetings = list(rows.prefetch_related("facilitations__person"))
    said = dict(
        AttendanceMark.objects.filter(session__in=rows, person=person)
        .order_by(*AttendanceMark.IN_ORDER)
        .values_list("session", "status")
    )
    now = timezone.now()
    coming = [OwnSession(s, _led_by(s), said.get(s.pk, "")) for s in meetings if s.ends >= now]
    agreement = current_agreement(cohort)
    has_read = agreement is not None and agreement.acknowledgements.filter(person=person).exists()
    group = OwnGroup(cohort, coming, agreement, has_read, _handouts(cohort, meetings), [])
    if group.next and shared:
        group.needs.extend(needs(group.next.session, shared))
    return group


def _handouts(cohort: Cohort, meetings: list[Session]) -> list[Handouts]:
    """What is for learners: of the whole course first, then of each session that has something."""
    of_part: dict[int | None, list[Material]] = {}
    for material in materials_for(cohort.programme, learners_only=True):
        of_part.setdefault(material.part_id, []).append(material)
    held = [s for s in meetings if s.part_id is not None and not s.is_cancelled]
    found = [Handouts(None, of_part.get(None, []))]
    found += [Handouts(session, of_part.get(session.part_id, [])) for session in held]
    return [each for each in found if each.materials]


def _led_by(session: Session) -> str:
    names = sorted(leading.person.name for leading in session.facilitations.all())
    return in_words(names) if names else ""


def own_offers(person: Person) -> QuerySet[Enrolment]:
    """Offers of a place that the person has not answered and that still stand."""
    rows = Enrolment.objects.filter(
        person=person, state=Enrolment.State.OFFERED, bundle__expires__gt=timezone.now()
    )
    return rows.select_related("cohort__programme", "bundle").order_by("bundle__expires")


def _shared(person: Person) -> QuerySet[Adjustment]:
    """What is to be got ready for the person's sessions: what they share with whoever runs them."""
    return for_sessions(Adjustment.objects.filter(person=person)).order_by("recorded", "pk")
