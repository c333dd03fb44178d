from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Substr
from django.http import Http404

from alongside.accounts.models import Study, User
from alongside.accounts.queries import NOT_HERE
from alongside.analysis.models import Code, Coding, Memo, Passage
from alongside.analysis.queries.apart import without_others_passages
from alongside.analysis.queries.codings import codings_open_to
from alongside.interviews.models import Transcript, Turn
from alongside.interviews.queries import transcripts_open_to


def passage_for(study: Study, user: User, pk: int) -> Passage:
    open_to = Passage.objects.filter(
        theme__study=study, pk=pk, revision__transcript__in=transcripts_open_to(study, user)
    )
    passage = without_others_passages(open_to, user).select_related("theme", "revision").first()
    if passage is None:
        raise Http404(NOT_HERE)
    return passage


@dataclass(frozen=True)
class Words:
    """Words in their place: whose they are, where they stand, what they are coded with, and what was
    written about that."""

    pk: int
    transcript: Transcript
    turn: Turn | None
    start: int
    end: int
    text: str
    code: Code | None = None
    coder: User | None = None
    memos: Sequence[Memo] = ()


def words_of(coding: Coding) -> str:
    """The words themselves, where the whole text is at hand."""
    return coding.revision.text[coding.start : coding.end]


def passages_of(study: Study, user: User, code: Code | None = None, words: str = "") -> QuerySet[Coding]:
    """Codings with their words cut out by the database, only those with `words` in them if any are given;
    slice it, then `placed` it."""
    rows = codings_open_to(study, user)
    if code is not None:
        rows = rows.filter(code=code)
    cut = with_words(rows.order_by("revision__transcript__name", "start", "pk"))
    return cut.alias(said=F("words")).filter(said__icontains=words) if words else cut


def with_words(rows: QuerySet[Coding]) -> QuerySet[Coding]:
    return (
        rows.annotate(words=Substr("revision__text", F("start") + 1, F("end") - F("start")))
        .defer("revision__text")
        .select_related("revision__transcript__interview__participant", "code", "coder")
    )


def placed(rows: Iterable[Coding]) -> list[Words]:
    """Passages with the turn each begins in: one more query, however many there are."""
    listed = list(rows)
    turns = turns_at([(row.revision_id, row.start) for row in listed])
    return [
        Words(
            pk=row.pk,
            transcript=row.revision.transcript,
            turn=turns.get((row.revision_id, row.start)),
            start=row.start,
            end=row.end,
            text=getattr(row, WORDS),
            code=row.code,
            coder=row.coder,
            memos=getattr(row, NOTED, ()),
        )
        for row in listed
    ]


# The names under which the database's own cut of a text is annotated, and the memos on a passage are fetched.
WORDS = "words"
NOTED = "noted"
PLACES_A_QUERY = 200


def turns_at(places: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Turn]:
    """The turn that holds each (text, offset)."""
    wanted = sorted(set(places))
    found: dict[tuple[int, int], Turn] = {}
    for first in range(0, len(wanted), PLACES_A_QUERY):
        some = wanted[first : first + PLACES_A_QUERY]
        here = Q()
        for text, offset in some:
            here |= Q(revision_id=text, start__lte=offset, end__gt=offset)
        by_text: dict[int, list[Turn]] = {}
        for turn in Turn.objects.filter(here).select_related("speaker"):
            by_text.setdefault(turn.revision_id, []).append(turn)
        for text, offset in some:
            for turn in by_text.get(text, []):
                if turn.start <= offset < turn.end:
                    found[text, offset] = turn
    return found
