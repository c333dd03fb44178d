"""A college's own measure, and what it says of itself by it."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.accounts.models import Study, User
from alongside.audit.actions import record
from alongside.training.measuring import NewItem
from alongside.training.models import Measure, MeasureItem, ReviewAnswer, SelfReview
from alongside.training.typed import Said


@transaction.atomic
def load_measure(
    *, by: User, study: Study, name: str, licence: str, attests: bool, items: Sequence[NewItem], scoring: str
) -> Measure:
    """Bring in a measure that the college may use; under a name that is there already, its next version."""
    Study.objects.select_for_update(no_key=True).get(pk=study.pk)
    if not attests or not licence.strip():
        raise ValidationError(_("Nothing was loaded. Say by what right the measure may be used here."))
    latest = Measure.objects.filter(study=study, name=name.strip()).order_by("-version").first()
    measure = Measure(
        study=study,
        name=name.strip(),
        version=latest.version + 1 if latest else 1,
        scoring=scoring,
        licence=licence.strip(),
        attested_by=by,
    )
    measure.full_clean()
    measure.save()
    MeasureItem.objects.bulk_create(
        MeasureItem(measure=measure, number=number, words=item.words, anchors=item.anchors)
        for number, item in enumerate(items, start=1)
    )
    record(by=by, verb="load_measure", on=measure, fields=["items", "licence", "name", "scoring"])
    return measure


@transaction.atomic
def review_ourselves(
    *,
    by: User,
    measure: Measure,
    on: date,
    answers: Mapping[int, Said],
    together: str = "",
    comments: str = "",
) -> SelfReview:
    """What the college says of itself on a day, item by item. `answers` go by the item's number."""
    if on > timezone.localdate():
        raise ValidationError({"on": _("This day is still to come. Write down what is so now.")})
    if all(said.value is None and not said.comment for said in answers.values()):
        raise ValidationError(_("Nothing is answered yet, so nothing was kept."))
    review = SelfReview(study_id=measure.study_id, measure=measure, on=on, by=by)
    review.together, review.comments = together.strip(), comments.strip()
    review.full_clean()
    review.save()
    for item in measure.items.all():
        said = answers.get(item.number, Said(None))
        if said.value is not None and not 0 <= said.value < len(item.anchors):
            raise ValidationError(_("Item %(number)s has no such answer.") % {"number": item.number})
        ReviewAnswer.objects.create(review=review, item=item, value=said.value, comment=said.comment.strip())
    record(by=by, verb="review_ourselves", on=review, fields=["answers", "comments"])
    return review
