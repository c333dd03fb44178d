"""What merging two codes would do, as far as whoever asks may see."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from alongside.accounts.models import Study, User
from alongside.analysis.models import Code, Coding, Memo, Theme
from alongside.analysis.queries.codings import standing_codings
from alongside.analysis.queries.coined import codes_seen
from alongside.analysis.queries.passages import Words, passages_of, placed

SHOWN = 5


@dataclass(frozen=True)
class MergeLook:
    """`codings` go over, of `coders` people; of these `twins` fall together with one that is there."""

    codings: int
    coders: int
    twins: int
    themes: list[Theme]
    memos: int
    children: list[Code]
    example: list[Words]


def merge_look(study: Study, user: User, code: Code, into: Code) -> MergeLook:
    seen = standing_codings(study, user).filter(code=code)
    same = Coding.objects.filter(
        code=into,
        removed=None,
        revision=OuterRef("revision"),
        coder=OuterRef("coder"),
        start=OuterRef("start"),
        end=OuterRef("end"),
    )
    memos = Memo.objects.filter(Q(private=False) | Q(author=user), code=code)
    return MergeLook(
        codings=seen.count(),
        coders=seen.order_by().values("coder").distinct().count(),
        twins=seen.filter(Exists(same)).count(),
        themes=list(code.themes.all()),
        memos=memos.count(),
        children=list(codes_seen(study, user).filter(parent=code).exclude(pk=into.pk)),
        example=placed(passages_of(study, user, code)[:SHOWN]),
    )
