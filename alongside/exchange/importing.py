"""Tables of codings to rows of the study: every name found or made, every span checked, or nothing stored."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from alongside.accounts.actions import name_coder
from alongside.accounts.models import Study, User
from alongside.accounts.queries import members
from alongside.analysis.actions import NewCoding, add_code, take_codings
from alongside.analysis.models import Code
from alongside.analysis.queries import code_paths
from alongside.exchange.formats.rows import PARENT, CodingRow, TableError, code_path, place
from alongside.exchange.formats.tables import read_codings
from alongside.interviews.models import Revision, Turn
from alongside.interviews.preparing import said
from alongside.interviews.queries import transcripts_open_to, transcripts_unasked

MOST_FAULTS = 20


@dataclass(frozen=True)
class Taken:
    """What a table brought: new codings, those that stood already, new codes and coders, columns left out."""

    new: int
    known: int
    codes: list[str]
    coders: list[str]
    ignored_columns: tuple[str, ...]


@dataclass
class _Finder:
    """Finds each row's transcript, words, code and coder, making the codes and coders that are new."""

    study: Study
    by: User
    revisions: dict[str, Revision]
    unasked: set[str] = field(default_factory=set)
    turns: dict[int, dict[int, Turn]] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)
    coders: dict[str, User] = field(default_factory=dict)
    new_codes: list[str] = field(default_factory=list)
    new_coders: list[str] = field(default_factory=list)

    def coding(self, row: CodingRow) -> NewCoding:
        revision = self.revisions.get(row.transcript)
        if revision is None and row.transcript in self.unasked:
            raise ValueError(
                _("Open “%(name)s” first, and say whether you know who speaks in it.")
                % {"name": row.transcript}
            )
        if revision is None:
            raise ValueError(_("There is no transcript “%(name)s” in this study.") % {"name": row.transcript})
        turn = self._turn(revision, row.turn) if row.turn else None
        low, high = (turn.start, turn.end) if turn else (0, revision.length)
        start, end = place(row, revision.text[low:high])
        return NewCoding(revision, self._code(row), self._coder(row.coder), low + start, low + end, row.memo)

    def _turn(self, revision: Revision, number: int) -> Turn:
        if revision.pk not in self.turns:
            self.turns[revision.pk] = {turn.number: turn for turn in Turn.objects.filter(revision=revision)}
        turn = self.turns[revision.pk].get(number)
        if turn is None:
            raise ValueError(
                _("There is no turn %(number)s; the transcript has %(count)s.")
                % {"number": number, "count": len(self.turns[revision.pk])}
            )
        return turn

    def _code(self, row: CodingRow) -> Code:
        names = code_path(row.code)
        for depth, name in enumerate(names, start=1):
            path = PARENT.join(names[:depth])
            if path not in self.codes:
                self.codes[path] = add_code(
                    by=self.by,
                    study=self.study,
                    name=name,
                    parent=self.codes.get(PARENT.join(names[: depth - 1])),
                    definition=row.definition if depth == len(names) else "",
                )
                self.new_codes.append(path)
        return self.codes[PARENT.join(names)]

    def _coder(self, name: str) -> User:
        """Oneself, or a coder who is only a name: nobody puts codings into a colleague's hands."""
        if name not in self.coders:
            self.coders[name] = name_coder(by=self.by, study=self.study, name=name)
            self.new_coders.append(name)
        coder = self.coders[name]
        if coder.is_active and coder.pk != self.by.pk:
            raise ValueError(_("A coding is its coder’s own: %(name)s brings it in.") % {"name": coder.name})
        return coder


@transaction.atomic
def import_codings(*, by: User, study: Study, name: str, data: bytes) -> Taken:
    """Bring a table of codings into a study: all of it, or nothing and every fault by row."""
    try:
        table = read_codings(name, data)
    except TableError as error:
        raise ValidationError([said(problem) for problem in error.problems]) from error
    # Taken before anything is written, as everything that names codes does.
    Study.objects.select_for_update(no_key=True).get(pk=study.pk)
    finder = _finder(by, study)
    codings: list[NewCoding] = []
    faults: list[str] = []
    for number, row in enumerate(table.rows, start=2):
        try:
            codings.append(finder.coding(row))
        except (ValueError, ValidationError) as error:
            faults.append(_about(number, error))
        if len(faults) >= MOST_FAULTS:
            break
    if faults:
        raise ValidationError(faults)
    new, known = take_codings(by=by, study=study, codings=codings)
    return Taken(new, known, finder.new_codes, finder.new_coders, table.ignored_columns)


def _about(row: int, error: ValueError | ValidationError) -> str:
    why = " ".join(error.messages) if isinstance(error, ValidationError) else said(error.args[0])
    return _("Row %(row)s: %(why)s") % {"row": row, "why": why}


def _finder(by: User, study: Study) -> _Finder:
    rows = Revision.objects.filter(is_current=True, transcript__in=transcripts_open_to(study, by))
    revisions: dict[str, Revision] = {}
    for revision in rows.select_related("transcript"):
        transcript = revision.transcript
        for known_as in _names(transcript.name, transcript.source_name, transcript.pk):
            revisions.setdefault(known_as, revision)
    paths = code_paths(study)
    codes = Code.objects.in_bulk(list(paths))
    finder = _Finder(study, by, revisions, codes={path: codes[pk] for pk, path in paths.items()})
    for waiting in transcripts_unasked(study, by):
        finder.unasked |= set(_names(waiting.name, waiting.source_name, waiting.pk))
    for user in _coders(study):
        finder.coders.setdefault(user.name, user)
        if user.email:
            finder.coders.setdefault(user.email, user)
    return finder


def _names(name: str, source: str, pk: UUID) -> Iterator[str]:
    yield name
    yield source
    yield source.rsplit(".", 1)[0]
    yield str(pk)


def _coders(study: Study) -> Sequence[User]:
    named = User.objects.filter(is_active=False, memberships__study=study).distinct()
    return [*(membership.user for membership in members(study)), *named]
