"""A learner's own plan and reflections: theirs to write, to show to who leads a group, and to take back."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.audit.actions import Actor, record
from alongside.people.models import Person
from alongside.training.models import Cohort, PlanEntry, PlanShown, Reflection
from alongside.training.queries import has_place


@transaction.atomic
def add_to_plan(
    *, by: Actor | None, person: Person, kind: str, words: str, written: date | None = None
) -> PlanEntry:
    """One more line of a person's own learning plan."""
    entry = PlanEntry(person=person, kind=kind, words=words.strip())
    entry.written = written or timezone.localdate()
    entry.full_clean()
    entry.save()
    record(by=by, verb="add_to_plan", on=entry, study=person.study_id)
    return entry


@transaction.atomic
def change_plan_entry(*, by: Actor | None, entry: PlanEntry, kind: str, words: str) -> PlanEntry:
    entry.kind, entry.words = kind, words.strip()
    entry.full_clean()
    entry.save(update_fields=["kind", "words"])
    record(by=by, verb="change_plan_entry", on=entry, study=entry.person.study_id, fields=["kind", "words"])
    return entry


@transaction.atomic
def mark_plan_entry(*, by: Actor | None, entry: PlanEntry, done: bool) -> PlanEntry:
    """Done, or not done after all."""
    entry.done = (entry.done or timezone.localdate()) if done else None
    entry.save(update_fields=["done"])
    record(by=by, verb="mark_plan_entry", on=entry, study=entry.person.study_id, fields=["done"])
    return entry


@transaction.atomic
def drop_plan_entry(*, by: Actor | None, entry: PlanEntry) -> None:
    record(by=by, verb="drop_plan_entry", on=entry, study=entry.person.study_id)
    entry.delete()


@transaction.atomic
def show_plan(*, by: Actor | None, person: Person, cohort: Cohort) -> PlanShown:
    """Let those who lead a group see the plan, as it is now and as it changes."""
    if not has_place(person, cohort.pk):
        raise ValidationError(_("Choose a group in which you have a place."))
    shown, new = PlanShown.objects.get_or_create(person=person, cohort=cohort, ended=None)
    if new:
        record(by=by, verb="show_plan", on=shown, study=cohort.study_id)
    return shown


@transaction.atomic
def hide_plan(*, by: Actor | None, shown: PlanShown) -> PlanShown:
    """Take it back from them, at once."""
    if shown.ended is None:
        shown.ended = timezone.now()
        shown.save(update_fields=["ended"])
        record(by=by, verb="hide_plan", on=shown, study=shown.cohort.study_id)
    return shown


@transaction.atomic
def write_reflection(
    *, by: Actor | None, person: Person, words: str, written: datetime | None = None
) -> Reflection:
    """Something a learner notes for themselves. Nobody else sees it."""
    reflection = Reflection(person=person, words=words.strip(), written=written or timezone.now())
    reflection.full_clean()
    reflection.save()
    record(by=by, verb="write_reflection", on=reflection, study=person.study_id)
    return reflection


@transaction.atomic
def change_reflection(*, by: Actor | None, reflection: Reflection, words: str) -> Reflection:
    reflection.words = words.strip()
    reflection.full_clean()
    reflection.save(update_fields=["words"])
    record(by=by, verb="change_reflection", on=reflection, study=reflection.person.study_id, fields=["words"])
    return reflection


@transaction.atomic
def show_reflection(*, by: Actor | None, reflection: Reflection, cohort: Cohort | None) -> Reflection:
    """Let those who lead a group read this one; with no group, take it back."""
    if cohort is not None and not has_place(reflection.person, cohort.pk):
        raise ValidationError(_("Choose a group in which you have a place."))
    reflection.shown_to = cohort
    reflection.save(update_fields=["shown_to"])
    record(
        by=by, verb="show_reflection", on=reflection, study=reflection.person.study_id, fields=["shown_to"]
    )
    return reflection


@transaction.atomic
def drop_reflection(*, by: Actor | None, reflection: Reflection) -> None:
    record(by=by, verb="drop_reflection", on=reflection, study=reflection.person.study_id)
    reflection.delete()
