"""What went to whom, what may not have gone, and who is to be told by hand."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.people.models import ContactPoint, Person
from alongside.people.queries import working_with
from alongside.training.models import Cohort, Enrolment, Reminder, Session, Tick
from alongside.training.queries.reminders import AHEAD, Due, called_off, due
from alongside.training.reaching import reaches

SHOWN = 200
LATE = timedelta(hours=1)


def messages(study: Study, user: User | AnonymousUser) -> QuerySet[Reminder]:
    """What went, the newest first. Whoever works with a person sees that they were reminded of a session,
    as everybody sees that they have a place, and of an offer nothing."""
    kept = Q(kind__in=Reminder.KEPT_KINDS, person__in=working_with(user, study))
    rows = Reminder.objects.filter(cohort__study=study).exclude(kept)
    return rows.select_related("person", "cohort", "by").order_by("-claimed", "pk")


def may_not_have_gone(study: Study, user: User | AnonymousUser) -> QuerySet[Reminder]:
    """Taken by a run that told of them, or that is over for long, and never marked as sent."""
    old = Q(told_of__isnull=False) | Q(claimed__lt=timezone.now() - LATE)
    return messages(study, user).filter(old, sent=None)


@dataclass(frozen=True)
class ByHand:
    """One thing that somebody is to be told by a person: rung, written to, or said."""

    due: Due
    person: Person
    point: ContactPoint | None

    @property
    def cohort(self) -> Cohort:
        return self.due.cohort

    @property
    def session(self) -> Session | None:
        return self.due.about if isinstance(self.due.about, Session) else None

    @property
    def kind(self) -> str:
        return str(Reminder.Kind(self.due.kind).label)


def by_hand(study: Study, user: User | AnonymousUser) -> list[ByHand]:
    """Who is to be told by hand, soonest first: nobody whom `user` works with, since how somebody wishes to
    be reached, and what they were offered, is not for them."""
    groups = list(Cohort.objects.filter(study=study).values_list("pk", flat=True))
    kept = working_with(user, study)
    told = [*due(cohorts=groups), *called_off(cohorts=groups)] if groups else []
    found = [each for each in told if each.person not in kept]
    ways = reaches({each.person for each in found})
    rows = [
        ByHand(each, ways[each.person].person, ways[each.person].person.preferred_contact)
        for each in found
        if each.person in ways and (each.kind == Reminder.Kind.OFF or not ways[each.person].means)
    ]
    return sorted(rows, key=lambda row: (row.cohort.name, row.person.name, row.due.ordinal))


def person_to_tell(study: Study, user: User | AnonymousUser, pk: UUID) -> Person | None:
    """Whom `user` may say they told; nobody they work with."""
    rows = Person.objects.filter(study=study, pk=pk, merged_into=None)
    return rows.exclude(pk__in=working_with(user, study)).first()


@dataclass(frozen=True)
class Ticking:
    """Whether letters go by themselves: when `alongside tick` last ran, and whether that is too long ago."""

    last: Tick | None
    is_late: bool


def ticking(study: Study) -> Ticking:
    last = Tick.objects.first()
    now = timezone.now()
    stands_still = last is None or last.began < now - LATE
    waited_for = stands_still and not settings.DEMONSTRATION and _anybody_waits(study)
    return Ticking(last, waited_for)


def _anybody_waits(study: Study) -> bool:
    now = timezone.now()
    soon = Session.objects.filter(study=study, starts__gt=now, starts__lte=now + AHEAD)
    soon = soon.exclude(state=Session.State.CANCELLED)
    has_place = Q(state=Enrolment.State.ENROLLED, cohort__in=soon.values("cohort"))
    offered = Q(state=Enrolment.State.OFFERED, bundle__expires__gt=now, cohort__study=study)
    return Enrolment.objects.filter(has_place | offered).exists()
