from django.db.models import Prefetch, QuerySet

from alongside.accounts.models import Study
from alongside.training.models import Cohort, Place, Term


def terms(study: Study) -> QuerySet[Term]:
    """The terms, latest first, each with its groups."""
    return Term.objects.filter(study=study).prefetch_related(_groups()).order_by("-starts", "name")


def meeting_places(study: Study) -> QuerySet[Place]:
    """Where groups meet, each with its groups."""
    return Place.objects.filter(study=study).prefetch_related(_groups()).order_by("name")


def _groups() -> "Prefetch[str, QuerySet[Cohort], str]":
    return Prefetch("cohorts", Cohort.objects.select_related("term", "place").order_by("name"))
