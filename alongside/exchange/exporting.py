"""What leaves the study: only words of people who agree to being quoted, each time asked anew."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from django.db import transaction
from django.db.models import Count, Prefetch, QuerySet
from django.utils.translation import ngettext

from alongside.accounts.models import Study, User
from alongside.analysis.models import Coding, Memo
from alongside.analysis.queries import Words, code_paths, flat, placed, standing_codings, tree, with_words
from alongside.audit.actions import record
from alongside.exchange.formats.tables import (
    CodebookRow,
    CodingRow,
    PassageRow,
    codebook_sheet,
    codings_sheet,
    passages_sheet,
    write_codebook,
    write_codings,
    write_passages,
    write_xlsx,
)
from alongside.exchange.models import Export
from alongside.interviews.queries import transcripts_permitting
from alongside.people.models import Purpose

KINDS = ("passages", "codebook", "codings")
FORMATS = ("csv", "xlsx")
ROWS_AT_ONCE = 2000


@dataclass(frozen=True)
class Material:
    """A table on its way out: its rows as they are asked for, and how many codings stay behind."""

    what: str
    rows: Iterable[PassageRow] | Iterable[CodebookRow] | Iterable[CodingRow]
    count: int
    kept_back: int

    @property
    def about(self) -> str:
        if not self.kept_back:
            return ""
        return ngettext(
            "%(count)s coding is left out: its words belong to someone who doesn’t agree to being quoted.",
            "%(count)s codings are left out: their words belong to people who don’t agree to being quoted.",
            self.kept_back,
        ) % {"count": self.kept_back}


def material(study: Study, user: User, what: str) -> Material:
    """What `user` may take out of `study`."""
    if what == "codebook":
        rows = list(_codebook(study, user))
        return Material(what, rows, len(rows), 0)
    seen = standing_codings(study, user)
    leaving = seen.filter(revision__transcript__in=transcripts_permitting(study, Purpose.QUOTATION_REPORT))
    count = leaving.count()
    ordered = leaving.order_by("revision__transcript__name", "revision_id", "start", "pk")
    words = _passages(study, ordered) if what == "passages" else _codings(study, ordered)
    return Material(what, words, count, seen.count() - count)


def as_csv(out: Material) -> Iterator[str]:
    """The table in pieces of CSV."""
    if out.what == "codebook":
        return write_codebook(cast(Iterable[CodebookRow], out.rows))
    if out.what == "passages":
        return write_passages(cast(Iterable[PassageRow], out.rows))
    return write_codings(cast(Iterable[CodingRow], out.rows))


def as_xlsx(out: Material, path: Path) -> None:
    """The table as a workbook."""
    if out.what == "codebook":
        sheet = codebook_sheet(out.what, cast(Iterable[CodebookRow], out.rows))
    elif out.what == "passages":
        sheet = passages_sheet(out.what, cast(Iterable[PassageRow], out.rows))
    else:
        sheet = codings_sheet(out.what, cast(Iterable[CodingRow], out.rows))
    write_xlsx([sheet], path)


def _codebook(study: Study, user: User) -> Iterator[CodebookRow]:
    spread = dict(
        standing_codings(study, user)
        .order_by()
        .values_list("code_id")
        .annotate(transcripts=Count("revision", distinct=True))
    )
    for branch in flat(tree(study, user)):
        code = branch.code
        yield CodebookRow(branch.path, code.definition, str(code.colour), branch.own, spread.get(code.pk, 0))


def _in_pieces(rows: QuerySet[Coding]) -> Iterator[list[tuple[Coding, Words]]]:
    cut = with_words(rows).prefetch_related(
        Prefetch("memos", queryset=Memo.objects.filter(private=False).order_by("made"))
    )
    piece: list[Coding] = []
    for row in cut.iterator(chunk_size=ROWS_AT_ONCE):
        piece.append(row)
        if len(piece) == ROWS_AT_ONCE:
            yield list(zip(piece, placed(piece), strict=True))
            piece = []
    if piece:
        yield list(zip(piece, placed(piece), strict=True))


def _memo(coding: Coding) -> str:
    return "\n".join(memo.words for memo in coding.memos.all())


def _passages(study: Study, rows: QuerySet[Coding]) -> Iterator[PassageRow]:
    paths = code_paths(study)
    for piece in _in_pieces(rows):
        for coding, words in piece:
            begins = words.turn.start if words.turn else 0
            yield PassageRow(
                transcript=words.transcript.name,
                turn=words.turn.number if words.turn else 0,
                speaker=words.turn.speaker.label if words.turn else "",
                start=coding.start - begins,
                end=coding.end - begins,
                passage=words.text,
                code=paths[coding.code_id],
                coder=coding.coder.name,
                memo=_memo(coding),
            )


def _codings(study: Study, rows: QuerySet[Coding]) -> Iterator[CodingRow]:
    paths = code_paths(study)
    for piece in _in_pieces(rows):
        for coding, words in piece:
            turn = words.turn
            # A coding over several turns is told by its words alone: a row's offsets lie within one turn.
            inside = turn is not None and coding.end <= turn.end
            yield CodingRow(
                transcript=words.transcript.name,
                turn=turn.number if turn and inside else None,
                start=coding.start - turn.start if turn and inside else None,
                end=coding.end - turn.start if turn and inside else None,
                quote=words.text,
                code=paths[coding.code_id],
                coder=coding.coder.name,
                memo=_memo(coding),
            )


@transaction.atomic
def register_export(*, by: User, study: Study, what: str, format: str, rows: int) -> Export:
    """Enter what leaves into the register, before it leaves."""
    export = Export.objects.create(study=study, user=by, what=what, format=format, rows=rows)
    record(by=by, verb="export", on=export, fields=[what])
    return export
