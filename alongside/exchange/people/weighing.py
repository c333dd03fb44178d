"""What bringing in a table of people would do: who is new, who may be there already, and what can't be taken.

Worked out from the study as it is at that moment, and worked out again when it is done.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from alongside.accounts.models import Study
from alongside.exchange.formats.people import Field
from alongside.exchange.models import PeopleFile
from alongside.exchange.people.drafting import Draft, Fault, column_name, read_drafts
from alongside.interviews.reading.shapes import shown
from alongside.people.models import ContactPoint, Standpoint
from alongside.people.queries import (
    Alike,
    Known,
    alike,
    alike_among,
    folded,
    folded_email,
    folded_phone,
    known_people,
    people_by,
)

NEW, OUT, LIKELIEST = "new", "out", "likeliest"
ROW = "row:"
# Of all whom a row may be, this many are shown.
SHOWN = 3


@dataclass(frozen=True)
class Doubt:
    """A row of someone who may be in the study, or in the file, already."""

    draft: Draft
    candidates: tuple[Alike, ...]

    @property
    def row(self) -> int:
        return self.draft.row

    @property
    def seen(self) -> str:
        """What a choice rests on: who there was to choose from."""
        keys = " ".join(sorted(candidate.other.key for candidate in self.candidates))
        return hashlib.sha256(keys.encode()).hexdigest()[:12]

    @property
    def choices(self) -> list[str]:
        return [NEW, OUT, *(candidate.other.key for candidate in self.candidates)]


@dataclass(frozen=True)
class Tie:
    """A row whose person works with another: with another row, or with someone on record."""

    row: int
    other: str
    since: date


@dataclass
class Look:
    """The table against the study. `becomes` says of each decided row what it is: new, out, or whom."""

    drafts: dict[int, Draft]
    faults: list[Fault]
    doubts: dict[int, Doubt]
    not_taken: list[str]
    becomes: dict[int, str] = field(default_factory=dict)
    ties: list[Tie] = field(default_factory=list)

    @property
    def undecided(self) -> list[int]:
        return [row for row in self.doubts if row not in self.becomes]

    @property
    def is_clear(self) -> bool:
        return not self.faults and not self.undecided

    @property
    def new(self) -> list[int]:
        return [row for row, what in self.becomes.items() if what == NEW]

    @property
    def out(self) -> list[int]:
        return [row for row, what in self.becomes.items() if what == OUT]

    @property
    def same(self) -> dict[int, str]:
        return {row: what for row, what in self.becomes.items() if what not in (NEW, OUT)}


Choices = Mapping[int, tuple[str, str]]


def look(study: Study, file: PeopleFile, choices: Choices) -> Look:
    """`choices` has, by row, what was chosen and what it rested on; one that rested on others is void."""
    grid, fields = file.grid, file.fields
    drafts, faults = read_drafts(grid, fields)
    known = known_people(study)
    looked = Look({draft.row: draft for draft in drafts}, faults, _doubts(drafts, known), [])
    looked.not_taken = [
        *grid.not_taken,
        *(
            _("Column “%(column)s”.") % {"column": column_name(grid.header, place)}
            for place in range(len(grid.header))
            if place not in fields
        ),
    ]
    for row in looked.drafts:
        doubt = looked.doubts.get(row)
        chosen, seen = choices.get(row, ("", ""))
        if doubt is None:
            looked.becomes[row] = NEW
        elif seen == doubt.seen:
            chosen = doubt.candidates[0].other.key if chosen == LIKELIEST else chosen
            if chosen in doubt.choices:
                looked.becomes[row] = chosen
    _Ties(looked, known).find()
    return looked


def _doubts(drafts: list[Draft], known: list[Known]) -> dict[int, Doubt]:
    rows = [as_known(draft) for draft in drafts]
    on_record, in_file = alike(rows, known), alike_among(rows)
    found = {}
    for draft, row in zip(drafts, rows, strict=True):
        candidates = (*on_record.get(row.key, ()), *in_file.get(row.key, ()))[:SHOWN]
        if candidates:
            found[draft.row] = Doubt(draft, candidates)
    return found


def as_known(draft: Draft) -> Known:
    person = draft.person
    emails = frozenset({folded_email(person.email)} - {""})
    return Known(f"{ROW}{draft.row}", person.name, emails, frozenset({folded_phone(person.phone)} - {""}))


def root(becomes: Mapping[int, str], row: int) -> str:
    """What a row is in the end: rows that are the same person as an earlier row are followed to it."""
    what = becomes.get(row, "")
    while what.startswith(ROW):
        row = int(what.removeprefix(ROW))
        what = becomes.get(row, "")
    return f"{ROW}{row}" if what == NEW else what


class _Ties:
    """Finds whom each row works with, in the file and in the study, by e-mail or by name."""

    def __init__(self, looked: Look, known: list[Known]) -> None:
        self.looked = looked
        self.by: defaultdict[str, list[str]] = defaultdict(list)
        # Study people are known by their bare id, rows by "row:7".
        for each in (*known, *(as_known(draft) for draft in looked.drafts.values())):
            self.by[folded(each.name)].append(each.key)
            for email in each.emails:
                self.by[email].append(each.key)

    def find(self) -> None:
        days: dict[frozenset[str], tuple[int, date]] = {}
        for draft in self.looked.drafts.values():
            for written in draft.works_with:
                other = self._other(draft, written)
                me = root(self.looked.becomes, draft.row)
                if other is None or draft.since is None or me in (OUT, ""):
                    continue
                row, since = days.setdefault(frozenset({me, other}), (draft.row, draft.since))
                if since != draft.since:
                    told = _("the day that row %(row)s says, %(day)s") % {"row": row, "day": since}
                    self._fault(draft, told, draft.since.isoformat())
                elif row == draft.row:
                    self.looked.ties.append(Tie(draft.row, other, draft.since))

    def _other(self, draft: Draft, written: str) -> str | None:
        """Whom the words mean; None where that can't be said yet, or is at fault."""
        keys = self.by.get(folded_email(written)) or self.by.get(folded(written)) or []
        becomes = self.looked.becomes
        ends = {root(becomes, int(k.removeprefix(ROW))) if k.startswith(ROW) else k for k in keys}
        me = root(becomes, draft.row)
        if not ends:
            self._fault(draft, _("the name or e-mail of someone in the file or in the study"), written)
        elif "" in ends or me == "":
            return None
        elif ends == {OUT}:
            self._fault(draft, _("someone who isn’t left out"), written)
        elif len(ends - {OUT}) > 1:
            self._fault(draft, _("an e-mail address, since several people are called that"), written)
        elif me in ends:
            self._fault(draft, _("somebody other than this person"), written)
        else:
            return next(iter(ends - {OUT}))
        return None

    def _fault(self, draft: Draft, expected: str, came: str) -> None:
        column = draft.column if draft.column else Field.WORKS_WITH.value
        self.looked.faults.append(Fault(draft.row, column, expected, shown(came)))


