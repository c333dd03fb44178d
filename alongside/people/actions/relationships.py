from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.audit.actions import Actor, record
from alongside.people.actions.firewall import raise_barriers
from alongside.people.models import (
    Person,
    WorkingRelationship,
)


@transaction.atomic
def record_relationship(
    *, by: Actor | None, one: Person, other: Person, started: date
) -> WorkingRelationship:
    """Note that two people work together, and raise the firewall between them at once."""
    if one.pk == other.pk:
        raise ValidationError(_("A working relationship is between two people; these are the same person."))
    if one.study_id != other.study_id:
        raise ValidationError(_("These two people are in different studies."))
    first, second = sorted((one, other), key=lambda person: person.pk)
    relationship = WorkingRelationship(study=one.study, first=first, second=second, started=started)
    relationship.full_clean()
    relationship.save()
    raise_barriers(first)
    record(by=by, verb="record_relationship", on=relationship, fields=["first", "second", "started"])
    return relationship


@transaction.atomic
def confirm_relationship(*, by: Actor | None, relationship: WorkingRelationship, person: Person) -> None:
    """One half says that it is so. The other half's answer is theirs, and is not shown."""
    if person.pk not in (relationship.first_id, relationship.second_id):
        raise ValidationError(_("Only one of the two people can confirm that they work together."))
    field = "first_confirmed" if person.pk == relationship.first_id else "second_confirmed"
    setattr(relationship, field, timezone.now())
    relationship.save(update_fields=[field])
    record(by=by, verb="confirm_relationship", on=relationship, fields=[field])


@transaction.atomic
def end_relationship(*, by: Actor | None, relationship: WorkingRelationship, ended: date) -> None:
    """Either half may end it, silently. The firewall stays."""
    if relationship.ended is not None:
        raise ValidationError(_("This working relationship has ended already."))
    relationship.ended = ended
    try:
        relationship.full_clean()
    except ValidationError:
        relationship.ended = None
        raise
    relationship.save(update_fields=["ended"])
    record(by=by, verb="end_relationship", on=relationship, fields=["ended"])
