from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.followup.models import (
    Instrument,
    InstrumentVersion,
    Protocol,
    Response,
    Timepoint,
    TimepointInstance,
)
from alongside.followup.queries.doors import may_be_asked
from alongside.followup.windows import place
from alongside.people.models import Participant, Person, Purpose
from alongside.people.queries import barred_participants, behind_firewall, participants_of

SOON = timedelta(days=14)


@dataclass(frozen=True)
class Span:
    """One window as it is drawn: from where, and how wide."""

    opens: date
    due: date
    closes: date
    start: int
    width: int


@dataclass(frozen=True)
class Stage:
    """One timepoint: how many people have it, how many answered, and when it is open."""

    timepoint: Timepoint
    people: int
    answered: int
    open: int
    spans: list[Span]

    @property
    def first_opens(self) -> date:
        return min(span.opens for span in self.spans)

    @property
    def last_closes(self) -> date:
        return max(span.closes for span in self.spans)


@dataclass(frozen=True)
class Timeline:
    """All timepoints that people have dates for, on one line from the first window to the last."""

    stages: list[Stage]
    first: date | None
    last: date | None
    today: int | None


def instances(study: Study, user: User | AnonymousUser) -> QuerySet[TimepointInstance]:
    """Everyone's timepoints, but of those who work with `user`; `is_answered` says whether anything came."""
    given = Response.objects.filter(instance=OuterRef("pk"), submitted__isnull=False)
    rows = TimepointInstance.objects.filter(participant__study=study).annotate(is_answered=Exists(given))
    return behind_firewall(rows, user, "participant")


def count_shown(given: Iterable[TimepointInstance], user: User | AnonymousUser) -> int:
    """How many of the dates that were just given `user` may know of: as many as their timeline gained."""
    barred = set(barred_participants(user))
    return sum(instance.participant_id not in barred for instance in given)


def timeline(study: Study, user: User | AnonymousUser) -> Timeline:
    """Three queries, however many people there are."""
    today = timezone.localdate()
    rows = instances(study, user)
    ends = rows.aggregate(first=Min("opens"), last=Max("closes"))
    first, last = ends["first"], ends["last"]
    if first is None or last is None:
        return Timeline([], None, None, None)
    windows: dict[UUID, list[Span]] = {}
    for pk, opens, due, closes in (
        rows.order_by("opens").values_list("timepoint", "opens", "due", "closes").distinct()
    ):
        windows.setdefault(pk, []).append(_span(opens, due, closes, first, last))
    still_open = Q(opens__lte=today, closes__gte=today, is_answered=False)
    askable = still_open & Q(participant__in=may_be_asked(Purpose.QUESTIONNAIRES))
    counted = (
        rows.order_by()
        .values("timepoint")
        .annotate(
            people=Count("pk", distinct=True),
            answered=Count("pk", filter=Q(is_answered=True), distinct=True),
            open=Count("pk", filter=askable, distinct=True),
        )
    )
    counts = {row["timepoint"]: row for row in counted}
    timepoints = Timepoint.objects.filter(pk__in=counts).select_related("protocol")
    stages = [
        Stage(t, counts[t.pk]["people"], counts[t.pk]["answered"], counts[t.pk]["open"], windows[t.pk])
        for t in timepoints
    ]
    stages.sort(key=lambda stage: (stage.spans[0].due, stage.timepoint.name))
    return Timeline(stages, first, last, place(today, first, last) if first <= today <= last else None)


def _span(opens: date, due: date, closes: date, first: date, last: date) -> Span:
    start = place(opens, first, last)
    return Span(opens, due, closes, start, max(place(closes, first, last) - start, 4))


@dataclass(frozen=True)
class Due:
    """Someone who can be asked, and which sets of questions they have not answered."""

    instance: TimepointInstance
    pending: list[InstrumentVersion]
    person: Person | None

    @property
    def name(self) -> str:
        return self.person.name if self.person else ""

    @property
    def opens_later(self) -> bool:
        return self.instance.opens > timezone.localdate()


def due(study: Study, user: User | AnonymousUser, *, names: bool = False) -> list[Due]:
    """Who can be asked now or within two weeks, by the day their window closes; with names if asked for.

    Only people who agree to questions; five queries at most, however many there are.
    """
    today = timezone.localdate()
    open_soon = instances(study, user).filter(
        opens__lte=today + SOON, closes__gte=today, participant__in=may_be_asked(Purpose.QUESTIONNAIRES)
    )
    rows = list(open_soon.select_related("participant", "timepoint").order_by("closes", "participant__code"))
    versions = current_versions(study)
    given = set(
        Response.objects.filter(instance__in=[row.pk for row in rows]).values_list(
            "instance", "version__instrument"
        )
    )
    known = people_behind(study, {row.participant_id for row in rows}) if names and rows else {}
    found = [
        Due(
            row,
            [version for version in versions if (row.pk, version.instrument_id) not in given],
            known.get(row.participant_id),
        )
        for row in rows
    ]
    return [each for each in found if each.pending]


def people_behind(study: Study, wanted: set[UUID]) -> dict[UUID, Person]:
    """People by participant, for whoever may see identities. Crosses the bridge once for all of them."""
    people = {person.pk: person for person in Person.objects.filter(study=study, merged_into=None)}
    codes: dict[UUID, Participant] = participants_of(list(people.values()))
    return {code.pk: people[person] for person, code in codes.items() if code.pk in wanted}


def current_versions(study: Study) -> list[InstrumentVersion]:
    """The newest version of each set of questions."""
    newest: dict[UUID, InstrumentVersion] = {}
    rows = InstrumentVersion.objects.filter(instrument__study=study).select_related("instrument")
    for version in rows.order_by("instrument__name", "number"):
        newest[version.instrument_id] = version
    return list(newest.values())


def newest_version(instrument: Instrument) -> InstrumentVersion | None:
    return instrument.versions.order_by("-number").prefetch_related("items").first()


def protocols(study: Study) -> QuerySet[Protocol]:
    return Protocol.objects.filter(study=study).prefetch_related("timepoints").order_by("name")


def timepoints(study: Study) -> QuerySet[Timepoint]:
    return (
        Timepoint.objects.filter(protocol__study=study)
        .select_related("protocol")
        .order_by("protocol", "name")
    )


def instruments(study: Study) -> QuerySet[Instrument]:
    rows = Instrument.objects.filter(study=study).select_related("attested_by")
    return rows.prefetch_related("versions__items").order_by("name")


def stage_now(stages: Iterable[Stage]) -> Stage | None:
    """The timepoint to speak of: one that is open, else the last that has begun, else the first."""
    today = timezone.localdate()
    in_order = list(stages)
    is_open = [s for s in in_order if any(span.opens <= today <= span.closes for span in s.spans)]
    begun = [s for s in in_order if s.first_opens <= today]
    return next(iter(is_open or begun[-1:] or in_order), None)
