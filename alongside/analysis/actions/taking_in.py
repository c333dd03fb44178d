from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from alongside.accounts.models import Study, User
from alongside.analysis.actions.acts import BATCH, begin
from alongside.analysis.actions.codings import check_span
from alongside.analysis.models import Act, Code, Coding, Memo
from alongside.audit.actions import hold, record
from alongside.interviews.models import Revision


@dataclass(frozen=True)
class NewCoding:
    """One coding of an imported table, its span already found."""

    revision: Revision
    code: Code
    coder: User
    start: int
    end: int
    memo: str = ""


@transaction.atomic
def take_codings(*, by: User | None, study: Study, codings: Sequence[NewCoding]) -> tuple[int, int]:
    """Store many codings at once; how many are new, and how many were there already."""
    hold(study.pk)
    for new in codings:
        check_span(new.revision, new.start, new.end)
    revisions = {new.revision.pk for new in codings}
    known = set(
        Coding.objects.filter(revision__in=revisions, removed=None).values_list(
            "revision_id", "code_id", "coder_id", "start", "end"
        )
    )
    fresh: dict[tuple[object, ...], NewCoding] = {}
    for new in codings:
        place = (new.revision.pk, new.code.pk, new.coder.pk, new.start, new.end)
        if place not in known:
            fresh.setdefault(place, new)
    made = Coding.objects.bulk_create(
        (
            Coding(study=study, revision=n.revision, code=n.code, coder=n.coder, start=n.start, end=n.end)
            for n in fresh.values()
        ),
        batch_size=BATCH,
    )
    _keep_memos(study, zip(made, fresh.values(), strict=True))
    if made:
        begin(by, study, Act.Kind.TAKE_IN)
        record(by=by, verb="take_codings", on=study, fields=["codings"])
    return len(made), len(codings) - len(made)


def _keep_memos(study: Study, made: Iterable[tuple[Coding, NewCoding]]) -> None:
    Memo.objects.bulk_create(
        [
            Memo(study=study, author=new.coder, coding=coding, words=new.memo)
            for coding, new in made
            if new.memo
        ],
        batch_size=BATCH,
    )
