"""To undo an answer to somebody who asked: it waits again, and what taking it up made or added is gone."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.db.models.deletion import Collector
from django.utils.translation import gettext as _

from alongside.audit.actions import Actor, record
from alongside.people.actions import Added, take_off
from alongside.people.models import Adjustment, ContactPoint, Person, Standpoint, WorkingRelationship
from alongside.training.actions.applying import set_state
from alongside.training.actions.places import locked, refuse_own
from alongside.training.models import Application, Enrolment, Reply

State = Application.State
# What taking up somebody new may have made, and by which name `Added` keeps it. Had more been added since,
# taking it back would lose that.
MADE = {Person, ContactPoint, Standpoint, Adjustment, Reply}


@transaction.atomic
def put_back(*, by: Actor | None, application: Application) -> Application:
    """Undo an answer: it waits again. What was made for somebody new goes, if nothing was added since; who
    was on record before is as they were."""
    locked(application.cohort)
    rows = Application.objects.select_related("cohort__study", "half", "named_by", "person")
    application = rows.get(pk=application.pk)
    if application.state not in (State.TAKEN_UP, State.TURNED_DOWN):
        raise ValidationError(_("This waits for an answer already. Nothing changed."))
    if application.state == State.TAKEN_UP:
        _untake(by, application)
    application.why = ""
    return set_state(by, application, State.OPEN, "put_back")


def _untake(by: Actor | None, application: Application) -> None:
    person, added, made_person = application.person, Added(**application.added), application.made_person
    assert person is not None
    refuse_own(by, person)
    if application.other is not None and application.other.state == State.TAKEN_UP:
        raise ValidationError(_("Both of the two are taken up, so this can’t be undone."))
    _give_place_back(by, application, person)
    taken_up = application.since
    application.person, application.made_person, application.made_place = None, False, False
    application.added, application.place_was = {}, {}
    application.state = State.OPEN
    application.save()
    application.replies.update(person=None)
    if made_person:
        _take_back_person(by, person, added)
    else:
        take_off(by=by, person=person, added=added, since=taken_up)


def as_it_was(enrolment: Enrolment) -> dict[str, Any]:
    """What asking anew changes of a place, to be kept as JSON."""
    return {
        "state": enrolment.state,
        "since": enrolment.since.isoformat(),
        "asked": enrolment.asked.isoformat(),
        "why": enrolment.why,
        "pair": enrolment.pair_id and str(enrolment.pair_id),
        "parted": enrolment.parted_id and str(enrolment.parted_id),
        "moved_to": enrolment.moved_to_id and str(enrolment.moved_to_id),
    }


def _give_place_back(by: Actor | None, application: Application, person: Person) -> None:
    """The asking for a place goes; where there was an answer before, that stands again."""
    was = application.place_was
    if not (application.made_place or was):
        return
    place = Enrolment.objects.filter(cohort=application.cohort, person=person).first()
    if place is None or place.state != Enrolment.State.APPLIED:
        raise ValidationError(
            _("Something was decided about %(name)s’s place since, so this can’t be undone.")
            % {"name": person.name}
        )
    record(by=by, verb="take_back_place", on=place, study=application.cohort.study_id, fields=["state"])
    if application.made_place:
        place.delete()
        return
    place.state, place.why = was["state"], was["why"]
    place.since, place.asked = datetime.fromisoformat(was["since"]), datetime.fromisoformat(was["asked"])
    place.pair = WorkingRelationship.objects.filter(pk=was["pair"]).first()
    place.parted = WorkingRelationship.objects.filter(pk=was["parted"]).first()
    place.moved_to = Enrolment.objects.filter(pk=was["moved_to"]).first()
    place.full_clean()
    place.save()


def _take_back_person(by: Actor | None, person: Person, added: Added) -> None:
    if _has_more(person) or _says_more(person, added) or str(person.user_id or "") not in ("", added.user):
        raise ValidationError(
            _("Something was added about %(name)s since, so this can’t be undone.") % {"name": person.name}
        )
    record(by=by, verb="take_back_person", on=person, fields=["name", "contact_points"])
    person.delete()


def _says_more(person: Person, added: Added) -> bool:
    """Whether another way to reach them, to describe themselves, or another need was noted since."""
    contacts = {str(pk): value for pk, value in person.contact_points.values_list("pk", "value")}
    standpoints, needs = (
        set(rows.values_list("pk", flat=True)) for rows in (person.standpoints, person.adjustments)
    )
    return (contacts, standpoints, needs) != (added.contacts, {*added.standpoints}, {*added.adjustments})


def _has_more(person: Person) -> bool:
    """Whether anything hangs on a person that taking them up didn’t make, another record of theirs too."""
    if Person.objects.filter(merged_into=person).exists():
        return True
    collector = Collector(using="default")
    collector.collect([person])
    hanging: set[type[Model]] = {model for model, rows in collector.data.items() if rows}
    hanging |= {rows.model for rows in collector.fast_deletes if rows.exists()}
    return bool(hanging - MADE)
