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
from alongside.exchange.formats.tables import CodingRow, TableError, read_codings
from alongside.interviews.models import Revision, Turn
from alongside.interviews.queries import readable_transcripts

MOST_FAULTS = 20
BETWEEN = " > "


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
    turns: dict[int, dict[int, Turn]] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)
    coders: dict[str, User] = field(default_factory=dict)
    new_codes: list[str] = field(default_factory=list)
    new_coders: list[str] = field(default_factory=list)

    def coding(self, row: CodingRow) -> NewCoding:
        revision = self.revisions.get(row.transcript)
        if revision is None:
            raise TableError(_("there is no transcript “%(name)s” in this study") % {"name": row.transcript})
        start, end = self._span(revision, row)
        return NewCoding(revision, self._code(row), self._coder(row.coder), start, end, row.memo)

    def _span(self, revision: Revision, row: CodingRow) -> tuple[int, int]:
        turn = self._turn(revision, row.turn) if row.turn else None
        low, high = (turn.start, turn.end) if turn else (0, revision.length)
        words = revision.text[low:high]
        if row.start is not None and row.end is not None:
            if row.end > len(words):
                raise TableError(
                    _("the passage ends at %(end)s, past the %(length)s characters there")
                    % {"end": row.end, "length": len(words)}
                )
            start, end = row.start, row.end
            if row.quote and words[start:end] != row.quote:
                raise TableError(
                    _("the quote isn’t what stands there: “%(words)s”") % {"words": words[start:end]}
                )
        elif row.quote:
            start = _only_place(words, row.quote)
            end = start + len(row.quote)
        else:
            start, end = 0, len(words)
        return low + start, low + end

    def _turn(self, revision: Revision, number: int) -> Turn:
        if revision.pk not in self.turns:
            self.turns[revision.pk] = {turn.number: turn for turn in Turn.objects.filter(revision=revision)}
        turn = self.turns[revision.pk].get(number)
        if turn is None:
            raise TableError(
                _("there is no turn %(number)s; the transcript has %(count)s")
                % {"number": number, "count": len(self.turns[revision.pk])}
            )
        return turn

    def _code(self, row: CodingRow) -> Code:
        names = [name.strip() for name in row.code.split(BETWEEN.strip())]
        parent: Code | None = None
        for depth in range(1, len(names) + 1):
            path = BETWEEN.join(names[:depth])
            if path not in self.codes:
                definition = row.definition if depth == len(names) else ""
                self.codes[path] = add_code(
                    by=self.by, study=self.study, name=names[depth - 1], parent=parent, definition=definition
                )
                self.new_codes.append(path)
            parent = self.codes[path]
        if parent is None:
            raise TableError(_("the code is empty"))
        return parent

    def _coder(self, name: str) -> User:
        if name not in self.coders:
            self.coders[name] = name_coder(by=self.by, study=self.study, name=name)
            self.new_coders.append(name)
        return self.coders[name]


def _only_place(words: str, quote: str) -> int:
    start = words.find(quote)
    if start < 0:
        raise TableError(_("the quote doesn’t stand there: “%(quote)s”") % {"quote": quote})
    if words.find(quote, start + 1) >= 0:
        raise TableError(
            _("the quote stands there more than once; give start and end: “%(q)s”") % {"q": quote}
        )
    return start


@transaction.atomic
def import_codings(*, by: User, study: Study, name: str, data: bytes) -> Taken:
    """Bring a table of codings into a study: all of it, or nothing and every fault by row."""
    try:
        table = read_codings(name, data)
    except TableError as error:
        raise ValidationError(str(error)) from error
    finder = _finder(by, study)
    codings: list[NewCoding] = []
    faults: list[str] = []
    for number, row in enumerate(table.rows, start=2):
        try:
            codings.append(finder.coding(row))
        except (TableError, ValidationError) as error:
            faults.append(_about(name, number, error))
        if len(faults) >= MOST_FAULTS:
            break
    if faults:
        raise ValidationError(faults)
    new, known = take_codings(by=by, study=study, codings=codings)
    return Taken(new, known, finder.new_codes, finder.new_coders, table.ignored_columns)


def _about(name: str, number: int, error: TableError | ValidationError) -> str:
    said = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
    return _("%(file)s, row %(number)s: %(said)s.") % {
        "file": name,
        "number": number,
        "said": said.rstrip("."),
    }


def _finder(by: User, study: Study) -> _Finder:
    rows = Revision.objects.filter(is_current=True, transcript__in=readable_transcripts(study, by))
    revisions: dict[str, Revision] = {}
    for revision in rows.select_related("transcript"):
        transcript = revision.transcript
        for known_as in _names(transcript.name, transcript.source_name, transcript.pk):
            revisions.setdefault(known_as, revision)
    paths = code_paths(study)
    codes = Code.objects.in_bulk(list(paths))
    finder = _Finder(study, by, revisions, codes={path: codes[pk] for pk, path in paths.items()})
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
