"""Codes named while a transcript is read apart. Their names alone tell what somebody coded there: others meet
them when the readers have finished, or when they are used in the open."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from alongside.accounts.models import Study, User
from alongside.analysis.models import Act, Code, CodeChange, Coding, Memo, Reading, Theme
from alongside.analysis.queries.apart import read_apart


def codes_seen(study: Study, user: User | None) -> QuerySet[Code]:
    """The codebook as `user` may see it; as everyone may, where nobody is named."""
    codes, unseen = Code.objects.filter(study=study), unseen_codes(study, user)
    return codes.exclude(pk__in=unseen) if unseen else codes


def unseen_codes(study: Study, user: User | None) -> set[UUID]:
    """Codes that others than `user` named in what is still read apart, and that nobody has shown since."""
    begun = _begun(study)
    if not begun:
        return set()
    coined = CodeChange.objects.filter(
        code__study=study, before__isnull=True, act__study=study, act__transcript__in=begun
    )
    if user is not None:
        coined = coined.exclude(act__by=user)
    rows = coined.values_list("code_id", "act__transcript_id", "act__made")
    unseen = {code for code, text, made in rows if made >= begun[text]}
    return _without_those_above(study, unseen - _shown(unseen, user)) if unseen else unseen


def unnamed(codes: QuerySet[Code]) -> QuerySet[Code]:
    """Those that are out of use since naming them was undone: the name is free to be given anew."""
    last = CodeChange.objects.filter(code=OuterRef("pk")).order_by("-pk")
    undone = codes.filter(retired__isnull=False).annotate(
        last=Subquery(last.values("act__kind")[:1]), of=Subquery(last.values("act__of__kind")[:1])
    )
    return undone.filter(last=Act.Kind.UNDO, of__in=(Act.Kind.APPLY, Act.Kind.ADD_CODE))


def _begun(study: Study) -> dict[UUID, datetime]:
    """Since when each transcript has been read apart. What was named before is known to everybody."""
    apart = Reading.objects.filter(
        mode=Reading.Mode.APART, transcript__study=study, transcript__in=read_apart()
    ).order_by("-asked")
    spans: dict[UUID, list[tuple[datetime, datetime | None]]] = {}
    for text, asked, finished in apart.values_list("transcript_id", "asked", "finished"):
        spans.setdefault(text, []).append((asked, finished))
    begun: dict[UUID, datetime] = {}
    for text, each in spans.items():
        first = min(asked for asked, finished in each if finished is None)
        for asked, finished in each:
            # Whoever was still reading when it began for another was reading with them.
            if finished is not None and asked < first < finished:
                first = asked
        begun[text] = first
    return begun


def _shown(codes: Iterable[UUID], user: User | None) -> set[UUID]:
    """Those that were named, used or written about where everybody, or `user`, sees it."""
    some = list(codes)
    apart = read_apart()
    named = CodeChange.objects.filter(code__in=some, before__isnull=True, act__is_undone=False)
    in_the_open = Q(act__transcript=None) | ~Q(act__transcript__in=apart)
    used = Coding.objects.filter(code__in=some)
    openly = ~Q(revision__transcript__in=apart)
    if user is not None:
        openly |= Q(coder=user)
    return {
        *named.filter(in_the_open).values_list("code_id", flat=True),
        *used.filter(openly).values_list("code_id", flat=True),
        *Memo.objects.filter(code__in=some, private=False).values_list("code_id", flat=True),
        *Theme.codes.through.objects.filter(code__in=some).values_list("code_id", flat=True),
        *Code.objects.filter(merged__in=some).values_list("merged_id", flat=True),
    }


def _without_those_above(study: Study, unseen: set[UUID]) -> set[UUID]:
    """What stands above a code that is seen is seen."""
    above = dict(Code.objects.filter(study=study).values_list("pk", "parent_id"))
    left = set(unseen)
    for code in above.keys() - unseen:
        over = above[code]
        while over in left:
            left.discard(over)
            over = above[over]
    return left
