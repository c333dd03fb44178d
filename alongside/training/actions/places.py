"""To give a place, to offer one, to answer, and to give it back."""

from datetime import datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.accounts.models import User
from alongside.audit.actions import Actor, record
from alongside.people.models import Person, WorkingRelationship
from alongside.people.queries import works_with_person
from alongside.training.actions.calendars import raise_revision
from alongside.training.actions.far_ahead import refuse_far_ahead
from alongside.training.models import Cohort, Enrolment, OfferBundle, PairAsked
from alongside.training.queries import has_room_for, taken_as_seen

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
    cohort = locked(cohort)
    enrolment = enrolment_to_fill(by, cohort, person)
    refuse_half_of_a_pair(enrolment)
    enrolment.pair = None
    if has_room_for(cohort, [person]):
        return change_state(by, enrolment, State.ENROLLED, "enrol_person", at)
    if not or_wait:
        raise ValidationError(
            _("There is no free place for %(name)s: %(taken)s of %(capacity)s are taken, others are kept.")
            % {"name": person.name, "taken": taken_as_seen(cohort, by), "capacity": cohort.capacity}
        )
    if enrolment.state == State.WAITING:
        return enrolment
    if enrolment.state != State.APPLIED:
        enrolment.asked = at or timezone.now()
    return change_state(by, enrolment, State.WAITING, "put_on_waiting_list", at)


@transaction.atomic
def offer_place(
    *, by: Actor | None, cohort: Cohort, person: Person, expires: datetime | None = None
) -> OfferBundle:
    """One place for one person, kept until they answer or its last day is over."""
    cohort = locked(cohort)
    enrolment = enrolment_to_fill(by, cohort, person)
    refuse_half_of_a_pair(enrolment)
    expires = _time_to_answer(cohort, expires)
    if not has_room_for(cohort, [person]):
        raise ValidationError(
            _("There is no free place for %(name)s: %(taken)s of %(capacity)s are taken, others are kept.")
            % {"name": person.name, "taken": taken_as_seen(cohort, by), "capacity": cohort.capacity}
        )
    enrolment.bundle, enrolment.pair = OfferBundle.objects.create(cohort=cohort, expires=expires), None
    change_state(by, enrolment, State.OFFERED, "offer_place")
    return enrolment.bundle


@transaction.atomic
def offer_pair(
    *,
    by: Actor | None,
    cohort: Cohort,
    relationship: WorkingRelationship,
    expires: datetime | None = None,
) -> OfferBundle:
    """Two places for two people who work together: both say yes, or neither place is taken."""
    cohort = locked(cohort)
    if not relationship.is_open:
        raise ValidationError(_("These two people no longer work together."))
    expires = _time_to_answer(cohort, expires)
    enrolments = [enrolment_to_fill(by, cohort, half) for half in relationship.halves]
    if not has_room_for(cohort, relationship.halves):
        raise ValidationError(
            _("There are not two free places: %(taken)s of %(capacity)s are taken, others are kept.")
            % {"taken": taken_as_seen(cohort, by), "capacity": cohort.capacity}
        )
    bundle = OfferBundle.objects.create(cohort=cohort, expires=expires)
    for enrolment in enrolments:
        part_from_others(by, enrolment, relationship)
        enrolment.bundle, enrolment.pair = bundle, relationship
        change_state(by, enrolment, State.OFFERED, "offer_pair")
    # The offer asks both. Beside it, what one of them asked the other would be a second question.
    asked = PairAsked.objects.filter(cohort=cohort, pair=relationship, answer=PairAsked.Answer.NONE)
    asked.update(answer=PairAsked.Answer.LAPSED)
    return bundle


@transaction.atomic
def answer_offer(*, by: Actor | None, enrolment: Enrolment, accepts: bool) -> Enrolment:
    """One person's answer. Two yeses take both places; after a no, the other half learns one thing only:
    that two places could not be made. They may come alone.
    """
    locked(enrolment.cohort)
    enrolment = _as_it_is(enrolment)
    bundle = enrolment.bundle
    if bundle is not None and (enrolment.offer_ran_out or enrolment.state == State.LAPSED):
        raise ValidationError(
            _("This offer was open until %(day)s. Please ask whether there is still a place.")
            % {"day": date_format(timezone.localtime(bundle.expires, enrolment.cohort.zone), "j F")}
        )
    if enrolment.state != State.OFFERED or bundle is None:
        raise ValidationError(_("This offer has been answered, or is no longer open."))
    others = Enrolment.objects.filter(bundle=bundle).exclude(pk=enrolment.pk)
    if not accepts:
        part(by, enrolment)
        return change_state(by, enrolment, State.DECLINED, "answer_offer")
    if others.filter(state=State.OFFERED).exists():
        return change_state(by, enrolment, State.ACCEPTED, "answer_offer")
    for other in others.filter(state=State.ACCEPTED):
        change_state(by, other, State.ENROLLED, "take_place")
    return change_state(by, enrolment, State.ENROLLED, "answer_offer")


