from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.accounts.models import User
from alongside.audit.actions import Actor, record
from alongside.people.models import Person, WorkingRelationship
from alongside.people.queries import works_with_person
from alongside.training.models import Cohort, Enrolment, OfferBundle
from alongside.training.queries import has_room_for, places_taken

State = Enrolment.State


@transaction.atomic
def enrol_person(
    *,
    by: Actor | None,
    cohort: Cohort,
    person: Person,
    or_wait: bool = True,
    at: datetime | None = None,
) -> Enrolment:
    """Give a place, or a place on the waiting list. No consent to research is asked for or looked at."""
    cohort = _locked(cohort)
    enrolment = _enrolment_to_fill(by, cohort, person)
    if has_room_for(cohort, [person]):
        return _move(by, enrolment, State.ENROLLED, "enrol_person", at)
    if not or_wait:
        raise ValidationError(
            _("There is no free place for %(name)s: %(taken)s of %(capacity)s are taken, others are kept.")
            % {"name": person.name, "taken": places_taken(cohort), "capacity": cohort.capacity}
        )
    if enrolment.state == State.WAITING:
        return enrolment
    return _move(by, enrolment, State.WAITING, "put_on_waiting_list", at)


@transaction.atomic
def offer_pair(
    *, by: Actor | None, cohort: Cohort, relationship: WorkingRelationship, expires: datetime
) -> OfferBundle:
    """Two places for two people who work together: both say yes, or neither place is taken."""
    cohort = _locked(cohort)
    if not relationship.is_open:
        raise ValidationError(_("These two people no longer work together."))
    if expires <= timezone.now():
        raise ValidationError(_("An offer needs time to be answered: choose a day to come."))
    enrolments = [_enrolment_to_fill(by, cohort, half) for half in relationship.halves]
    if not has_room_for(cohort, relationship.halves):
        raise ValidationError(
            _("There are not two free places: %(taken)s of %(capacity)s are taken, others are kept.")
            % {"taken": places_taken(cohort), "capacity": cohort.capacity}
        )
    bundle = OfferBundle.objects.create(cohort=cohort, expires=expires)
    for enrolment in enrolments:
        enrolment.bundle = bundle
        _move(by, enrolment, State.OFFERED, "offer_pair")
    return bundle


@transaction.atomic
def answer_offer(*, by: Actor | None, enrolment: Enrolment, accepts: bool) -> Enrolment:
    """One person's answer. Two yeses take both places; after a no, the other half waits again.

    Nothing tells the other half who answered what.
    """
    _locked(enrolment.cohort)
    enrolment = Enrolment.objects.select_related("bundle", "cohort", "person").get(pk=enrolment.pk)
    if enrolment.state != State.OFFERED or enrolment.bundle is None:
        raise ValidationError(_("This offer has been answered, or is no longer open."))
    if not enrolment.bundle.is_open:
        raise ValidationError(
            _("This offer was open until %(day)s. Please ask whether there is still a place.")
            % {"day": date_format(timezone.localtime(enrolment.bundle.expires, enrolment.cohort.zone), "j F")}
        )
    others = Enrolment.objects.filter(bundle=enrolment.bundle_id).exclude(pk=enrolment.pk)
    still_offered = others.filter(state__in=Enrolment.ANSWERABLE)
    if not accepts:
        for other in still_offered:
            _move(by, other, State.WAITING, "end_offer")
        return _move(by, enrolment, State.DECLINED, "answer_offer")
    if others.filter(state=State.OFFERED).exists():
        return _move(by, enrolment, State.ACCEPTED, "answer_offer")
    for other in still_offered:
        _move(by, other, State.ENROLLED, "take_place")
    return _move(by, enrolment, State.ENROLLED, "answer_offer")


@transaction.atomic
def leave_cohort(*, by: Actor | None, enrolment: Enrolment, at: datetime | None = None) -> Enrolment:
    """A person leaves, and nobody asks why. Half of an open offer that leaves ends the offer."""
    _locked(enrolment.cohort)
    enrolment = Enrolment.objects.select_related("bundle").get(pk=enrolment.pk)
    if enrolment.state in (State.LEFT, State.DECLINED):
        raise ValidationError(_("This person has no place in the group any more."))
    if enrolment.state in Enrolment.ANSWERABLE:
        others = Enrolment.objects.filter(bundle=enrolment.bundle_id, state__in=Enrolment.ANSWERABLE)
        for other in others.exclude(pk=enrolment.pk):
            _move(by, other, State.WAITING, "end_offer")
    return _move(by, enrolment, State.LEFT, "leave_cohort", at)


def _locked(cohort: Cohort) -> Cohort:
    """The group as it is now, held until the end of the transaction: places are counted one at a time."""
    return Cohort.objects.select_for_update().get(pk=cohort.pk)


def _enrolment_to_fill(by: Actor | None, cohort: Cohort, person: Person) -> Enrolment:
    if person.study_id != cohort.study_id:
        raise ValidationError(_("%(name)s is in another study.") % {"name": person.name})
    if isinstance(by, User) and works_with_person(by, person):
        raise ValidationError(
            _("A place is never given by someone who works with that person. Ask a colleague.")
        )
    enrolment = Enrolment.objects.filter(cohort=cohort, person=person).select_related("bundle").first()
    if enrolment is None:
        return Enrolment(cohort=cohort, person=person)
    if enrolment.state == State.ENROLLED:
        raise ValidationError(_("%(name)s has a place already.") % {"name": person.name})
    if enrolment.offer_is_open:
        raise ValidationError(_("%(name)s has been offered a place already.") % {"name": person.name})
    return enrolment


def _move(
    by: Actor | None, enrolment: Enrolment, state: str, verb: str, at: datetime | None = None
) -> Enrolment:
    enrolment.state, enrolment.since = state, at or timezone.now()
    enrolment.full_clean()
    enrolment.save()
    record(by=by, verb=verb, on=enrolment, study=enrolment.cohort.study_id, fields=["state"])
    return enrolment
