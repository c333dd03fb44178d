"""What leaves the study: only words of people who agree to being quoted, each time asked anew."""

import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from django.db.models import Count, Prefetch, QuerySet
from django.utils.translation import ngettext

from alongside.accounts.models import Study, User
from alongside.analysis.models import Coding
from alongside.analysis.queries import (
    Words,
    code_paths,
    flat,
    may_leave,
    memos_open_to,
    open_words,
    placed,
    said_at,
    standing_codings,
    tree,
    with_words,
)
from alongside.audit.actions import Span, register_export
from alongside.exchange.formats.codebook_files import write_docx
from alongside.exchange.formats.codebooks import WORDS, entries_of
from alongside.exchange.formats.qdc import write_qdc
from alongside.exchange.formats.tables import (
    CodebookRow,
    CodingRow,
    DecisionRow,
    FigureRow,
    PassageRow,
    codebook_sheet,
    codings_sheet,
    decisions_sheet,
    figures_sheet,
    passages_sheet,
    write_codebook,
    write_codings,
    write_decisions,
    write_figures,
    write_passages,
    write_xlsx,
)
from alongside.interviews.queries import transcripts_open_to, transcripts_permitting
from alongside.people.models import Purpose

KINDS = ("passages", "codebook", "codings")
FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# What a codebook can leave as, beside these.
CODEBOOK_FORMATS = {
    **FORMATS,
    "qdc": "application/xml",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
ROWS_AT_ONCE = 2000


@dataclass(frozen=True)
class Material:
    """A table on its way out: its rows as they are asked for, and how many codings stay behind."""

    what: str
    rows: (
        Iterable[PassageRow]
        | Iterable[CodebookRow]
        | Iterable[CodingRow]
        | Iterable[DecisionRow]
        | Iterable[FigureRow]
    )
    count: int
    kept_back: int
    # Codings in transcripts of which whoever takes them hasn't said whether they know who speaks.
    unasked: int = 0
    # Examples of codes that hold words which may not leave, among those that whoever takes them may read.
    examples: int = 0
    title: str = ""
    # Where words of its examples were said.
    held: tuple[Span, ...] = ()

    @property
    def about(self) -> str:
        return " ".join(filter(None, (self._disagreed(), self._unsaid(), self._unshown())))

    def _unshown(self) -> str:
        if not self.examples:
            return ""
        return ngettext(
            "%(count)s example is left out: its words were said by someone who doesn’t agree to being "
            "quoted.",
            "%(count)s examples are left out: their words were said by people who don’t agree to being "
            "quoted.",
            self.examples,
        ) % {"count": self.examples}

    def _unsaid(self) -> str:
        if not self.unasked:
            return ""
        return ngettext(
            "%(count)s coding is left out: you haven’t said yet whether you know the person who speaks.",
            "%(count)s codings are left out: you haven’t said yet whether you know the people who speak.",
            self.unasked,
        ) % {"count": self.unasked}

    def _disagreed(self) -> str:
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
        rows, left_out = _codebook(study, user)
        said = tuple(said_at(study, [row.example for row in rows]))
        return Material(what, rows, len(rows), 0, examples=left_out, title=study.name, held=said)
    seen = standing_codings(study, user)
    quotable = seen.filter(revision__transcript__in=transcripts_permitting(study, Purpose.QUOTATION_REPORT))
    leaving = quotable.filter(revision__transcript__in=transcripts_open_to(study, user))
    count, agreed = leaving.count(), quotable.count()
    ordered = leaving.order_by("revision__transcript__name", "revision_id", "start", "pk")
    words = _passages(study, user, ordered) if what == "passages" else _codings(study, user, ordered)
    return Material(what, words, count, kept_back=seen.count() - agreed, unasked=agreed - count)


def take(*, by: User, study: Study, out: Material, format: str, reason: str = "") -> IO[bytes]:
    """The table as a file that may leave: it is in the register."""
    file = as_file(out, format)
    register_export(
        by=by,
        study=study.pk,
        what=out.what,
        format=format,
        rows=out.count,
        sha256=hash_of(file),
        reason=reason,
        held=out.held,
    )
    return file


def as_csv(out: Material) -> Iterator[str]:
    """The table in pieces of CSV."""
    if out.what == "codebook":
        return write_codebook(cast(Iterable[CodebookRow], out.rows))
    if out.what == "passages":
        return write_passages(cast(Iterable[PassageRow], out.rows))
    if out.what == "decisions":
        return write_decisions(cast(Iterable[DecisionRow], out.rows))
    if out.what == "figures":
        return write_figures(cast(Iterable[FigureRow], out.rows))
    return write_codings(cast(Iterable[CodingRow], out.rows))


def as_xlsx(out: Material, path: Path) -> None:
    """The table as a workbook."""
    if out.what == "codebook":
        sheet = codebook_sheet(out.what, cast(Iterable[CodebookRow], out.rows))
    elif out.what == "passages":
        sheet = passages_sheet(out.what, cast(Iterable[PassageRow], out.rows))
    elif out.what == "decisions":
        sheet = decisions_sheet(out.what, cast(Iterable[DecisionRow], out.rows))
    elif out.what == "figures":
        sheet = figures_sheet(out.what, cast(Iterable[FigureRow], out.rows))
    else:
        sheet = codings_sheet(out.what, cast(Iterable[CodingRow], out.rows))
    write_xlsx([sheet], path)


def as_file(out: Material, format: str) -> IO[bytes]:
    """The table whole, in a file that goes as soon as it is closed: what leaves is known before it does."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - whoever asked closes it
    try:
        if format in ("qdc", "docx"):
            file.write(_as_codebook(out, format))
        elif format == "xlsx":
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "book.xlsx"
                as_xlsx(out, path)
                with path.open("rb") as book:
                    shutil.copyfileobj(book, file)
        else:
            for piece in as_csv(out):
                file.write(piece.encode())
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def formats_of(what: str) -> dict[str, str]:
    """In which formats a kind of material leaves, each with its media type."""
    return CODEBOOK_FORMATS if what == "codebook" else FORMATS


def _as_codebook(out: Material, format: str) -> bytes:
    rows = cast(list[CodebookRow], out.rows)
    return write_qdc(entries_of(rows)) if format == "qdc" else write_docx(out.title, rows)


def hash_of(file: IO[bytes]) -> str:
    """The SHA-256 of a file, which is then read from its beginning again."""
    digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    file.seek(0)
    return digest


def _codebook(study: Study, user: User) -> tuple[list[CodebookRow], int]:
    """Every code, and how many examples were left out."""
    spread = dict(
        standing_codings(study, user)
        .order_by()
        .values_list("code_id")
        .annotate(transcripts=Count("revision", distinct=True))
    )
    rows: list[CodebookRow] = []
    left_out = 0
    for branch in flat(tree(study, user)):
        code = branch.code
        words = {trait: _plain(getattr(code, trait)) for trait in WORDS}
        words["example"] = open_words(study, user, words["example"])
        if not may_leave(study, words["example"]):
            left_out += 1
            words["example"] = ""
        rows.append(
            CodebookRow(
                id=str(code.pk),
                under=str(code.parent_id or ""),
                code=branch.path,
                **words,
                colour=str(code.colour),
                retired="yes" if code.retired else "",
                codings=branch.own,
                transcripts=spread.get(code.pk, 0),
            )
        )
    return rows, left_out


def _plain(words: str) -> str:
    """As a browser sends it, a line ends in two characters; in a file in one."""
    return words.replace("\r\n", "\n").strip()


def _in_pieces(study: Study, user: User, rows: QuerySet[Coding]) -> Iterator[list[tuple[Coding, Words]]]:
    shared = memos_open_to(study, user).filter(private=False).order_by("made")
    cut = with_words(rows).prefetch_related(Prefetch("memos", queryset=shared))
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


def _passages(study: Study, user: User, rows: QuerySet[Coding]) -> Iterator[PassageRow]:
    paths = code_paths(study)
    for piece in _in_pieces(study, user, rows):
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


def _codings(study: Study, user: User, rows: QuerySet[Coding]) -> Iterator[CodingRow]:
    paths = code_paths(study)
    for piece in _in_pieces(study, user, rows):
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
