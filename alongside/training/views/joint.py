"""What makes the training joint, in all groups; and what the college says of itself by its own measure."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.training import actions, queries
from alongside.training.forms import MeasureForm, SelfReviewForm
from alongside.training.views.common import Request, page


def joint(request: Request, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_TRAINING)
    return page(
        request,
        "joint",
        study=here,
        groups=queries.ingredients_of_study(here, request.user),
        reviews=queries.self_reviews(here)[:3],
    )


def measures(request: Request, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_TRAINING)
    reviews = queries.self_reviews(here)
    return page(request, "measures", study=here, measures=queries.measures(here), reviews=reviews)


def load_measure(request: Request, study: str) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.PLAN_TRAINING)
    form = MeasureForm(request.POST or None, request.FILES or None)
    if form.do(actions.load_measure, by=request.user, study=here):
        messages.success(request, _("%(measure)s is loaded.") % {"measure": form.made.name})
        return redirect("training:measures", here.slug)
    return page(request, "load_measure", study=here, form=form)


def review_ourselves(request: Request, study: str, measure: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RUN_TRAINING)
    found = queries.measure_for(here, measure)
    form = SelfReviewForm(request.POST or None, measure=found)
    if form.do(actions.review_ourselves, by=request.user, measure=found):
        messages.success(request, _("Your review is kept."))
        return redirect("training:self-review", here.slug, form.made.pk)
    return page(request, "review_ourselves", study=here, measure=found, form=form)


def self_review(request: Request, study: str, review: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.SEE_TRAINING)
    found = queries.self_review_for(here, review)
    return page(request, "self_review", study=here, review=found, score=queries.score_of(found))
