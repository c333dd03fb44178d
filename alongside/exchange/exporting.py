"""What leaves the study: only words of people who agree to being quoted, each time asked anew."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.accounts.models import Study, User
from alongside.analysis.models import Coding
from alongside.analysis.queries import code_paths, flat, placed, standing_codings, tree, with_words
from alongside.audit.actions import record
from alongside.exchange.models import Export
from alongside.interviews.queries import transcripts_permitting
from alongside.people.models import Purpose

KINDS = ("passages", "codebook", "codings")
FORMATS = ("csv", "xlsx")
ROWS_AT_ONCE = 2000

PASSAGE_COLUMNS = ("transcript", "speaker", "time", "line", "words", "code", "coder")
CODEBOOK_COLUMNS = ("code", "definition", "include", "exclude", "example", "colour", "codings")
CODING_COLUMNS = ("transcript", "turn", "start", "end", "quote", "code", "coder", "memo")


@dataclass(frozen=True)
class Material:
    """A table on its way out: its columns, its rows as they are asked for, and how many words stay behind."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[object, ...]]
    count: int
    kept_back: int

    @property
    def about(self) -> str:
        if not self.kept_back:
            return ""
        return _("%(count)s codings are left out: the people they belong to don’t agree to being quoted.") % {
            "count": self.kept_back
        }


def material(study: Study, user: User, what: str) -> Material:
    """What `user` may take out of `study`."""
    if what == "codebook":
        branches = flat(tree(study, user))
        return Material(CODEBOOK_COLUMNS, _codebook(study, user), len(branches), 0)
    seen = standing_codings(study, user)
    leaving = seen.filter(revision__transcript__in=transcripts_permitting(study, Purpose.QUOTATION_REPORT))
    count = leaving.count()
    kept_back = seen.count() - count
    ordered = leaving.order_by("revision__transcript__name", "revision_id", "start", "pk")
    rows = _passages(study, ordered) if what == "passages" else _codings(study, ordered)
    return Material(PASSAGE_COLUMNS if what == "passages" else CODING_COLUMNS, rows, count, kept_back)


def _codebook(study: Study, user: User) -> Iterator[tuple[object, ...]]:
    for branch in flat(tree(study, user)):
        code = branch.code
        yield (
            branch.path,
            code.definition,
            code.include,
            code.exclude,
            code.example,
            code.colour,
            branch.own,
        )


def _in_pieces(rows: QuerySet[Coding]) -> Iterator[list[Coding]]:
    piece: list[Coding] = []
    for row in with_words(rows).iterator(chunk_size=ROWS_AT_ONCE):
        piece.append(row)
        if len(piece) == ROWS_AT_ONCE:
            yield piece
            piece = []
    if piece:
        yield piece


def _passages(study: Study, rows: QuerySet[Coding]) -> Iterator[tuple[object, ...]]:
    paths = code_paths(study)
    for piece in _in_pieces(rows):
        for words in placed(piece):
            turn = words.turn
            yield (
                words.transcript.name,
                turn.speaker.label if turn else "",
                turn.clock if turn else "",
                turn.line if turn else "",
                words.text,
                paths[words.code.pk] if words.code else "",
                words.coder.name if words.coder else "",
            )


def _codings(study: Study, rows: QuerySet[Coding]) -> Iterator[tuple[object, ...]]:
    paths = code_paths(study)
    for piece in _in_pieces(rows.prefetch_related("memos")):
        for coding, words in zip(piece, placed(piece), strict=True):
            turn = words.turn
            within = turn is not None and words.end <= turn.end
            start = words.start - turn.start if within and turn else words.start
            yield (
                words.transcript.name,
                turn.number if within and turn else "",
                start,
                start + words.end - words.start,
                words.text,
                paths[coding.code_id],
                coding.coder.name,
                " ".join(memo.words for memo in coding.memos.all() if not memo.private),
            )


@transaction.atomic
def register_export(*, by: User, study: Study, what: str, format: str, rows: int) -> Export:
    """Enter what leaves into the register, before it leaves."""
    export = Export.objects.create(
        study=study, user=by, what=what, format=format, rows=rows, at=timezone.now()
    )
    record(by=by, verb="export", on=export, fields=[what])
    return export
