"""Courses, what changed from version to version, and what belongs to them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from alongside.accounts.models import Study
from alongside.people.models import Person
from alongside.training.models import Cohort, Enrolment, Material, Part, Programme, Session
from alongside.web.merging import Clash


@dataclass(frozen=True)
class Course:
    """All versions of a course, newest first, and the groups that took any of them."""

    versions: list[Programme]
    cohorts: list[Cohort]

    @property
    def newest(self) -> Programme:
        return self.versions[0]


def courses(study: Study) -> list[Course]:
    """In two queries, however many there are."""
    versions: dict[str, list[Programme]] = defaultdict(list)
    for programme in Programme.objects.filter(study=study).order_by("title", "-version"):
        versions[programme.title].append(programme)
    groups: dict[str, list[Cohort]] = defaultdict(list)
    for cohort in Cohort.objects.filter(study=study).select_related("programme").order_by("name"):
        groups[cohort.programme.title].append(cohort)
    return [Course(found, groups[title]) for title, found in versions.items()]


@dataclass(frozen=True)
class Altered:
    """Words of a course beside those of the version before."""

    what: str
    words: Clash


@dataclass(frozen=True)
class Named:
    """Something that came or went between two versions."""

    name: str
    kind: str


@dataclass(frozen=True)
class Version:
    """One version: who took it, and what it changed in the one before."""

    programme: Programme
    cohorts: list[Cohort]
    altered: list[Altered]
    came_and_went: list[Named]
    is_first: bool

    @property
    def changed_nothing(self) -> bool:
        return not (self.is_first or self.altered or self.came_and_went)


def course_versions(programme: Programme) -> list[Version]:
    """Every version of a course, newest first, in four queries however many there are."""
    rows = Programme.objects.filter(study=programme.study_id, title=programme.title)
    rows = rows.prefetch_related("parts", "materials", "cohorts")
    newest_first = list(rows.order_by("-version"))
    older: list[Programme | None] = [*newest_first[1:], None]
    return [_version(newer, before) for newer, before in zip(newest_first, older, strict=True)]


def _version(newer: Programme, older: Programme | None) -> Version:
    groups = sorted(newer.cohorts.all(), key=lambda cohort: cohort.name)
    if older is None:
        return Version(newer, groups, [], [], is_first=True)
    altered = [
        Altered(what, Clash.between(before, now))
        for what, before, now in (
            (_("Aims"), older.aims, newer.aims),
            (_("Licence"), older.licence, newer.licence),
            *_retold(older, newer),
        )
        if before != now
    ]
    parts = _came_and_went([part.title for part in older.parts.all()], [p.title for p in newer.parts.all()])
    things = _came_and_went(
        [m.title for m in older.materials.all()], [m.title for m in newer.materials.all()]
    )
    return Version(newer, groups, altered, [*parts, *things], is_first=False)


def _retold(older: Programme, newer: Programme) -> Iterable[tuple[str, str, str]]:
    before = {part.title: part.about for part in older.parts.all()}
    for part in newer.parts.all():
        if part.title in before:
            yield str(part), before[part.title], part.about


def _came_and_went(before: list[str], now: list[str]) -> list[Named]:
    came = [Named(name, "added") for name in now if name not in before]
    return came + [Named(name, "gone") for name in before if name not in now]


def newest_version(programme: Programme) -> Programme:
    rows = Programme.objects.filter(study=programme.study_id, title=programme.title)
    return rows.order_by("-version")[0]


def parts_of(programme: Programme) -> QuerySet[Part]:
    return Part.objects.filter(programme=programme).prefetch_related("materials").order_by("number")


def materials_for(of: Session | Programme, *, learners_only: bool = False) -> QuerySet[Material]:
    """What belongs to a course, or to one session of a group: of its part, and of the whole course."""
    if isinstance(of, Programme):
        rows = Material.objects.filter(programme=of)
    else:
        rows = Material.objects.filter(Q(part=None) | Q(part=of.part_id), programme=of.cohort.programme_id)
    rows = rows.filter(for_learners=True) if learners_only else rows
    return rows.select_related("part").order_by("part__number", "title")


def own_materials(person: Person) -> QuerySet[Material]:
    """What a person may take: of each course that they have a place in, what is for learners; of each
    that they lead a session of, everything."""
    takes = Cohort.objects.filter(enrolments__person=person, enrolments__state=Enrolment.State.ENROLLED)
    leads = Cohort.objects.filter(sessions__facilitations__person=person)
    theirs = Q(programme__in=takes.values("programme"), for_learners=True)
    return Material.objects.filter(theirs | Q(programme__in=leads.values("programme")))
