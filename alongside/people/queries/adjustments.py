from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import NOT_HERE
from alongside.people.models import Adjustment, AdjustmentReview, Person
from alongside.people.queries.firewall import working_with

ASKED_LATELY = timedelta(days=14)
About, ShareWith = Adjustment.About, Adjustment.ShareWith


def adjustments_seen(study: Study, user: User | AnonymousUser) -> QuerySet[Adjustment]:
    """What `user` may know of: whoever keeps people, all but what tells of the study about someone they work
    with; whoever runs sessions, what is shared with them; anyone else, nothing.
    """
    rows = Adjustment.objects.filter(person__study=study, person__merged_into=None, ended=None)
    if Permission.KEEP_PEOPLE in study.may:
        return rows.exclude(about=About.EVALUATION, person__in=working_with(user, study))
    if Permission.RUN_TRAINING in study.may:
        return for_sessions(rows)
    return rows.none()


def for_sessions(rows: QuerySet[Adjustment]) -> QuerySet[Adjustment]:
    """What whoever runs sessions may know of."""
    return rows.filter(about=About.TRAINING, ended=None).exclude(share_with=ShareWith.NOBODY)


def for_interviews(person: Person) -> QuerySet[Adjustment]:
    """What whoever interviews this person may know of."""
    rows = Adjustment.objects.filter(person=person, ended=None, share_with=ShareWith.INTERVIEWS)
    return rows.order_by("recorded", "pk")


def adjustment_for(study: Study, user: User | AnonymousUser, pk: int) -> Adjustment:
    found = adjustments_seen(study, user).filter(pk=pk).select_related("person").first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


def own_adjustment_for(person: Person, pk: int) -> Adjustment:
    """The door to something that the person said of themselves."""
    found = own_adjustments(person).filter(pk=pk).first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


def own_adjustments(person: Person) -> QuerySet[Adjustment]:
    return Adjustment.objects.filter(person=person, ended=None).order_by("recorded", "pk")


@dataclass(frozen=True)
class Needs:
    """What makes it easier for one person, as far as it may be seen, and when they were last asked."""

    adjustments: list[Adjustment]
    asked: date | None
    none_needed: bool


def needs_of(user: User | AnonymousUser, study: Study, person: Person) -> Needs:
    adjustments = list(adjustments_seen(study, user).filter(person=person).order_by("recorded", "pk"))
    reviews = AdjustmentReview.objects.filter(person=person).order_by("-on", "-pk")
    review = reviews.first() if Permission.KEEP_PEOPLE in study.may else None
    days = [adjustment.asked for adjustment in adjustments] + ([review.on] if review else [])
    return Needs(
        adjustments, max(days, default=None), bool(review and review.none_needed and not adjustments)
    )


def never_asked(people: Iterable[Person]) -> list[Person]:
    """Those of whom nobody wrote down that they were asked what would make it easier."""
    everyone = list(people)
    asked = {
        *AdjustmentReview.objects.filter(person__in=everyone).values_list("person_id", flat=True),
        *Adjustment.objects.filter(person__in=everyone, about=About.TRAINING).values_list(
            "person_id", flat=True
        ),
    }
    return [person for person in everyone if person.pk not in asked]


def asking_for_adjustments(study: Study, user: User | AnonymousUser) -> QuerySet[Person]:
    """People for whom something was recorded lately that would make it easier to take part."""
    if Permission.KEEP_PEOPLE not in study.may:
        return Person.objects.none()
    lately = adjustments_seen(study, user).filter(recorded__gte=timezone.now() - ASKED_LATELY)
    return Person.objects.filter(study=study, pk__in=lately.values("person_id")).order_by("name")
