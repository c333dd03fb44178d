"""Rows of a table of people as people who could be added, and of each cell that can't be taken, why not."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from alongside.exchange.formats.people import Field, Grid, letters, plain
from alongside.interviews.reading.shapes import shown
from alongside.people.actions import NewPerson
from alongside.people.models import Standpoint, known_time_zone

Kind = Standpoint.Kind
APART = re.compile(r"[;|\n]")
# The errors that spreadsheets write where a formula has no answer.
NO_ANSWER = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!)")
PHONE = re.compile(r"(?=(?:\D*\d){5})[\d\s()+./x-]+(?:ext\.?\s*\d+)?", re.IGNORECASE)
DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y")
LONGEST = {
    Field.NAME: 120,
    Field.EMAIL: 300,
    Field.PHONE: 40,
    Field.POST: 300,
    Field.OWN_WORDS: 200,
    Field.ADJUSTMENTS: 300,
    Field.WORKS_WITH: 300,
}
SAID: dict[str, tuple[str, ...]] = {
    Kind.USES_SERVICES: ("person who uses services", "uses services", "service user"),
    Kind.PRACTITIONER: ("practitioner", "staff", "worker", "professional"),
    Kind.CARER: ("carer", "carer family or friend", "family", "friend", "relative"),
    Kind.PEER_TRAINER: ("peer trainer", "peer", "peer worker"),
}
STANDPOINTS = {plain(said): kind for kind, ways in SAID.items() for said in (kind, *ways)}


@dataclass(frozen=True)
class Fault:
    """A cell that can't be taken: where it stands, what was expected, and what came."""

    row: int
    column: str
    expected: str
    came: str

    def __str__(self) -> str:
        return _("Row %(row)s, column “%(column)s”: %(expected)s was expected, “%(came)s” came.") % {
            "row": self.row,
            "column": self.column,
            "expected": self.expected,
            "came": self.came,
        }


@dataclass(frozen=True)
class Draft:
    """A row as a person who could be added, and whom they work with, as it was written."""

    row: int
    person: NewPerson
    works_with: tuple[str, ...] = ()
    since: date | None = None
    column: str = ""


def column_name(header: tuple[str, ...], place: int) -> str:
    return header[place] or _("without a name, %(letter)s") % {"letter": letters(place)}


def read_drafts(grid: Grid, columns: Mapping[int, Field]) -> tuple[list[Draft], list[Fault]]:
    """A draft of every row, or the faults of a row in its stead."""
    drafts: list[Draft] = []
    faults: list[Fault] = []
    for row, cells in grid.rows:
        reader = _Row(row, cells, grid.header, columns)
        if not reader.is_empty:
            draft = reader.draft()
            faults += reader.faults
            drafts += [] if reader.faults else [draft]
    return drafts, faults


