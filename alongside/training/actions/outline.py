from collections.abc import Collection
from datetime import date, time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from alongside.audit.actions import Actor
from alongside.training.actions.sessions import plan_session
from alongside.training.models import Cohort, Session
from alongside.training.queries import unplanned_parts

WEEK = timedelta(weeks=1)


@transaction.atomic
def plan_outline(
    *,
    by: Actor | None,
    cohort: Cohort,
    on: date,
    starts: time,
    ends: time,
    place: str = "",
    link: str = "",
    skip: Collection[date] = (),
) -> list[Session]:
    """A session for each part of the course that has none yet, week by week from a day: all, or none.

    On a day to skip there is no session; what would have been on it is a week later.
    """
    cohort = Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
    parts = unplanned_parts(cohort)
    if not parts:
        raise ValidationError(_("There is no part of this course left without a session."))
    planned, day = [], on
    for part in parts:
        while day in skip:
            day += WEEK
        planned.append(
            plan_session(
                by=by,
                cohort=cohort,
                part=part,
                on=day,
                starts=starts,
                ends=ends,
                place=place,
                link=link,
            )
        )
        day += WEEK
    return planned
