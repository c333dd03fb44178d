from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet

from alongside.accounts.models import User
from alongside.analysis.models import Coding
from alongside.analysis.queries.codings import codings_in
from alongside.analysis.queries.passages import turns_at
from alongside.interviews.models import Revision, Turn


@dataclass
class CodedWords:
    """Words, and everyone's codings of exactly these."""

    words: str
    start: int
    end: int
    codings: list[Coding] = field(default_factory=list)


@dataclass
class CodedTurn:
    turn: Turn | None
    passages: list[CodedWords] = field(default_factory=list)


def codings_to_adopt(revision: Revision, user: User, which: str = "") -> QuerySet[Coding]:
    """Everyone's codings of a text in its order: all, the team's own, or the others."""
    rows = codings_in(revision, user).select_related("code", "coder", "adopted_by", "workshop")
    rows = rows.prefetch_related("workshop__present")
    if which:
        rows = rows.filter(adopted__isnull=which != "ours")
    return rows.order_by("start", "-end", "code__position", "coder__name", "pk")


def by_turn(revision: Revision, codings: Iterable[Coding]) -> list[CodedTurn]:
    """Codings of `codings_to_adopt`, under the turn and the words that they are of."""
    listed = list(codings)
    turns = turns_at([(revision.pk, coding.start) for coding in listed])
    found: list[CodedTurn] = []
    for coding in listed:
        turn = turns.get((revision.pk, coding.start))
        if not found or found[-1].turn != turn:
            found.append(CodedTurn(turn))
        passages = found[-1].passages
        if not passages or (passages[-1].start, passages[-1].end) != (coding.start, coding.end):
            passages.append(CodedWords(revision.text[coding.start : coding.end], coding.start, coding.end))
        passages[-1].codings.append(coding)
    return found
