"""What changed on a text since a page last asked. Told as things stand now, so that hearing it twice, or
having missed some, leaves the page the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.analysis.models import (
    Act,
    Code,
    CodeChange,
    Coding,
    CodingChange,
    Feed,
    Link,
    LinkChange,
    Place,
)
from alongside.analysis.queries.apart import without_others
from alongside.analysis.queries.coined import codes_seen
from alongside.analysis.queries.links import Tied, links_of, tied
from alongside.interviews.models import Revision, Transcript

# A page says every ten seconds where its reader is.
HERE = timedelta(seconds=25)
# More than this, and the page is read anew.
MOST = 5000

CodingRow = tuple[int, str, str, int, int, bool, bool, bool]


@dataclass(frozen=True)
class Changes:
    """`at` is the number of the last act told of; `is_beside`: something other than codings changed too."""

    at: int
    codings: list[CodingRow]
    codes: list[Code]
    coders: list[User]
    links: list[Tied]
    is_much: bool
    is_beside: bool


def last_number(study: Study) -> int:
    return Feed.objects.filter(study=study).values_list("last", flat=True).first() or 0


def changes_since(
    study: Study, user: User, revision: Revision, after: int, also: Sequence[int] = ()
) -> Changes:
    """What the acts after number `after` changed, and the codings `also` whoever changed them when."""
    at = last_number(study)
    if at < after:
        # A number that was never given: the store was put back to an earlier day.
        return Changes(at, [], [], [], [], is_much=True, is_beside=True)
    if at == after and not also:
        return Changes(at, [], [], [], [], is_much=False, is_beside=False)
    acts = Act.objects.filter(study=study, number__gt=after, number__lte=at)
    here = acts.filter(Q(transcript=revision.transcript_id) | Q(transcript=None))
    kinds = set(here.order_by().values_list("kind", flat=True).distinct())
    if kinds & {Act.Kind.TAKE_IN, Act.Kind.READ}:
        return Changes(at, [], [], [], [], is_much=True, is_beside=True)
    rows = _rows_changed(user, revision, here, also)
    if len(rows) > MOST:
        return Changes(at, [], [], [], [], is_much=True, is_beside=True)
    # A page may not have seen a code that is used: others named it while they read separately.
    codes = {UUID(row[1]) for row in rows} | _touched(CodeChange, "code", acts)
    links = _touched(LinkChange, "link", acts) | _at_put_back(acts)
    if max(len(codes), len(links)) > MOST:
        return Changes(at, [], [], [], [], is_much=True, is_beside=True)
    coders = User.objects.filter(pk__in={row[2] for row in rows})
    return Changes(
        at,
        rows,
        list(codes_seen(study, user).filter(pk__in=codes)) if codes else [],
        list(coders) if rows else [],
        # Which links are seen is a long question; mostly no act touched any.
        tied(revision, links_of(study, user, revision).filter(pk__in=links).order_by("pk")) if links else [],
        is_much=False,
        is_beside=Act.Kind.TELL in kinds,
    )


def _rows_changed(
    user: User, revision: Revision, acts: QuerySet[Act], also: Sequence[int]
) -> list[CodingRow]:
    in_text = without_others(Coding.objects.filter(revision=revision), user)
    in_acts = Q(pk__in=CodingChange.objects.filter(act__in=acts).values("coding"))
    return coding_rows(in_text.filter(in_acts | Q(pk__in=also) if also else in_acts))[: MOST + 1]


def _touched(changes: type[CodeChange | LinkChange], what: str, acts: QuerySet[Act]) -> set[Any]:
    return set(changes.objects.filter(act__in=acts).values_list(what, flat=True).distinct()[: MOST + 1])


def _at_put_back(acts: QuerySet[Act]) -> set[int]:
    """Links at codings that a turn put back, here or in another text: a page that was opened while they were
    off hasn't heard of them."""
    turns = acts.filter(kind__in=(Act.Kind.UNDO, Act.Kind.REDO))
    if not turns.exists():
        return set()
    back = CodingChange.objects.filter(act__in=turns, before__removed=True, after__removed=False)
    ends = Q(one__in=back.values("coding")) | Q(other__in=back.values("coding"))
    stand = Link.objects.filter(ends, removed=None, one__removed=None, other__removed=None)
    return set(stand.values_list("pk", flat=True)[: MOST + 1])


def coding_rows(codings: QuerySet[Coding]) -> list[CodingRow]:
    """Codings as (id, code, coder, start, end, important, adopted, removed), without model instances.

    Codes and coders are told by `plain_id`: making a UUID of each would take most of the page's time.
    """
    text = CharField()
    told = codings.order_by("start", "-end", "pk").annotate(
        is_ours=Q(adopted__isnull=False), is_off=Q(removed__isnull=False)
    )
    code, coder = Cast("code_id", text), Cast("coder_id", text)
    return list(told.values_list("pk", code, coder, "start", "end", "important", "is_ours", "is_off"))


def readers_here(transcript: Transcript, but: User) -> list[Place]:
    """Who else has this transcript open now, and at which turn."""
    since = timezone.now() - HERE
    rows = Place.objects.filter(transcript=transcript, seen__gte=since).exclude(reader=but)
    return list(rows.select_related("reader").order_by("reader__name"))
