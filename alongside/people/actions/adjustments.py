"""Identify, record, flag and share. To meet them is done beside each session."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.accounts.models import User
from alongside.audit.actions import Actor, record
from alongside.people.models import Adjustment, AdjustmentReview, Person


@transaction.atomic
def record_adjustment(
    *,
    by: Actor | None,
    person: Person,
    need: str,
    kind: str = Adjustment.Kind.OTHER,
    about: str = Adjustment.About.TRAINING,
    share_with: str = Adjustment.ShareWith.NOBODY,
    asked: date | None = None,
) -> Adjustment:
    """What makes it easier for someone, and who may know. Not said, nobody else may."""
    day = asked or timezone.localdate()
    _refuse_future(day)
    adjustment = Adjustment(
        person=person, need=need.strip(), kind=kind, about=about, share_with=share_with, asked=day
    )
    adjustment.by = by if isinstance(by, User) else None
    adjustment.full_clean()
    adjustment.save()
    fields = ["about", "kind", "need", "share_with"]
    record(by=by, verb="record_adjustment", on=adjustment, study=person.study_id, fields=fields)
    return adjustment


@transaction.atomic
def share_adjustment(*, by: Actor | None, adjustment: Adjustment, share_with: str) -> Adjustment:
    """Who may know of it from now on, as the person says."""
    person = Person.objects.select_for_update().get(pk=adjustment.person_id)
    adjustment.refresh_from_db()
    _refuse_ended(adjustment)
    if adjustment.share_with != share_with:
        adjustment.share_with = share_with
        adjustment.full_clean()
        adjustment.save(update_fields=["share_with"])
        record(by=by, verb="share_adjustment", on=adjustment, study=person.study_id, fields=["share_with"])
    return adjustment


@transaction.atomic
def end_adjustment(*, by: Actor | None, adjustment: Adjustment) -> None:
    """It is not needed any more. That it was stays on record."""
    person = Person.objects.select_for_update().get(pk=adjustment.person_id)
    adjustment.refresh_from_db()
    _refuse_ended(adjustment)
    adjustment.ended = timezone.now()
    adjustment.save(update_fields=["ended"])
    record(by=by, verb="end_adjustment", on=adjustment, study=person.study_id, fields=["ended"])


@transaction.atomic
def review_adjustments(
    *, by: Actor | None, person: Person, on: date | None = None, none_needed: bool = False
) -> AdjustmentReview:
    """Somebody was asked what they need. That they need nothing is an answer too."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    day = on or timezone.localdate()
    _refuse_future(day)
    # What they said about the study isn't counted: a refusal would tell that they said something.
    standing = person.adjustments.filter(ended=None, about=Adjustment.About.TRAINING)
    if none_needed and standing.exists():
        raise ValidationError(
            _("Something is on record for %(name)s. End what is not needed any more first.")
            % {"name": person.name}
        )
    review = AdjustmentReview(person=person, on=day, none_needed=none_needed)
    review.by = by if isinstance(by, User) else None
    review.full_clean()
    review.save()
    record(by=by, verb="review_adjustments", on=review, study=person.study_id, fields=["none_needed", "on"])
    return review


def _refuse_future(day: date) -> None:
    if day > timezone.localdate():
        raise ValidationError(_("Nobody can have been asked on a day to come."))


def _refuse_ended(adjustment: Adjustment) -> None:
    if adjustment.ended is not None:
        raise ValidationError(_("This is not needed any more, so it can’t be changed. Record it anew."))
