from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from alongside.accounts.models import Study
from alongside.accounts.queries import NOT_HERE
from alongside.training.models import Measure, SelfReview


def measures(study: Study) -> QuerySet[Measure]:
    return Measure.objects.filter(study=study).select_related("attested_by").order_by("name", "-version")


def measure_for(study: Study, pk: UUID) -> Measure:
    found = measures(study).filter(pk=pk).prefetch_related("items").first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


def self_reviews(study: Study) -> QuerySet[SelfReview]:
    return SelfReview.objects.filter(study=study).select_related("measure", "by")


def self_review_for(study: Study, pk: UUID) -> SelfReview:
    found = self_reviews(study).filter(pk=pk).prefetch_related("answers__item").first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


@dataclass(frozen=True)
class Score:
    """The sum, where whoever loaded the measure said that it has one, and nothing was left open."""

    value: int
    most: int


def score_of(review: SelfReview) -> Score | None:
    values = [answer.value for answer in review.answers.all()]
    if review.measure.scoring != Measure.Scoring.SUM or None in values:
        return None
    most = sum(len(answer.item.anchors) - 1 for answer in review.answers.all())
    return Score(sum(value for value in values if value is not None), most)
