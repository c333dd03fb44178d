"""When a course is completed, and where learners go on to."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.audit.actions import Actor, record, register_export
from alongside.people.models import Person
from alongside.training.models import Cohort, Completion, NextStep
from alongside.training.printing import as_certificate, digest
from alongside.training.queries import came_to, circles_of, has_place


@transaction.atomic
def complete_course(
    *, by: Actor | None, cohort: Cohort, people: Sequence[Person], on: date | None = None
) -> list[Completion]:
    """Learners have completed the course. Who came less often than the group said has it by choice."""
    for person in people:
        if not has_place(person, cohort.pk):
            raise ValidationError(_("%(name)s has no place in this group.") % {"name": person.name})
    asked, came = cohort.sessions_to_complete, came_to(cohort)
    made = []
    for person in people:
        by_choice = asked is None or came[person.pk] < asked
        told = {"on": on or timezone.localdate(), "by_choice": by_choice}
        completion, new = Completion.objects.get_or_create(cohort=cohort, person=person, defaults=told)
        if new:
            record(by=by, verb="complete_course", on=completion, study=cohort.study_id, fields=["by_choice"])
            made.append(completion)
    return made


@transaction.atomic
def take_back_completion(*, by: Actor | None, completion: Completion) -> None:
    """It was noted for the wrong person. A certificate that was printed is no longer known as real."""
    record(by=by, verb="take_back_completion", on=completion, study=completion.cohort.study_id)
    completion.delete()


@transaction.atomic
def take_certificate(*, by: Actor, completion: Completion, name: str, site: str) -> bytes:
    """A certificate with the name its owner wants on it. The name is printed and not kept.

    `site` is where its number can be asked after.
    """
    name = " ".join(name.split())
    if not name:
        raise ValidationError({"name": _("Say what name is printed on it.")})
    content = as_certificate(completion, name, site)
    register_export(
        by=by,
        study=completion.cohort.study_id,
        what="certificate",
        format="pdf",
        rows=1,
        sha256=digest(content),
    )
    return content


@transaction.atomic
def take_next_step(
    *,
    by: Actor | None,
    person: Person,
    kind: str,
    words: str = "",
    cohort: Cohort | None = None,
    on: date | None = None,
) -> NextStep:
    """Where somebody goes on to, as they tell it. The kind is counted; the words are theirs alone."""
    if cohort is not None and not circles_of(person).filter(pk=cohort.pk).exists():
        raise ValidationError({"cohort": _("Choose a group that you took part in.")})
    step = NextStep(person=person, cohort=cohort, kind=kind, words=words.strip())
    step.on = on or timezone.localdate()
    step.full_clean()
    step.save()
    record(by=by, verb="take_next_step", on=step, study=person.study_id, fields=["kind"])
    return step


@transaction.atomic
def drop_next_step(*, by: Actor | None, step: NextStep) -> None:
    record(by=by, verb="drop_next_step", on=step, study=step.person.study_id)
    step.delete()
