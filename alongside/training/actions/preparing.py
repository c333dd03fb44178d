"""Getting ready for a group: a conversation, and what follows from it. Nothing depends on any of it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from alongside.audit.actions import Actor, record
from alongside.people.models import Person
from alongside.training.models import Cohort, Narrative, Preparation, PreparationDate
from alongside.training.queries import has_place, readable_in


@transaction.atomic
def prepare_person(
    *,
    by: Actor | None,
    person: Person,
    cohort: Cohort,
    conversation: date | None = None,
    conversation_with: str = "",
    narrative_read: date | None = None,
    protected_time: str = "",
    supervision: str = "",
) -> Preparation:
    """Note a conversation held before the training, and what follows from it. Nothing depends on it."""
    preparation = _of(person, cohort)
    preparation.conversation, preparation.conversation_with = conversation, conversation_with.strip()
    preparation.narrative_read = narrative_read
    preparation.protected_time, preparation.supervision = protected_time.strip(), supervision.strip()
    preparation.full_clean()
    preparation.save()
    record(
        by=by,
        verb="prepare_person",
        on=preparation,
        study=cohort.study_id,
        fields=[
            "conversation",
            "conversation_with",
            "narrative_read",
            "protected_time",
            "supervision",
        ],
    )
    return preparation


@transaction.atomic
def write_hopes(
    *,
    by: Actor | None,
    person: Person,
    cohort: Cohort,
    hopes_and_fears: str,
    hopes_shown: bool = False,
    narrative: Narrative | None = None,
) -> Preparation:
    """A learner's own hopes and fears, and which of the stories shared with the group they read.

    Whoever leads the group sees hopes and fears only if the learner says so, and never which story.
    """
    if narrative and not readable_in(cohort).filter(pk=narrative.pk).exists():
        raise ValidationError({"narrative": _("Choose a story that its teller shares with this group.")})
    preparation = _of(person, cohort)
    preparation.hopes_and_fears, preparation.hopes_shown = hopes_and_fears.strip(), hopes_shown
    preparation.narrative = narrative
    preparation.full_clean()
    preparation.save()
    record(
        by=by,
        verb="write_hopes",
        on=preparation,
        study=cohort.study_id,
        fields=["hopes_and_fears", "hopes_shown", "narrative"],
    )
    return preparation


@transaction.atomic
def add_preparation_date(
    *,
    by: Actor | None,
    person: Person,
    cohort: Cohort,
    kind: str,
    on: date,
    held: bool | None = None,
) -> PreparationDate:
    """A day for reflective supervision, or for coming back to what was learned. There may be several."""
    preparation = _of(person, cohort)
    if preparation.pk is None:
        preparation.save()
    day = PreparationDate(preparation=preparation, kind=kind, on=on, held=held)
    day.full_clean()
    day.save()
    record(by=by, verb="add_preparation_date", on=day, study=cohort.study_id, fields=["kind", "on"])
    return day


@transaction.atomic
def mark_preparation_date(*, by: Actor | None, day: PreparationDate, held: bool) -> PreparationDate:
    """Whether it was held. Nobody asks why not."""
    day.held = held
    day.save(update_fields=["held"])
    record(
        by=by, verb="mark_preparation_date", on=day, study=day.preparation.cohort.study_id, fields=["held"]
    )
    return day


@transaction.atomic
def drop_preparation_date(*, by: Actor | None, day: PreparationDate) -> None:
    record(by=by, verb="drop_preparation_date", on=day, study=day.preparation.cohort.study_id)
    day.delete()


def _of(person: Person, cohort: Cohort) -> Preparation:
    if not has_place(person, cohort.pk):
        raise ValidationError(_("%(name)s has no place in this group.") % {"name": person.name})
    known = Preparation.objects.select_for_update().filter(person=person, cohort=cohort).first()
    return known or Preparation(person=person, cohort=cohort)
