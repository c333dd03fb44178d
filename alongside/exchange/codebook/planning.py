"""A codebook of a file beside the one that is here: what is new, what is known, what stays behind."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.accounts.models import Study, User
from alongside.analysis.actions import BroughtCode
from alongside.analysis.models import CODE_LABELS, COLOUR_NAMES, Code
from alongside.analysis.queries import UNDER, code_paths, codes_seen, open_words
from alongside.exchange.formats.codebooks import WORDS, CodebookFile, Entry
from alongside.interviews.preparing import said
from alongside.web.merging import Clash


@dataclass(frozen=True)
class Wording:
    """One trait that the file has otherwise than the codebook here; `fills` says that it is empty here."""

    trait: str
    here: str
    brought: str

    @property
    def label(self) -> str:
        return str(CODE_LABELS.get(self.trait) or {"name": _("Name"), "colour": _("Colour")}[self.trait])

    @property
    def fills(self) -> bool:
        return not self.here

    @property
    def words(self) -> Clash:
        return Clash.between(self._shown(self.here), self._shown(self.brought))

    def _shown(self, value: str) -> str:
        return str(COLOUR_NAMES[int(value)]) if self.trait == "colour" else value


@dataclass(frozen=True)
class Known:
    """A code that is here already, and what the file says otherwise."""

    code: Code
    path: str
    wordings: list[Wording]


@dataclass
class Plan:
    """What bringing a file in would do. `refused` are sentences for which nothing is taken."""

    new: list[BroughtCode] = field(default_factory=list)
    paths: dict[str, str] = field(default_factory=dict)
    known: list[Known] = field(default_factory=list)
    not_taken: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def new_paths(self) -> list[str]:
        return [self.paths[code.key] for code in self.new]

    @property
    def filled(self) -> list[Known]:
        """Known codes that lack something which the file has."""
        return [each for each in self.known if any(wording.fills for wording in each.wordings)]

    @property
    def reworded(self) -> list[Known]:
        """Known codes of which the file says something else."""
        return [each for each in self.known if any(not wording.fills for wording in each.wordings)]

    def changes(self, *, take_over: bool) -> dict[UUID, dict[str, str | int]]:
        """What to write into known codes: only what is missing, or whatever the file says."""
        found: dict[UUID, dict[str, str | int]] = {}
        for each in self.known:
            taken = {
                wording.trait: int(wording.brought) if wording.trait == "colour" else wording.brought
                for wording in each.wordings
                if wording.fills or take_over
            }
            if taken:
                found[each.code.pk] = taken
        return found

    @property
    def seal(self) -> str:
        """The same as long as bringing the file in would do the same."""
        held = [
            [[code.key, str(code.above), code.name] for code in self.new],
            [
                [str(each.code.pk), [[w.trait, w.here, w.brought] for w in each.wordings]]
                for each in self.known
            ],
            self.refused,
        ]
        return hashlib.sha256(json.dumps(held).encode()).hexdigest()


def plan(study: Study, user: User, file: CodebookFile) -> Plan:
    seen = codes_seen(study, user)
    codes = {code.pk: code for code in seen}
    elsewhere = Code.objects.filter(pk__in=_ids(file)).exclude(pk__in=codes)
    taken = set(elsewhere.values_list("pk", flat=True))
    paths = code_paths(study, seen)
    places = {(code.parent_id, code.name): code for code in codes.values()}
    planned = Plan(not_taken=[said(sentence) for sentence in file.not_taken])
    met: dict[str, Code] = {}
    for entry in file.entries:
        above = met.get(entry.above)
        known = _met(entry, codes, places, above.pk if above else None)
        if known is None:
            planned.new.append(_brought(entry, above, taken))
            over = paths[above.pk] if above else planned.paths.get(entry.above, "")
            planned.paths[entry.key] = f"{over}{UNDER}{entry.name}" if over else entry.name
            continue
        if any(each.code.pk == known.pk for each in planned.known):
            told = {"name": paths[known.pk]}
            planned.refused.append(_("Two codes of the file are “%(name)s” here.") % told)
        met[entry.key] = known
        wordings = list(_wordings(entry, known, open_words(study, user, known.example)))
        planned.known.append(Known(known, paths[known.pk], wordings))
        planned.not_taken += _left(entry, known, above, paths)
    return planned


def _ids(file: CodebookFile) -> list[UUID]:
    return [pk for entry in file.entries if (pk := as_id(entry.key))]


def as_id(key: str) -> UUID | None:
    try:
        return UUID(key) if len(key) == 36 else None
    except ValueError:
        return None


def _met(
    entry: Entry,
    codes: dict[UUID, Code],
    places: dict[tuple[UUID | None, str], Code],
    above: UUID | None,
) -> Code | None:
    """The code here that an entry speaks of: by its id, or by where it stands and what it is called."""
    pk = as_id(entry.key)
    if pk in codes:
        return codes[pk]
    if entry.above and above is None:
        return None
    return places.get((above, entry.name))


def _brought(entry: Entry, above: Code | None, taken: set[UUID]) -> BroughtCode:
    pk = as_id(entry.key)
    return BroughtCode(
        key=entry.key,
        above=above.pk if above else entry.above or None,
        name=entry.name,
        colour=entry.colour,
        retired=entry.retired,
        pk=None if pk in taken else pk,
        words=entry.words,
    )


def _wordings(entry: Entry, code: Code, example: str) -> Iterator[Wording]:
    """`example` is as much of the code's as whoever brings the file may read."""
    brought = {"name": entry.name, **entry.words}
    for trait in ("name", *WORDS):
        here = (example if trait == "example" else str(getattr(code, trait))).replace("\r\n", "\n").strip()
        if brought.get(trait) and brought[trait].replace("\r\n", "\n").strip() != here:
            yield Wording(trait, here, brought[trait])
    if entry.colour and entry.colour != code.colour:
        yield Wording("colour", str(code.colour), str(entry.colour))


def _left(entry: Entry, code: Code, above: Code | None, paths: dict[UUID, str]) -> Iterator[str]:
    if code.parent_id != (above.pk if above else None):
        yield _("“%(name)s” stands elsewhere in the file. It stays where it is here.") % {
            "name": paths[code.pk]
        }
    if entry.retired and code.retired is None:
        yield _("“%(name)s” is out of use in the file. It stays in use here.") % {"name": paths[code.pk]}
    if code.retired and not entry.retired:
        yield _("“%(name)s” is in use in the file. It stays out of use here.") % {"name": paths[code.pk]}
