from dataclasses import dataclass

import numpy as np
from django.db.models import Count, Q, QuerySet

from alongside.accounts.models import Study, User
from alongside.analysis.models import Code, Theme
from alongside.analysis.queries.apart import read_apart
from alongside.analysis.queries.codebook import code_paths
from alongside.analysis.queries.codings import coding_arrays, standing_codings
from alongside.analysis.queries.coined import codes_seen
from alongside.core.cooccurrence import cooccurrence
from alongside.interviews.models import Transcript
from alongside.interviews.queries import readable_transcripts


def counts(study: Study, user: User) -> dict[str, int]:
    codings = standing_codings(study, user)
    return {
        "codes": codes_seen(study, user).filter(retired=None).count(),
        "codings": codings.count(),
        "coders": codings.values("coder_id").distinct().count(),
        "transcripts": readable_transcripts(study, user).count(),
        "coded": codings.values("revision_id").distinct().count(),
        "themes": Theme.objects.filter(study=study).count(),
    }


def transcripts_with_codings(
    study: Study, user: User, *, coders_below: int | None = None
) -> QuerySet[Transcript]:
    """Transcripts with how many codings stand on each, and by how many readers; or those with too few. Of
    one that is still read apart, `user` learns of their own alone."""
    standing = Q(revisions__is_current=True, revisions__codings__removed=None)
    standing &= ~Q(pk__in=read_apart()) | Q(revisions__codings__coder=user)
    rows = readable_transcripts(study, user).annotate(
        codings=Count("revisions__codings", filter=standing),
        coders=Count("revisions__codings__coder", filter=standing, distinct=True),
    )
    if coders_below is not None:
        rows = rows.filter(coders__lt=coders_below)
    return rows.select_related("interview__participant").order_by("name")


@dataclass(frozen=True)
class CountLine:
    """A code, how often it was used in all and by each coder, and which codes it meets."""

    code: Code
    path: str
    total: int
    by_coder: list[int]
    meets: list[int]


@dataclass(frozen=True)
class CountTable:
    coders: list[User]
    lines: list[CountLine]


def count_table(study: Study, user: User, *, ours: bool = False) -> CountTable:
    """Counts by code and coder, and co-occurrence: pairs of codings that share at least one character.

    Of every reader's codings, or of those alone that the team made its own.
    """
    codings = standing_codings(study, user)
    arrays = coding_arrays(study, codings.filter(adopted__isnull=False) if ours else codings)
    paths = code_paths(study)
    codes, coders = len(arrays.codes), len(arrays.coders)
    used = np.zeros((codes, coders), dtype=np.int64)
    np.add.at(used, (arrays.code, arrays.coder), 1)
    together = cooccurrence(arrays.code, arrays.text, arrays.start, arrays.end, n_codes=codes)
    shown = [index for index in range(codes) if used[index].sum()]
    lines = [
        CountLine(
            code=arrays.codes[index],
            path=paths[arrays.codes[index].pk],
            total=int(used[index].sum()),
            by_coder=[int(count) for count in used[index]],
            meets=[int(together[index, other]) for other in shown],
        )
        for index in shown
    ]
    return CountTable(arrays.coders, lines)