@transaction.atomic
def leave_cohort(*, by: Actor | None, enrolment: Enrolment, at: datetime | None = None) -> Enrolment:
    """A person gives back a place, or stops waiting for one, and nobody asks why. Of two who wanted to come
    together the other learns only that two places could not be made."""
    locked(enrolment.cohort)
    enrolment = _as_it_is(enrolment)
    if enrolment.state in (State.LEFT, State.DECLINED):
        theirs = by is not None and by.pk == enrolment.person_id
        raise ValidationError(
            _("You have given it back already. There is nothing more to do.")
            if theirs
            else _("This person has no place in the group any more.")
        )
    part(by, enrolment)
    return change_state(by, enrolment, State.LEFT, "leave_cohort", at)


def part(by: Actor | None, enrolment: Enrolment) -> None:
    """End what two wanted to do together, before it came about. A place that somebody has stays theirs."""
    if enrolment.pair_id is None:
        return
    standing = (*Enrolment.IN_LINE, *Enrolment.ANSWERABLE)
    others = Enrolment.objects.filter(cohort=enrolment.cohort_id, pair=enrolment.pair_id, state__in=standing)
    for other in others.exclude(pk=enrolment.pk).select_related("cohort"):
        let_go(other)
        change_state(by, other, State.APART, "end_pair")
    asked = PairAsked.objects.filter(cohort=enrolment.cohort_id, answer=PairAsked.Answer.NONE)
    asked.filter(by=enrolment.person_id).update(answer=PairAsked.Answer.LAPSED)
    let_go(enrolment)


def let_go(enrolment: Enrolment) -> None:
    """It is nobody else's any more, and still not for those to see who work with the other."""
    enrolment.parted_id = enrolment.pair_id or enrolment.parted_id
    enrolment.pair = None


def part_from_others(by: Actor | None, enrolment: Enrolment, pair: WorkingRelationship | None) -> None:
    """Somebody who wanted to come with one person comes with another, or alone: the first isn't left waiting
    for them."""
    if enrolment.pair_id is not None and enrolment.pair_id != (pair and pair.pk):
        part(by, enrolment)


def locked(cohort: Cohort) -> Cohort:
    """The group as it is now, held until the end of the transaction: places are counted one at a time."""
    return Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)


def _as_it_is(enrolment: Enrolment) -> Enrolment:
    return Enrolment.objects.select_related("bundle", "cohort", "person").get(pk=enrolment.pk)


def _time_to_answer(cohort: Cohort, expires: datetime | None) -> datetime:
    """Until when an offer is kept: not said otherwise, as many days as the group has set."""
    if expires is None:
        day = timezone.localdate(timezone=cohort.zone) + timedelta(days=cohort.offers_for_days)
        expires = datetime.combine(day, time.max, tzinfo=cohort.zone)
    refuse_far_ahead(expires=expires.date())
    if expires <= timezone.now():
        raise ValidationError(_("An offer needs time to be answered: choose a day to come."))
    return expires


def refuse_own(by: Actor | None, *people: Person) -> None:
    if isinstance(by, User) and any(works_with_person(by, person) for person in people):
        raise ValidationError(
            _("A place is never given by someone who works with that person. Ask a colleague.")
        )


def refuse_half_of_a_pair(enrolment: Enrolment) -> None:
    if enrolment.pair_id is not None and enrolment.state in Enrolment.IN_LINE:
        raise ValidationError(
            _("%(name)s asked to come with someone. Offer two places, or let them say that they come alone.")
            % {"name": enrolment.person.name}
        )


def enrolment_to_fill(by: Actor | None, cohort: Cohort, person: Person) -> Enrolment:
    """The row of a person in a group, as long as they have no place and no offer there."""
    if person.study_id != cohort.study_id:
        raise ValidationError(_("%(name)s is in another study.") % {"name": person.name})
    refuse_own(by, person)
    rows = Enrolment.objects.filter(cohort=cohort, person=person)
    enrolment = rows.select_related("bundle", "cohort", "person").first()
    if enrolment is None:
        return Enrolment(cohort=cohort, person=person)
    if enrolment.state == State.ENROLLED:
        raise ValidationError(_("%(name)s has a place already.") % {"name": person.name})
    if enrolment.offer_is_open:
        raise ValidationError(_("%(name)s has been offered a place already.") % {"name": person.name})
    return enrolment


def change_state(
    by: Actor | None,
    enrolment: Enrolment,
    state: str,
    verb: str,
    at: datetime | None = None,
    why: str = "",
) -> Enrolment:
    gives_back = enrolment.state == State.ENROLLED and state != State.ENROLLED
    enrolment.state, enrolment.since, enrolment.why = state, at or timezone.now(), why
    if gives_back:
        enrolment.had_place_until = enrolment.since
    if state in (State.ENROLLED, *Enrolment.ANSWERABLE, *Enrolment.IN_LINE):
        enrolment.parted = None
    if state in (State.ENROLLED, *Enrolment.IN_LINE):
        enrolment.moved_to = None
    enrolment.full_clean()
    enrolment.save()
    if enrolment.state == State.ENROLLED or enrolment.had_place_until:
        raise_revision([enrolment.person_id])
    record(by=by, verb=verb, on=enrolment, study=enrolment.cohort.study_id, fields=["state"])
    return enrolment
