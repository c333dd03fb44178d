from django.db.models import QuerySet

from alongside.training.models import Cohort, Part, Session


def parts(cohort: Cohort) -> QuerySet[Part]:
    """The outline of the course a group takes."""
    return Part.objects.filter(programme=cohort.programme_id).order_by("number")


def unplanned_parts(cohort: Cohort) -> list[Part]:
    """Parts of the outline for which the group has no session yet, in order."""
    held = Session.objects.filter(cohort=cohort, part__isnull=False)
    held = held.exclude(state=Session.State.CANCELLED)
    return list(parts(cohort).exclude(pk__in=held.values("part")))