@dataclass(frozen=True)
class Side:
    """One of those who may be one and the same, as the page shows them beside each other."""

    key: str
    title: str
    name: str
    reached: list[str]
    described: list[str]
    why: list[str]


def sides(study: Study, looked: Look, doubts: Iterable[Doubt]) -> dict[int, list[Side]]:
    """For each doubtful row itself and whom it may be, with what the list of people shows of them."""
    doubts = list(doubts)
    keys = {each.other.key for doubt in doubts for each in doubt.candidates}
    ids = [key for key in keys if not key.startswith(ROW)]
    persons = {str(person.pk): person for person in people_by(study, ids)}

    def side(candidate: Alike) -> Side:
        key = candidate.other.key
        why = candidate.because
        if key.startswith(ROW):
            row = int(key.removeprefix(ROW))
            return _of_draft(looked.drafts[row], key, why)
        person = persons[key]
        reached = [str(point) for point in person.contact_points.all()]
        described = [str(standpoint) for standpoint in person.standpoints.all()]
        return Side(key, _("On record"), person.name, reached, described, why)

    return {
        doubt.row: [_of_draft(doubt.draft, f"{ROW}{doubt.row}"), *map(side, doubt.candidates)]
        for doubt in doubts
    }


def _of_draft(draft: Draft, key: str, why: Sequence[str] = ()) -> Side:
    given = draft.person
    title = _("In the file, row %(row)s") % {"row": draft.row}
    reached = [f"{ContactPoint.Kind(kind).label}: {value}" for kind, value in given.contacts]
    described = [words or str(Standpoint.Kind(kind).label) for kind, words in given.described]
    return Side(key, title, given.name, reached, described, list(why))
