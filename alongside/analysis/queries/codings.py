from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from django.db import connection
from django.db.models import QuerySet
from django.http import Http404
from numpy.typing import NDArray

from alongside.accounts.models import Study, User
from alongside.accounts.queries import NOT_HERE
from alongside.analysis.models import Act, Code, Coding
from alongside.analysis.queries.apart import without_others
from alongside.interviews.models import Revision
from alongside.interviews.queries import (
    readable_transcripts,
    transcripts_open_to,
    transcripts_permitting,
)


def coding_for(study: Study, user: User, pk: int) -> Coding:
    """The door to a coding, closed where the transcript itself is closed to `user`."""
    open_to = Coding.objects.filter(
        study=study, pk=pk, revision__transcript__in=transcripts_open_to(study, user)
    )
    coding = (
        without_others(open_to, user).select_related("code", "coder", "revision__transcript__study").first()
    )
    if coding is None:
        raise Http404(NOT_HERE)
    return coding


def codings_of(act: Act) -> list[int]:
    """The codings that an act changed."""
    return list(act.codings.values_list("coding_id", flat=True))


def codings_left(study: Study, user: User, act: Act) -> int:
    """How many codings an act that turned another didn't turn, since somebody had changed them; of those in
    transcripts that are open to `user`."""
    left = Coding.objects.filter(changes__act=act.of_id).exclude(changes__act=act)
    seen = left.filter(study=study, revision__transcript__in=transcripts_open_to(study, user))
    return without_others(seen, user).count()


def standing_codings(study: Study, user: User) -> QuerySet[Coding]:
    """Every coding in force on the current text of transcripts that `user` may read; where that is still
    read apart, their own."""
    standing = Coding.objects.filter(
        study=study,
        removed=None,
        revision__is_current=True,
        revision__transcript__in=readable_transcripts(study, user),
    )
    return without_others(standing, user)


def codings_open_to(study: Study, user: User) -> QuerySet[Coding]:
    """Those of them whose words `user` may see."""
    return standing_codings(study, user).filter(revision__transcript__in=transcripts_open_to(study, user))


def codings_permitting(study: Study, purpose: str) -> QuerySet[Coding]:
    """Every coding in force whose words may be used for `purpose`: what a finding counts."""
    standing = Coding.objects.filter(
        study=study,
        removed=None,
        revision__is_current=True,
        revision__transcript__in=transcripts_permitting(study, purpose),
    )
    return without_others(standing, None)


def codings_in(revision: Revision, user: User) -> QuerySet[Coding]:
    """Codings in force on one text, as far as `user` may see them."""
    return without_others(Coding.objects.filter(revision=revision, removed=None), user)


def plain_id(pk: UUID) -> str:
    """An id as the database itself writes it: PostgreSQL has a type for it, SQLite keeps its digits."""
    return str(pk) if connection.features.has_native_uuid_field else pk.hex


def codings_over(revision: Revision, user: User, start: int, end: int) -> QuerySet[Coding]:
    """Codings that share at least one character with a span of a text, with code and coder."""
    rows = codings_in(revision, user).filter(start__lt=end, end__gt=start)
    return rows.select_related("code", "coder").order_by("start", "-end", "pk")


def coders_in(revision: Revision, user: User) -> list[User]:
    ids = codings_in(revision, user).values("coder_id")
    return list(User.objects.filter(pk__in=ids).order_by("name"))


@dataclass(frozen=True)
class CodingArrays:
    """Codings as columns: text, code and coder are indexes into the lists beside them."""

    text: NDArray[np.int64]
    code: NDArray[np.int64]
    coder: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    texts: list[int]
    codes: list[Code]
    coders: list[User]


def coding_arrays(study: Study, codings: QuerySet[Coding]) -> CodingArrays:
    """What `core` counts: read in one query, straight into arrays."""
    codes = [code for code, _depth in in_tree_order(Code.objects.filter(study=study))]
    code_at = {code.pk: index for index, code in enumerate(codes)}
    rows = list(codings.values_list("revision_id", "code_id", "coder_id", "start", "end"))
    coders = list(User.objects.filter(pk__in={row[2] for row in rows}).order_by("name"))
    coder_at = {coder.pk: index for index, coder in enumerate(coders)}
    texts = sorted({row[0] for row in rows})
    text_at = {text: index for index, text in enumerate(texts)}
    table = np.array(
        [(text_at[t], code_at[c], coder_at[u], start, end) for t, c, u, start, end in rows], dtype=np.int64
    ).reshape(-1, 5)
    text, code, coder, start, end = table.T
    return CodingArrays(text, code, coder, start, end, texts, codes, coders)


def in_tree_order(codes: Iterable[Code]) -> list[tuple[Code, int]]:
    """Codes with their depth: each under its parent, siblings by position."""
    below: dict[UUID | None, list[Code]] = {}
    for code in sorted(codes, key=lambda code: (code.position, code.name)):
        below.setdefault(code.parent_id, []).append(code)
    ordered: list[tuple[Code, int]] = []
    waiting = [(code, 0) for code in reversed(below.get(None, []))]
    while waiting:
        code, depth = waiting.pop()
        ordered.append((code, depth))
        waiting.extend((child, depth + 1) for child in reversed(below.get(code.pk, [])))
    return ordered
