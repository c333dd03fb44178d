from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.accounts.models import Study, User
from alongside.audit.actions import Actor, record
from alongside.people.actions.firewall import raise_barriers
from alongside.people.models import (
    Person,
    WorkingRelationship,
)
from alongside.people.queries import accounts_of, relationships_between


@transaction.atomic
def record_relationship(
    *, by: Actor | None, one: Person, other: Person, started: date
) -> WorkingRelationship:
    """Note that two people work together, and raise the firewall between them at once."""
    if one.pk == other.pk:
        raise ValidationError(_("A working relationship is between two people; these are the same person."))
    if one.study_id != other.study_id:
        raise ValidationError(_("These two people are in different studies."))
    _refuse_future({"started": started})
    # Taken first, so that one pair can't come in twice at once.
    Study.objects.select_for_update(no_key=True).get(pk=one.study_id)
    _refuse_own_again(by, one, other)
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
    Study.objects.select_for_update(no_key=True).get(pk=relationship.study_id)
    relationship.refresh_from_db(fields=["ended"])
    if relationship.ended is not None:
        raise ValidationError(_("This working relationship has ended already."))
    _refuse_future({"ended": ended})
    relationship.ended = ended
    try:
        relationship.full_clean()
    except ValidationError:
        relationship.ended = None
        raise
    relationship.save(update_fields=["ended"])
    record(by=by, verb="end_relationship", on=relationship, fields=["ended"])


@transaction.atomic
def correct_relationship(
    *, by: Actor | None, relationship: WorkingRelationship, started: date, ended: date | None = None
) -> WorkingRelationship:
    """Mend the days that were written down. What has ended stays ended, and the firewall stays."""
    if (ended is None) != relationship.is_open:
        raise ValidationError(
            {"ended": _("Give the day it ended.")}
            if ended is None
            else _("This working relationship goes on. To end it, use “End”.")
        )
    _refuse_future({"started": started, "ended": ended})
    wanted = {"started": started, "ended": ended}
    changed = [field for field, now in wanted.items() if getattr(relationship, field) != now]
    for field in changed:
        setattr(relationship, field, wanted[field])
    relationship.full_clean()
    if changed:
        relationship.save(update_fields=changed)
        record(by=by, verb="correct_relationship", on=relationship, fields=changed)
    return relationship


def _refuse_own_again(by: Actor | None, one: Person, other: Person) -> None:
    """Whoever is a half of a pair doesn't learn that it has ended from being let record it anew."""
    mine = set[UUID]().union(*accounts_of([one, other]).values())
    if isinstance(by, User) and by.pk in mine and relationships_between(one, other).exists():
        raise ValidationError(_("It is on record already that these two work together."))


def _refuse_future(days: Mapping[str, date | None]) -> None:
    for field, day in days.items():
        if day is not None and day > timezone.localdate():
            raise ValidationError({field: _("This day is still to come. Write down what is so now.")})