class _Row:
    """One row being read, with what is wrong in it."""

    def __init__(
        self, row: int, cells: tuple[str, ...], header: tuple[str, ...], columns: Mapping[int, Field]
    ) -> None:
        self.row, self.faults = row, list[Fault]()
        self._given: dict[Field, list[tuple[str, str]]] = {}
        for place, field in sorted(columns.items()):
            if place < len(cells) and cells[place]:
                self._given.setdefault(field, []).append((column_name(header, place), cells[place]))
            elif field is Field.NAME:
                self._name_column = column_name(header, place)
        for title, cell in (pair for given in self._given.values() for pair in given):
            self._check(title, cell)

    @property
    def is_empty(self) -> bool:
        return not self._given

    def draft(self) -> Draft:
        names = self._pieces(Field.WORKS_WITH)
        since = self._day(Field.SINCE)
        if names and since is None and Field.SINCE not in self._given:
            self.fault(self._column(Field.WORKS_WITH), _("a day since when they work together"), "")
        return Draft(self.row, self._person(), tuple(names), since, self._column(Field.WORKS_WITH))

    def _person(self) -> NewPerson:
        name = self._one(Field.NAME)
        if not name:
            self.fault(getattr(self, "_name_column", Field.NAME.value), _("a name"), "")
        return NewPerson(
            name=name,
            email=self._email(),
            phone=self._phone(),
            post=self._one(Field.POST),
            language=self._language(),
            time_zone=self._time_zone(),
            standpoints=tuple(dict.fromkeys(self._standpoints())),
            own_words=self._one(Field.OWN_WORDS),
            adjustments=tuple(dict.fromkeys(self._pieces(Field.ADJUSTMENTS))),
        )

    def fault(self, column: str, expected: str, came: str) -> None:
        self.faults.append(Fault(self.row, column, expected, shown(came)))

    def _check(self, title: str, cell: str) -> None:
        if NO_ANSWER.fullmatch(cell):
            self.fault(title, _("a value that the formula could work out"), cell)

    def _column(self, field: Field) -> str:
        return self._given[field][0][0] if field in self._given else field.value

    def _cell(self, field: Field) -> str:
        return self._given[field][0][1] if field in self._given else ""

    def _one(self, field: Field) -> str:
        text = " ".join(self._cell(field).split())
        return self._short(field, self._column(field), text)

    def _pieces(self, field: Field) -> list[str]:
        return [
            self._short(field, title, piece.strip())
            for title, cell in self._given.get(field, [])
            for piece in APART.split(cell)
            if piece.strip()
        ]

    def _short(self, field: Field, title: str, text: str) -> str:
        most = LONGEST.get(field, 300)
        if len(text) > most or "\0" in text:
            self.fault(title, _("a text of at most %(most)s characters") % {"most": most}, text)
        return text

    def _email(self) -> str:
        email = self._one(Field.EMAIL)
        try:
            if email:
                validate_email(email)
        except ValidationError:
            self.fault(self._column(Field.EMAIL), _("an e-mail address"), email)
        return email

    def _phone(self) -> str:
        phone = self._one(Field.PHONE)
        if phone and not PHONE.fullmatch(phone):
            self.fault(self._column(Field.PHONE), _("a phone number"), phone)
        return phone

    def _language(self) -> str:
        said = self._one(Field.LANGUAGE)
        code = language_code(said) if said else settings.LANGUAGE_CODE
        if code is None:
            self.fault(self._column(Field.LANGUAGE), _("a language, such as English or cy"), said)
        return code or settings.LANGUAGE_CODE

    def _time_zone(self) -> str:
        zone = self._one(Field.TIME_ZONE)
        try:
            if zone:
                known_time_zone(zone)
        except ValidationError:
            self.fault(self._column(Field.TIME_ZONE), _("a time zone such as Europe/London"), zone)
        return zone or settings.TIME_ZONE

    def _standpoints(self) -> Iterator[str]:
        for title, cell in self._given.get(Field.STANDPOINTS, []):
            whole = STANDPOINTS.get(plain(cell))
            for piece in [cell] if whole else APART.split(cell):
                kind = STANDPOINTS.get(plain(piece))
                if kind:
                    yield kind
                elif piece.strip():
                    ways = "; ".join(str(each.label) for each in Kind if each is not Kind.OWN_WORDS)
                    told = _("one of these (other words go in “own words”): %(ways)s") % {"ways": ways}
                    self.fault(title, told, piece)

    def _day(self, field: Field) -> date | None:
        cell = self._cell(field)
        for form in DAYS if cell else ():
            try:
                return datetime.strptime(cell, form).date()
            except ValueError:
                continue
        if cell:
            self.fault(self._column(field), _("a day such as 2024-05-31 or 31/05/2024"), cell)
        return None


def language_code(said: str) -> str | None:
    """The code of a language by its code, its English name or its own name."""
    wanted = said.strip().casefold()
    for code, name in settings.LANGUAGES:
        if wanted in (code, str(name).casefold(), code.partition("-")[0]):
            return code
    for code, info in LANG_INFO.items():
        if wanted in (code, info.get("name", "").casefold(), info.get("name_local", "").casefold()):
            return code
    return None
