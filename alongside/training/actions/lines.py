"""The waiting list: onto it, off it, to its next, and what time does to offers that nobody answered."""

import logging
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.accounts.models import User
from alongside.audit.actions import Actor, record
from alongside.people.queries import working_with
from alongside.training.actions.places import (
    change_state,
    enrolment_to_fill,
    let_go,
    locked,
    offer_pair,
    offer_place,
    part,
    part_from_others,
    refuse_own,
)
from alongside.training.models import Application, Cohort, Enrolment, OfferBundle, PairAsked, Why
from alongside.training.queries import has_room_for, is_over, next_in_line, taken_as_seen

State = Enrolment.State
log = logging.getLogger(__name__)


@transaction.atomic
def put_on_list(*, by: Actor | None, enrolment: Enrolment) -> Enrolment:
    """Somebody waits for a place. Who asked keeps the moment they asked at; who had said no, left or let an
    offer run out stands behind those who wait already."""
    cohort = locked(enrolment.cohort)
    enrolment = enrolment_to_fill(by, cohort, enrolment.person)
    if enrolment.state == State.WAITING:
        raise ValidationError(_("%(name)s is on the waiting list already.") % {"name": enrolment.person.name})
    if enrolment.state not in (State.APPLIED, State.APART):
        enrolment.asked = timezone.now()
    if enrolment.state not in Enrolment.IN_LINE:
        enrolment.pair = None
    return change_state(by, enrolment, State.WAITING, "put_on_waiting_list")


@transaction.atomic
def turn_down(*, by: Actor | None, enrolment: Enrolment, why: str) -> Enrolment:
    """No place this time. Why is kept for the team alone; the person may ask again."""
    locked(enrolment.cohort)
    enrolment = Enrolment.objects.select_related("cohort", "person").get(pk=enrolment.pk)
    refuse_own(by, enrolment.person)
    if enrolment.state not in Enrolment.IN_LINE:
        raise ValidationError(
            _("%(name)s does not wait for an answer any more.") % {"name": enrolment.person.name}
        )
    part(by, enrolment)
    return change_state(by, enrolment, State.TURNED_DOWN, "turn_down", why=Why(why))


@transaction.atomic
def come_alone(*, by: Actor | None, enrolment: Enrolment) -> Enrolment:
    """Two places could not be made, and they would like to come on their own: they wait where they waited."""
    locked(enrolment.cohort)
    enrolment = Enrolment.objects.select_related("cohort", "person", "bundle").get(pk=enrolment.pk)
    if not enrolment.is_apart:
        raise ValidationError(_("You have told us this already. Nothing changed."))
    enrolment.pair = None
    # Whoever was offered a place before was looked at; whoever wasn't is looked at now.
    state = State.WAITING if enrolment.bundle_id else State.APPLIED
    return change_state(by, enrolment, state, "come_alone")


@transaction.atomic
def offer_next(*, by: Actor | None, cohort: Cohort) -> OfferBundle:
    """Offer what is free to the first in line for whom there is room; the list decides who that is.

    To whoever works with anybody here it would tell, by who was passed over, what that person had asked.
    """
    cohort = locked(cohort)
    if isinstance(by, User) and working_with(by, cohort.study):
        raise ValidationError(
            _("You work with somebody in this study, so a colleague offers what is next on the list.")
        )
    bundle = _offer_first(by, cohort)
    if bundle is None:
        raise ValidationError(_("There is nobody on the waiting list for whom there is a free place."))
    return bundle


def _offer_first(by: Actor | None, cohort: Cohort) -> OfferBundle | None:
    """Two whose turn it is and who no longer work together learn what any two learn for whom there are no
    two places: then, and not on the day on which one of them ended it."""
    while (entry := next_in_line(cohort)) is not None:
        pair = entry.first.pair
        if not entry.is_pair or pair is None:
            return offer_place(by=by, cohort=cohort, person=entry.first.person)
        if pair.is_open:
            return offer_pair(by=by, cohort=cohort, relationship=pair)
        for enrolment in entry.enrolments:
            let_go(enrolment)
            change_state(by, enrolment, State.APART, "end_pair")
    return None


@transaction.atomic
def move_enrolment(*, by: Actor | None, enrolment: Enrolment, to: Cohort) -> Enrolment:
    """A place, or a wait for one, in another group instead. What was is kept where it was."""
    if to.pk == enrolment.cohort_id:
        raise ValidationError({"to": _("This is the group they are in. Choose another one.")})
    # In one order whichever way somebody moves, so that two who move at once don't wait for each other.
    held = {cohort.pk: cohort for cohort in _both(enrolment.cohort_id, to.pk)}
    to = held[to.pk]
    enrolment = Enrolment.objects.select_related("cohort", "person").get(pk=enrolment.pk)
    if enrolment.state not in (State.ENROLLED, *Enrolment.IN_LINE):
        raise ValidationError(
            _("Only who has a place, or waits for one, can be moved. First settle what is open.")
        )
    there = enrolment_to_fill(by, to, enrolment.person)
    if enrolment.state == State.ENROLLED and not has_room_for(to, [enrolment.person]):
        raise ValidationError(
            {
                "to": _("There is no free place in %(group)s: %(taken)s of %(capacity)s are taken.")
                % {"group": to.name, "taken": taken_as_seen(to, by), "capacity": to.capacity}
            }
        )
    state, asked = enrolment.state, enrolment.asked
    part(by, enrolment)
    change_state(by, enrolment, State.LEFT, "move_enrolment")
    part_from_others(by, there, None)
    there.asked, there.pair = asked, None
    change_state(by, there, state, "move_enrolment")
    enrolment.moved_to = there
    enrolment.save(update_fields=["moved_to"])
    return there


