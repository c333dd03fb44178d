"""What learners write for themselves; and what of it they show to those who lead their group."""

from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from alongside.accounts.queries import NOT_HERE
from alongside.people.models import Person
from alongside.training.models import Cohort, Enrolment, PlanEntry, PlanShown, Reflection
from alongside.training.queries.circles import colleagues_of, groups_of, led_by
from alongside.training.queries.places import NOT_TWICE

State = Enrolment.State


@dataclass(frozen=True)
class PlanPart:
    """One heading of a plan, and what stands under it."""

    kind: str
    title: str
    entries: list[PlanEntry]

    @property
    def can_be_done(self) -> bool:
        """A hope and a try can; what helps and who helps only is."""
        return self.kind in (PlanEntry.Kind.HOPE, PlanEntry.Kind.TRY)


def own_plan(person: Person) -> list[PlanPart]:
    """A person's plan under its four headings, all four whether anything stands there or not."""
    return _parts(list(PlanEntry.objects.filter(person=person).order_by("written", "pk")))


def _parts(entries: list[PlanEntry]) -> list[PlanPart]:
    under = {kind: [entry for entry in entries if entry.kind == kind] for kind in PlanEntry.Kind.values}
    return [PlanPart(kind, str(PlanEntry.Kind(kind).label), rows) for kind, rows in under.items()]


def own_entry_for(person: Person, pk: int) -> PlanEntry:
    found = PlanEntry.objects.filter(person=person, pk=pk).select_related("person").first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


def plans_shown(person: Person) -> QuerySet[PlanShown]:
    """With whom a person's plan is shared now."""
    return PlanShown.objects.filter(person=person, ended=None).select_related("cohort").order_by("since")


def own_shown_for(person: Person, pk: int) -> PlanShown:
    found = PlanShown.objects.filter(person=person, pk=pk).select_related("cohort").first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


def groups_to_show_plan(person: Person) -> QuerySet[Cohort]:
    return groups_of(person).exclude(pk__in=plans_shown(person).values("cohort"))


def own_reflections(person: Person) -> QuerySet[Reflection]:
    return Reflection.objects.filter(person=person).select_related("shown_to")


def own_reflection_for(person: Person, pk: UUID) -> Reflection:
    found = own_reflections(person).filter(pk=pk).select_related("person", "shown_to").first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


@dataclass(frozen=True)
class Shown:
    """What one learner shows to those who lead their group."""

    person: Person
    cohort: Cohort
    plan: list[PlanPart]
    reflections: list[Reflection]


def shown_to(trainer: Person) -> list[Shown]:
    """What learners show to whoever leads their group, as long as they have a place there.

    Never of anyone the trainer works with: what is shown to a group's trainers is not shown to one's own
    practitioner, or to the person one supports.
    """
    groups, kept = led_by(trainer), {trainer.pk, *colleagues_of(trainer)}
    seats = Enrolment.objects.filter(NOT_TWICE, cohort__in=groups, state=State.ENROLLED)
    seats = seats.exclude(person__in=kept)
    plans = PlanShown.objects.filter(cohort__in=groups, ended=None).values_list("cohort_id", "person_id")
    shows = set(plans)
    notes: dict[tuple[UUID, UUID], list[Reflection]] = {}
    for note in Reflection.objects.filter(shown_to__in=groups):
        notes.setdefault((_group(note), note.person_id), []).append(note)
    entries = PlanEntry.objects.filter(person__in={person for _group_id, person in shows})
    lines = {
        person: list(rows)
        for person, rows in groupby(
            entries.order_by("person_id", "written", "pk"), key=lambda entry: entry.person_id
        )
    }
    found = []
    for seat in seats.select_related("person", "cohort").order_by("cohort__name", "person__name", "pk"):
        where = (seat.cohort_id, seat.person_id)
        if where in shows or where in notes:
            plan = _parts(lines.get(seat.person_id, [])) if where in shows else []
            filled = [part for part in plan if part.entries]
            found.append(Shown(seat.person, seat.cohort, filled, notes.get(where, [])))
    return found


def _group(note: Reflection) -> UUID:
    assert note.shown_to_id is not None
    return note.shown_to_id
