"""What somebody does about places on their own page: ask, alone or for two, and answer who asked for two."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.audit.actions import Actor, record
from alongside.people.actions import record_adjustment
from alongside.people.models import Adjustment, Person, WorkingRelationship
from alongside.training.actions.applying import DAYS_TO_ANSWER, keep_replies, refuse_past
from alongside.training.actions.places import change_state, let_go, locked, part_from_others
from alongside.training.models import Cohort, Enrolment, PairAsked

State = Enrolment.State
Answer = PairAsked.Answer


@transaction.atomic
def ask_for_place(
    *,
    by: Actor | None,
    cohort: Cohort,
    person: Person,
    replies: Mapping[int, str] | None = None,
    needs: str = "",
    together: WorkingRelationship | None = None,
) -> Enrolment:
    """A person of the study asks, at once and without a form in between. Nothing depends on any consent."""
    cohort = locked(cohort)
    refuse_past(cohort)
    enrolment = _may_ask(cohort, person)
    enrolment.asked, enrolment.pair = timezone.now(), None
    if together is not None:
        _ask_other(by, cohort, enrolment, together)
    change_state(by, enrolment, State.APPLIED, "ask_for_place")
    keep_replies(cohort, replies or {}, person=person)
    known = person.adjustments.filter(need__iexact=needs.strip(), ended=None)
    if needs.strip() and not known.exists():
        record_adjustment(by=by, person=person, need=needs, share_with=Adjustment.ShareWith.SESSIONS)
    return enrolment


def _may_ask(cohort: Cohort, person: Person) -> Enrolment:
    if person.study_id != cohort.study_id:
        raise ValidationError(_("%(name)s is in another study.") % {"name": person.name})
    rows = Enrolment.objects.filter(cohort=cohort, person=person).select_related("bundle", "cohort")
    enrolment = rows.first() or Enrolment(cohort=cohort, person=person)
    if enrolment.state == State.ENROLLED:
        raise ValidationError(_("You have a place in this group already."))
    if enrolment.offer_is_open:
        raise ValidationError(_("You have been offered a place in this group. Please answer that."))
    if enrolment.state in Enrolment.IN_LINE:
        raise ValidationError(_("You have asked for a place in this group already. Nothing changed."))
    return enrolment


def _ask_other(by: Actor | None, cohort: Cohort, enrolment: Enrolment, together: WorkingRelationship) -> None:
    """The other is asked on their page; if they asked for both themselves, that is their yes.

    Nothing here depends on whether the other ended it: then nobody is asked, and in time the one who asks is
    told what anyone is told who gets no answer.
    """
    person = enrolment.person
    if person.pk not in (together.first_id, together.second_id):
        raise ValidationError(_("Choose somebody you work with."))
    enrolment.pair = together
    other = together.other_half(person)
    theirs = PairAsked.objects.filter(cohort=cohort, by=other, other=person, answer=Answer.NONE).first()
    if theirs is not None and theirs.is_open and together.is_open:
        theirs.answer = Answer.YES
        theirs.save(update_fields=["answer"])
        first = Enrolment.objects.filter(cohort=cohort, person=other, pair=together).first()
        enrolment.asked = first.asked if first else enrolment.asked
        record(by=by, verb="answer_pair", on=theirs, study=cohort.study_id, fields=["answer"])
        return
    PairAsked.objects.filter(cohort=cohort, by=person, answer=Answer.NONE).update(answer=Answer.LAPSED)
    day = timezone.localdate(timezone=cohort.zone) + timedelta(days=DAYS_TO_ANSWER)
    until = datetime.combine(day, time.max, tzinfo=cohort.zone)
    asked = PairAsked(cohort=cohort, by=person, other=other, pair=together, answer_until=until)
    asked.full_clean()
    asked.save()
    record(by=by, verb="ask_other_half", on=asked, study=cohort.study_id, fields=["other"])


@transaction.atomic
def answer_pair(*, by: Actor | None, asked: PairAsked, accepts: bool) -> PairAsked:
    """The other half answers on their own page. After a no, who asked learns only that two places could not
    be made."""
    cohort = locked(asked.cohort)
    asked = PairAsked.objects.select_related("by", "other", "pair").get(pk=asked.pk)
    pair = asked.pair
    if not asked.is_open or not pair.is_open:
        raise ValidationError(_("This has been answered, or is no longer open."))
    asked.answer = Answer.YES if accepts else Answer.NO
    asked.save(update_fields=["answer"])
    record(by=by, verb="answer_pair", on=asked, study=cohort.study_id, fields=["answer"])
    rows = Enrolment.objects.filter(cohort=cohort, person=asked.by, state__in=Enrolment.IN_LINE)
    first = rows.select_related("cohort", "person").first()
    if accepts:
        _come_along(by, cohort, asked, first, pair)
    elif first is not None:
        let_go(first)
        change_state(by, first, State.APART, "end_pair")
    return asked


def _come_along(
    by: Actor | None, cohort: Cohort, asked: PairAsked, first: Enrolment | None, pair: WorkingRelationship
) -> None:
    """Both stand in line as one, since the first of them asked. Who has a place already keeps it."""
    rows = Enrolment.objects.filter(cohort=cohort, person=asked.other).select_related("bundle", "cohort")
    second = rows.first() or Enrolment(cohort=cohort, person=asked.other)
    if first is None:
        return
    if second.state == State.ENROLLED or second.offer_is_open:
        first.pair = None
        first.save(update_fields=["pair"])
        return
    part_from_others(by, second, pair)
    second.pair = pair
    if second.state not in Enrolment.IN_LINE:
        second.asked = first.asked
        change_state(by, second, State.APPLIED, "come_along")
    else:
        second.save(update_fields=["pair"])
