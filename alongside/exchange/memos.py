"""Memos on their way out: all that whoever takes them may read, without what rests on words of people who
don't agree to being quoted."""

import io
import tempfile
from collections.abc import Iterator
from typing import IO

from django.db.models import Q, QuerySet
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from alongside.accounts.models import Study, User
from alongside.analysis.models import Memo
from alongside.analysis.queries import Noted, memos, noted
from alongside.audit.actions import Span, register_export
from alongside.exchange.exporting import hash_of
from alongside.exchange.formats.memos import WrittenMemo, memos_docx
from alongside.exchange.formats.tables import MemoRow, write_memos
from alongside.interviews.queries import transcripts_permitting
from alongside.people.models import Purpose
from alongside.people.queries import permitting

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def take_memos(*, by: User, study: Study, format: str, reason: str = "") -> IO[bytes]:
    """The memos as a file that may leave: it is in the register."""
    listed = noted(study, _leaving(study, by))
    file = _csv(listed) if format == "csv" else _docx(study, listed)
    register_export(
        by=by,
        study=study.pk,
        what="memos",
        format=format,
        rows=len(listed),
        sha256=hash_of(file),
        reason=reason,
        held=_passages(listed),
    )
    return file


def _passages(listed: list[Noted]) -> Iterator[Span]:
    for coding in (each.memo.coding for each in listed):
        if coding is not None:
            yield coding.revision_id, coding.start, coding.end


def _leaving(study: Study, user: User) -> QuerySet[Memo]:
    texts = transcripts_permitting(study, Purpose.QUOTATION_REPORT)
    agreeing = permitting(Purpose.QUOTATION_REPORT)
    return memos(study, user).filter(
        Q(transcript=None) | Q(transcript__in=texts),
        Q(coding=None) | Q(coding__revision__transcript__in=texts),
        Q(pair=None) | Q(pair__one__in=agreeing, pair__two__in=agreeing),
    )


def _csv(listed: list[Noted]) -> IO[bytes]:
    file = tempfile.TemporaryFile()  # noqa: SIM115 - whoever asked closes it
    for piece in write_memos(_row(each) for each in listed):
        file.write(piece.encode())
    file.seek(0)
    return file


def _docx(study: Study, listed: list[Noted]) -> IO[bytes]:
    title = _("Memos: %(study)s") % {"study": study.name}
    return io.BytesIO(memos_docx(title, study.notice, [_written(each) for each in listed]))


def _row(each: Noted) -> MemoRow:
    memo = each.memo
    return MemoRow(
        about="passage" if memo.coding_id else memo.about.value,
        name=_name(each),
        turn=each.turn.number if each.turn else None,
        passage=each.passage,
        code=each.path,
        memo=memo.words,
        author=memo.author.name,
        private="yes" if memo.private else "no",
        made=memo.made.isoformat(),
        changed=memo.changed.isoformat(),
    )


def _name(each: Noted) -> str:
    memo = each.memo
    if each.transcript:
        return each.transcript.name
    return each.path or str(memo.theme or memo.pair or "")


def _written(each: Noted) -> WrittenMemo:
    memo = each.memo
    heading = each.transcript.title if each.transcript else _name(each) or _("The study")
    if each.turn:
        heading = _("%(transcript)s, turn %(turn)s") % {"transcript": heading, "turn": each.turn.number}
    if each.transcript and each.path:
        heading = f"{heading}. {each.path}"
    when = formats.date_format(timezone.localtime(memo.changed), "DATETIME_FORMAT")
    signed = f"{memo.author.name}, {when}"
    if memo.private:
        signed = _("%(signed)s. Only its author can see this.") % {"signed": signed}
    return WrittenMemo(heading, each.passage, memo.words, signed)
