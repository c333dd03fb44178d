from django.db import transaction

from alongside.audit.actions import Actor, record
from alongside.people.models import (
    Adjustment,
    Person,
)


@transaction.atomic
def record_adjustment(*, by: Actor | None, person: Person, need: str) -> Adjustment:
    adjustment = Adjustment(person=person, need=need.strip())
    adjustment.full_clean()
    adjustment.save()
    record(by=by, verb="record_adjustment", on=adjustment, study=person.study_id, fields=["need"])
    return adjustment
