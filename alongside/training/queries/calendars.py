"""What a calendar shows: sessions, how each stands for whoever follows it, and how often that has changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.http import Http404

from alongside.accounts.queries import NOT_HERE
from alongside.people.models import Person
from alongside.training.addresses import feed_of_address
from alongside.training.models import CalendarFeed, Cohort, Enrolment, Session

STATUS = {
    Session.State.PLANNED: "TENTATIVE",
    Session.State.PUBLISHED: "CONFIRMED",
    Session.State.CANCELLED: "CANCELLED",
}


@dataclass(frozen=True)
class CalendarLine:
    """One session as a calendar shows it."""

    session: Session
    status: str
    sequence: int
    changed: datetime
    # Not theirs any more: it says when it would have been, and nothing of where.
    is_off: bool = False


def feed_at(address: str) -> CalendarFeed:
    """The door to a calendar: whoever has its address, while that is the newest."""
    pk = feed_of_address(address)
    rows = CalendarFeed.objects.filter(revoked=None).select_related("person", "cohort")
    found = rows.filter(pk=pk).first() if pk else None
    if found is None:
        raise Http404(NOT_HERE)
    return found


def my_feed(person: Person) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(person=person, revoked=None).first()


def group_feed(cohort: Cohort) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(cohort=cohort, revoked=None).first()


def shown_in(feed: CalendarFeed) -> list[CalendarLine]:
    """The sessions of a feed in order of time, in at most three queries."""
    rows = Session.objects.select_related("cohort__programme", "cohort__place")
    if feed.cohort_id:
        return [_shown(feed, session) for session in rows.filter(cohort=feed.cohort_id)]
    places = {
        place.cohort_id: place
        for place in Enrolment.objects.filter(
            Q(state=Enrolment.State.ENROLLED) | Q(had_place_until__isnull=False), person=feed.person_id
        )
    }
    led = set(
        Session.objects.filter(facilitations__person=feed.person_id).values_list("pk", flat=True).order_by()
    )
    once_led = {UUID(pk) for pk in feed.stood_down}
    mine = rows.filter(Q(cohort__in=places) | Q(pk__in=led | once_led))
    return [
        _shown(
            feed, session, is_off=session.pk not in led and _is_off(places.get(session.cohort_id), session)
        )
        for session in mine
    ]


def shown_alone(session: Session) -> list[CalendarLine]:
    return [CalendarLine(session, STATUS[Session.State(session.state)], session.sequence, session.changed)]


def _is_off(place: Enrolment | None, session: Session) -> bool:
    """Whether the place was given back before the session; or there is none, and they only led it once."""
    if place is None:
        return True
    if place.state == Enrolment.State.ENROLLED:
        return False
    return place.had_place_until is None or session.starts >= place.had_place_until


def _shown(feed: CalendarFeed, session: Session, *, is_off: bool = False) -> CalendarLine:
    return CalendarLine(
        session,
        "CANCELLED" if is_off else STATUS[Session.State(session.state)],
        session.sequence + feed.revision,
        max(session.changed, feed.changed),
        is_off=is_off,
    )


def zones_of(shown: Iterable[CalendarLine]) -> list[str]:
    return sorted({each.session.cohort.time_zone for each in shown})
