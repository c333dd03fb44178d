"""Courses and their versions. Groups keep the version that they opened on."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.accounts.models import Study
from alongside.audit.actions import Actor, record
from alongside.training.actions.calendars import raise_sequence
from alongside.training.models import Cohort, Material, Part, Programme
from alongside.training.typed import Outlined


@transaction.atomic
def create_programme(
    *,
    by: Actor | None,
    study: Study,
    title: str,
    aims: str = "",
    licence: str = "",
    parts: Sequence[Outlined] = (),
    at: datetime | None = None,
) -> Programme:
    """The first version of a course."""
    title = title.strip()
    if Programme.objects.filter(study=study, title=title).exists():
        raise ValidationError(_called_so(title))
    programme = Programme(study=study, title=title, aims=aims.strip(), licence=licence.strip())
    programme.made = at or programme.made
    programme.full_clean()
    programme.save()
    _write_outline(programme, parts)
    record(by=by, verb="create_programme", on=programme, fields=["title", "aims", "licence", "parts"])
    return programme


@transaction.atomic
def make_next_version(
    *,
    by: Actor | None,
    programme: Programme,
    aims: str = "",
    licence: str = "",
    parts: Sequence[Outlined] = (),
    note: str = "",
    at: datetime | None = None,
) -> Programme:
    """The version after the newest of this course, with its materials. Groups keep the one they had."""
    newest = _locked_versions(programme)[-1]
    made = Programme(
        study_id=newest.study_id,
        title=newest.title,
        version=newest.version + 1,
        aims=aims.strip(),
        licence=licence.strip(),
        note=note.strip(),
        made=at or timezone.now(),
    )
    made.full_clean()
    made.save()
    _write_outline(made, parts)
    _take_materials_along(newest, made)
    record(by=by, verb="make_next_version", on=made, fields=["aims", "licence", "note", "parts", "version"])
    return made


@transaction.atomic
def change_programme(
    *,
    by: Actor | None,
    programme: Programme,
    title: str,
    aims: str = "",
    licence: str = "",
    parts: Sequence[Outlined] = (),
) -> Programme:
    """Change a version that no group has opened on. A new title is the title of all its versions."""
    versions = _locked_versions(programme)
    programme = next(version for version in versions if version.pk == programme.pk)
    refuse_once_opened(programme)
    title, before = title.strip(), programme.title
    others = Programme.objects.filter(study=programme.study_id, title=title).exclude(title=before)
    if others.exists():
        raise ValidationError(_called_so(title))
    programme.title, programme.aims, programme.licence = title, aims.strip(), licence.strip()
    programme.full_clean()
    Programme.objects.filter(study=programme.study_id, title=before).update(title=title)
    programme.save()
    _write_outline(programme, parts)
    if title != before:
        for cohort in Cohort.objects.filter(programme__in=versions):
            raise_sequence(cohort)
    record(by=by, verb="change_programme", on=programme, fields=["title", "aims", "licence", "parts"])
    return programme


def refuse_once_opened(programme: Programme) -> None:
    """What a group has opened on stays as it is; `programme` is locked."""
    if programme.cohorts.exists():
        raise ValidationError(
            _(
                "A group has opened on version %(version)s, so it stays as it is. "
                "Make the next version, and change that."
            )
            % {"version": programme.version}
        )


def _called_so(title: str) -> str:
    return _("There is a course called “%(title)s” already. Open it to make its next version.") % {
        "title": title
    }


def _locked_versions(programme: Programme) -> list[Programme]:
    """Every version of the course, oldest first, so that two next ones come one after the other."""
    title = Programme.objects.filter(pk=programme.pk).values("title")
    rows = Programme.objects.filter(study=programme.study_id, title__in=title)
    return list(rows.select_for_update().order_by("version"))


def _write_outline(programme: Programme, parts: Sequence[Outlined]) -> None:
    """The parts in their order. What belonged to a part stays with the one of that title."""
    before = {part.title: part.pk for part in programme.parts.all()}
    kept = dict(Material.objects.filter(programme=programme, part__isnull=False).values_list("pk", "part_id"))
    programme.parts.all().delete()
    now = {}
    for number, outlined in enumerate(parts, start=1):
        part = Part(
            programme=programme, number=number, title=outlined.title.strip(), about=outlined.about.strip()
        )
        part.full_clean()
        part.save()
        now[before.get(part.title)] = part
    for material, was in kept.items():
        Material.objects.filter(pk=material).update(part=now.get(was))


def _take_materials_along(older: Programme, newer: Programme) -> None:
    parts = {part.title: part for part in newer.parts.all()}
    for material in older.materials.select_related("part"):
        part = parts.get(material.part.title) if material.part else None
        material.pk, material.programme, material.part = None, newer, part
        material.save(force_insert=True)
