"""Who shaped what: the ledger, and what it comes to."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from alongside.accounts.models import Study
from alongside.training.models import Decision


@dataclass(frozen=True)
class Involvement:
    """What the decisions of a study come to; or those about one course, in all its versions.

    `hours` and `paid` are sums. `with_lived_experience` counts decisions at which somebody with lived
    experience was there, `changed_nothing` those after which nothing changed, and `without_influence` those
    of which either is missing.
    """

    decisions: int
    hours: Decimal
    paid: Decimal
    with_lived_experience: int
    changed_nothing: int
    without_influence: int

    @property
    def without_lived_experience(self) -> int:
        return self.decisions - self.with_lived_experience


def decisions(study: Study, course: str = "") -> QuerySet[Decision]:
    """The ledger, newest first; of one course by its title, whichever version."""
    rows = Decision.objects.filter(study=study).select_related("programme", "cohort")
    rows = rows.filter(programme__title=course) if course else rows
    return rows.order_by("-on", "-pk")


def involvement(study: Study, course: str = "") -> Involvement:
    there, nothing = Q(lived_experience_present=True), Q(changed="")
    sums = decisions(study, course).aggregate(
        decisions=Count("pk"),
        hours=Sum("hours", default=Decimal(0)),
        paid=Sum("paid", default=Decimal(0)),
        with_lived_experience=Count("pk", filter=there),
        changed_nothing=Count("pk", filter=nothing),
        without_influence=Count("pk", filter=~there | nothing),
    )
    return Involvement(**sums)


def courses_decided_on(study: Study) -> list[str]:
    """Titles of the courses that a decision is noted about."""
    rows = Decision.objects.filter(study=study, programme__isnull=False).order_by("programme__title")
    return list(rows.values_list("programme__title", flat=True).distinct())