def _both(*cohorts: UUID) -> QuerySet[Cohort]:
    return Cohort.objects.select_for_update(no_key=True).filter(pk__in=cohorts).order_by("pk")


@dataclass
class Lapsed:
    """What came of the time that went by."""

    offers: int = 0
    questions: int = 0
    offered: int = 0
    failed: list[str] = field(default_factory=list)


def lapse_offers(*, by: Actor | None = None, now: datetime | None = None) -> Lapsed:
    """End what nobody answered in time, and offer what came free where the group has it so. Done twice, the
    second finds nothing.

    Who let an offer run out is off the list, so that a place isn't held week after week for someone who
    doesn't answer; one press on their page puts them back, behind those who wait.
    """
    now = now or timezone.now()
    told = Lapsed()
    for cohort in _with_something_to_do(now):
        try:
            offers, questions, offered = _lapse_in(by, cohort, now)
        # Whatever is wrong in one group, the offers of the others run out all the same.
        except Exception:
            log.exception("Offers in %s", cohort)
            told.failed.append(str(cohort))
        else:
            told.offers += offers
            told.questions += questions
            told.offered += offered
    return told


@transaction.atomic
def _lapse_in(by: Actor | None, cohort: Cohort, now: datetime) -> tuple[int, int, int]:
    """How many offers and questions ran out, and how many places were offered then."""
    cohort = locked(cohort)
    offers = _lapse_bundles(by, cohort, now)
    questions = _lapse_pairs(by, cohort, now) + _lapse_halves(by, cohort, now)
    follows = cohort.offers_follow and not is_over(cohort)
    return offers, questions, _offer_all(by, cohort) if follows else 0


def _with_something_to_do(now: datetime) -> list[Cohort]:
    late = Enrolment.objects.filter(
        cohort=OuterRef("pk"), state__in=Enrolment.ANSWERABLE, bundle__expires__lte=now
    )
    pairs = PairAsked.objects.filter(cohort=OuterRef("pk"), answer="", answer_until__lte=now)
    halves = Application.objects.filter(
        cohort=OuterRef("pk"), state=Application.State.ASKED, answer_until__lte=now
    )
    waiting = Enrolment.objects.filter(cohort=OuterRef("pk"), state=State.WAITING)
    due = Q(Exists(late)) | Q(Exists(pairs)) | Q(Exists(halves)) | Q(Exists(waiting), offers_follow=True)
    return list(Cohort.objects.filter(due).order_by("pk"))


def _lapse_bundles(by: Actor | None, cohort: Cohort, now: datetime) -> int:
    rows = Enrolment.objects.filter(cohort=cohort, state__in=Enrolment.ANSWERABLE, bundle__expires__lte=now)
    late = list(rows.select_related("cohort", "person", "bundle"))
    for enrolment in late:
        said_yes = enrolment.state == State.ACCEPTED
        let_go(enrolment)
        change_state(by, enrolment, State.APART if said_yes else State.LAPSED, "lapse_offer", now)
    return len({enrolment.bundle_id for enrolment in late})


def _lapse_pairs(by: Actor | None, cohort: Cohort, now: datetime) -> int:
    late = list(PairAsked.objects.filter(cohort=cohort, answer="", answer_until__lte=now))
    for asked in late:
        asked.answer = PairAsked.Answer.LAPSED
        asked.save(update_fields=["answer"])
        mine = Enrolment.objects.filter(cohort=cohort, person=asked.by_id, state__in=Enrolment.IN_LINE)
        for enrolment in mine.exclude(pair=None).select_related("cohort", "person"):
            let_go(enrolment)
            change_state(by, enrolment, State.APART, "lapse_pair", now)
    return len(late)


def _lapse_halves(by: Actor | None, cohort: Cohort, now: datetime) -> int:
    rows = Application.objects.filter(
        cohort=cohort, state=Application.State.ASKED, answer_until__lte=now
    ).select_related("cohort", "named_by")
    late = list(rows)
    for half in late:
        half.state, half.since = Application.State.LAPSED, now
        half.save(update_fields=["state", "since"])
        record(by=by, verb="lapse_application", on=half, study=cohort.study_id, fields=["state"])
        if half.asker is not None and half.asker.state == Application.State.OPEN:
            asker = half.asker
            asker.state, asker.since = Application.State.APART, now
            asker.save(update_fields=["state", "since"])
            record(by=by, verb="end_pair", on=asker, study=cohort.study_id, fields=["state"])
    return len(late)


def _offer_all(by: Actor | None, cohort: Cohort) -> int:
    offered = 0
    while _offer_first(by, cohort) is not None:
        offered += 1
    return offered
