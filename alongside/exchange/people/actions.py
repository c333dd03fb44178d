from collections.abc import Generator, Mapping
from dataclasses import replace
from typing import cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from alongside.accounts.models import Study, User
from alongside.audit.actions import record
from alongside.exchange.formats.people import Field, Grid, match, read_people
from alongside.exchange.formats.rows import TableError
from alongside.exchange.models import Import, PeopleFile
from alongside.exchange.people.bringing import Progress, bring, refuse_unclear
from alongside.exchange.people.weighing import Choices, look
from alongside.exchange.queries import old_people_files
from alongside.interviews.preparing import said
from alongside.interviews.reading.shapes import shown


@transaction.atomic
def keep_people_file(*, by: User, study: Study, name: str, data: bytes) -> PeopleFile:
    """Read a table of people and keep what stands in it until it is brought in, thrown away, or a day old."""
    try:
        grids = read_people(name, data)
    except TableError as error:
        raise ValidationError([said(problem) for problem in error.problems]) from error
    told = [replace(grid, not_taken=tuple(said(each) for each in grid.not_taken)) for grid in grids]
    file = PeopleFile(study=study, user=by, format="xlsx" if data.startswith(b"PK") else "csv")
    file.put_away(shown(name, 120), told)
    file.save()
    record(by=by, verb="keep_people_file", on=file)
    return file


@transaction.atomic
def match_columns(*, by: User, file: PeopleFile, sheet: int, columns: Mapping[int, Field]) -> None:
    """Say which column holds what. What was chosen by row before doesn't hold any more."""
    file.sheet, file.choices = sheet, {}
    file.columns = {str(place): field.value for place, field in columns.items()}
    file.save(update_fields=["sheet", "columns", "choices"])
    record(by=by, verb="match_columns", on=file, fields=["columns"])


@transaction.atomic
def choose_people(*, by: User, file: PeopleFile, choices: Choices) -> None:
    """Keep what was chosen for rows of people who may be known, beside what was chosen before."""
    file.choices = {**file.choices, **{str(row): list(chosen) for row, chosen in choices.items()}}
    file.save(update_fields=["choices"])
    record(by=by, verb="choose_people", on=file, fields=["choices"])


@transaction.atomic
def forget_people_file(*, by: User, file: PeopleFile) -> None:
    record(by=by, verb="forget_people_file", on=file)
    file.delete()


def forget_old_people_files() -> int:
    """Nobody finished them within their day, so they go. Looking costs no lock."""
    return _forget_old() if old_people_files().exists() else 0


@transaction.atomic
def _forget_old() -> int:
    old = list(old_people_files().defer("closed"))
    for file in old:
        record(by=None, verb="forget_people_file", on=file)
        file.delete()
    return len(old)


def importing(*, by: User, file: PeopleFile) -> Generator[Progress, None, Import]:
    """Bring in the table as it was matched and decided: all of it, or nothing and why.

    Everything is weighed again against the study as it is now, so that somebody added meanwhile isn't added
    twice. It tells how far it has come; closed before its end, it has done nothing.
    """
    with transaction.atomic():
        study = Study.objects.select_for_update(no_key=True).get(pk=file.study_id)
        if not PeopleFile.objects.select_for_update().filter(pk=file.pk).exists():
            raise ValidationError(_("This table was brought in, or thrown away, already."))
        looked = look(study, file, file.chosen)
        refuse_unclear(looked)
        brought = yield from bring(by, study, looked, file.format)
        file.delete()
    return brought


def import_people(*, by: User, file: PeopleFile) -> Import:
    """The same in one go."""
    steps = importing(by=by, file=file)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return cast(Import, end.value)


@transaction.atomic
def import_whole_table(*, by: User, study: Study, name: str, data: bytes) -> Import:
    """For the command line: a table with one sheet whose every row is someone new, or nothing."""
    file = keep_people_file(by=by, study=study, name=name, data=data)
    if len(file.grids) > 1:
        raise ValidationError(_("The workbook has several sheets. Leave the one with people in it."))
    match_columns(by=by, file=file, sheet=0, columns=match_or_refuse(file.grid))
    return import_people(by=by, file=file)


def match_or_refuse(grid: Grid) -> dict[int, Field]:
    columns = match(grid.header)
    if Field.NAME not in columns.values():
        raise ValidationError(
            _("A column “name” was expected, these came: %(columns)s.") % {"columns": ", ".join(grid.header)}
        )
    return columns
