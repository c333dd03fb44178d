"""What everyone may read of a study's courses: no name, and no number of people."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from itertools import groupby

from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.accounts.models import Study
from alongside.accounts.queries import NOT_HERE
from alongside.training.models import Cohort, Enrolment, Place, Programme, Prospectus, Session, Term
from alongside.training.queries.places import holding_places


class Openness(StrEnum):
    """How a group stands to whoever would like a place, in words alone."""

    FREE = "free"
    WAITING = "waiting"
    CLOSED = "closed"

    @property
    def words(self) -> str:
        return str(WORDS[self])


WORDS = {
    Openness.FREE: _("There are places"),
    Openness.WAITING: _("There is a waiting list"),
    Openness.CLOSED: _("Closed"),
}


@dataclass(frozen=True)
class Slot:
    """Days on which a group meets at one time of one weekday, by the clocks where it meets."""

    starts: time
    ends: time
    days: list[date]


@dataclass(frozen=True)
class Listed:
    """A group as the prospectus tells of it."""

    cohort: Cohort
    sessions: list[Session]
    openness: Openness

    @property
    def is_open(self) -> bool:
        return self.openness != Openness.CLOSED

    @property
    def slots(self) -> list[Slot]:
        days: dict[tuple[int, time, time], list[date]] = defaultdict(list)
        for session in self.sessions:
            starts, ends = session.local_start, session.local_end
            days[starts.weekday(), starts.time(), ends.time()].append(starts.date())
        return [Slot(starts, ends, on) for (_weekday, starts, ends), on in days.items()]

    @property
    def zone(self) -> str:
        """Whose clocks, where they are not those of the rest: “Dublin” of Europe/Dublin."""
        if self.cohort.time_zone == settings.TIME_ZONE:
            return ""
        return self.cohort.time_zone.rpartition("/")[2].replace("_", " ")


@dataclass(frozen=True)
class ListedCourse:
    programme: Programme
    groups: list[Listed]


@dataclass(frozen=True)
class ListedTerm:
    """A term with its courses; without one, what is offered in no term."""

    term: Term | None
    courses: list[ListedCourse]


@dataclass(frozen=True)
class Offer:
    """The prospectus whole: the study's words, its terms, and the places that are named in them."""

    prospectus: Prospectus
    study: Study
    terms: list[ListedTerm]
    places: list[Place]


def prospectus_of(study: Study) -> Prospectus:
    """The study's prospectus; one that nobody has written yet is empty and closed."""
    return Prospectus.objects.filter(study=study).first() or Prospectus(study=study)


def public_prospectus(slug: str) -> Offer:
    """The door for everyone: one that is closed is not there, as is a study that is not."""
    prospectus = Prospectus.objects.filter(study__slug=slug, is_open=True).select_related("study").first()
    if prospectus is None:
        raise Http404(NOT_HERE)
    return offer_of(prospectus)


def offer_of(prospectus: Prospectus) -> Offer:
    """In four queries, however many groups and sessions there are."""
    groups = _groups(prospectus.study)
    terms = [
        ListedTerm(term, _by_course(list(of_term)))
        for term, of_term in groupby(groups, key=lambda listed: listed.cohort.term)
    ]
    places = {listed.cohort.place for listed in groups if listed.cohort.place}
    in_order = sorted(places, key=lambda place: place.name)
    return Offer(prospectus, prospectus.study, terms, in_order)


def _by_course(groups: list[Listed]) -> list[ListedCourse]:
    courses: dict[Programme, list[Listed]] = defaultdict(list)
    for listed in groups:
        courses[listed.cohort.programme].append(listed)
    return [ListedCourse(programme, courses[programme]) for programme in courses]


def _groups(study: Study) -> list[Listed]:
    """Groups that are listed and not over: by term, then course, then name."""
    cohorts = list(_coming(study))
    sessions: dict[object, list[Session]] = defaultdict(list)
    held = Session.objects.filter(cohort__in=cohorts).exclude(state=Session.State.CANCELLED)
    by_pk = {cohort.pk: cohort for cohort in cohorts}
    for session in held.order_by("starts"):
        session.cohort = by_pk[session.cohort_id]
        sessions[session.cohort_id].append(session)
    holding = Enrolment.objects.filter(holding_places(), cohort__in=cohorts).order_by()
    taken = dict(holding.values_list("cohort").annotate(count=Count("pk")))
    return [
        Listed(cohort, sessions[cohort.pk], _openness(cohort, taken.get(cohort.pk, 0), sessions[cohort.pk]))
        for cohort in cohorts
    ]


def _coming(study: Study) -> QuerySet[Cohort]:
    held = ~Q(sessions__state=Session.State.CANCELLED)
    rows = Cohort.objects.filter(study=study, listed=True).annotate(over=Max("sessions__ends", filter=held))
    rows = rows.filter(Q(over=None) | Q(over__gte=timezone.now()))
    return rows.select_related("programme", "term", "place").order_by(
        "term__starts", "term__name", "programme__title", "programme__version", "name"
    )


def _openness(cohort: Cohort, taken: int, sessions: list[Session]) -> Openness:
    """Closed after the last day for asking, by the group's calendar; or once its last session began."""
    today = timezone.localdate(timezone=cohort.zone)
    begun = bool(sessions) and sessions[-1].starts <= timezone.now()
    if begun or (cohort.apply_until and cohort.apply_until < today):
        return Openness.CLOSED
    return Openness.FREE if taken < cohort.capacity else Openness.WAITING
