"""Addresses that calendars follow, and what tells them that something has changed."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from alongside.audit.actions import Actor, record
from alongside.people.models import Person
from alongside.training.models import CalendarFeed, Cohort, Session


@transaction.atomic
def make_my_calendar(*, by: Actor | None, person: Person) -> CalendarFeed:
    """A new address for a person's calendar. The one before works no more."""
    Person.objects.select_for_update().get(pk=person.pk)
    old = CalendarFeed.objects.filter(person=person, revoked=None).first()
    return _renewed(by, old, CalendarFeed(person=person), person.study_id)


@transaction.atomic
def make_group_calendar(*, by: Actor | None, cohort: Cohort) -> CalendarFeed:
    """A new address for a group's calendar. The one before works no more."""
    Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
    old = CalendarFeed.objects.filter(cohort=cohort, revoked=None).first()
    return _renewed(by, old, CalendarFeed(cohort=cohort), cohort.study_id)


@transaction.atomic
def name_course_in_calendar(
    *, by: Actor | None, feed: CalendarFeed, study: UUID, says_which_course: bool
) -> CalendarFeed:
    """Let a calendar say which course it is, or only that there is one."""
    feed = CalendarFeed.objects.select_for_update().get(pk=feed.pk)
    if feed.says_which_course != says_which_course:
        feed.says_which_course = says_which_course
        feed.revision, feed.changed = feed.revision + 1, timezone.now()
        feed.save(update_fields=["says_which_course", "revision", "changed"])
        record(by=by, verb="name_course_in_calendar", on=feed, study=study, fields=["says_which_course"])
    return feed


def _renewed(by: Actor | None, old: CalendarFeed | None, new: CalendarFeed, study: UUID) -> CalendarFeed:
    if old is not None:
        old.revoked = timezone.now()
        old.save(update_fields=["revoked"])
        # The same sessions go on under the new address, so what counts their changes goes on, too.
        new.revision, new.says_which_course = old.revision, old.says_which_course
        new.stood_down = old.stood_down
    new.full_clean()
    new.save()
    record(by=by, verb="make_calendar_address", on=new, study=study)
    return new


def raise_sequence(cohort: Cohort, *, elsewhere: bool = False) -> None:
    """Something changed that every session of a group shows: its place, its zone, the course's name.

    Called inside the action that changed it. `elsewhere`: the group meets in another place, so whoever was
    told of a session to come that has no place of its own is told anew.
    """
    sessions, now = Session.objects.filter(cohort=cohort), timezone.now()
    sessions.update(sequence=F("sequence") + 1, changed=now)
    if elsewhere:
        to_come = sessions.filter(place="", starts__gt=now).exclude(state=Session.State.CANCELLED)
        to_come.update(moved=F("moved") + 1)


def take_off_calendar(person: UUID, session: Session) -> None:
    """Somebody leads a session no more: their calendar goes on showing it, as cancelled."""
    for feed in CalendarFeed.objects.select_for_update().filter(person=person, revoked=None):
        feed.stood_down = sorted({*feed.stood_down, str(session.pk)})
        feed.save(update_fields=["stood_down"])
    raise_revision([person])


def raise_revision(people: Collection[UUID]) -> None:
    """What these people's own calendars show has changed, without a change of the sessions themselves."""
    feeds = CalendarFeed.objects.filter(person__in=people, revoked=None)
    feeds.update(revision=F("revision") + 1, changed=timezone.now())
