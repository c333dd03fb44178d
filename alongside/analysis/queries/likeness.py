"""Which turns are most like some words: by the words that they share, and by an embedding model if there is
one. Only transcripts that a machine may be given are looked through."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from django.db.models import F, Q, QuerySet, Sum
from django.http import Http404

from alongside.accounts.models import Study, User
from alongside.accounts.queries import NOT_HERE
from alongside.analysis import embedding
from alongside.analysis.models import Code
from alongside.analysis.queries.codings import codings_open_to
from alongside.analysis.queries.machine import transcripts_for_machine
from alongside.analysis.queries.passages import WORDS, with_words
from alongside.analysis.queries.search import Hit, Line, lines
from alongside.core.arrays import FloatArray
from alongside.core.finding import plainest
from alongside.core.likeness import Counts, best, bm25, cosine, counted, idf, tf_idf, words
from alongside.interviews.models import Revision, Transcript, Turn

OFFSET = re.compile("[0-9]{1,9}")
MOST_LIKE = 30
# Code points that are read for one question: some hundred hours of talk.
MOST_READ = 4_000_000
# A passage of a code says what the code is about; more than these say little more.
MOST_PASSAGES = 200
SHARED_WORDS = 5
# What reaches less than this part of the best score shares hardly more than small words.
FAINT = 0.25
# What shares most words is put in order by an embedding model; it reads no more than these.
MOST_EMBEDDED = 300

Place = tuple[int, int]


@dataclass(frozen=True)
class Alike:
    """The turns most like what was asked, and how many transcripts of how many were looked through."""

    lines: list[Line]
    looked: int
    all: int
    by_model: bool
    trouble: str


def asked_about(revision: Revision, given: Mapping[str, str]) -> tuple[int, int, Turn]:
    """The words that an address names, by their `start` and `end` or by their `turn`, and that turn; the
    first one where it names none."""
    start, end, number = (given.get(name, "") for name in ("start", "end", "turn"))
    turns = revision.turns.select_related("speaker").filter(end__gt=F("start"))
    if OFFSET.fullmatch(number) or not (start or end or number):
        turn = (turns.filter(number=int(number)) if number else turns).first()
        if turn is not None:
            return turn.start, turn.end, turn
    elif OFFSET.fullmatch(start) and OFFSET.fullmatch(end) and int(start) < int(end) <= revision.length:
        turn = turns.filter(start__lte=int(start), end__gt=int(start)).first()
        if turn is not None:
            return int(start), int(end), turn
    raise Http404(NOT_HERE)


def turns_like(study: Study, user: User, revision: Revision, start: int, end: int) -> Alike:
    """Turns like `revision.text[start:end]`, by BM25; without those that hold these words."""
    asked = revision.text[start:end]
    said, looked, count = _read(transcripts_for_machine(study, user), asked)
    said = [each for each in said if each.revision != revision.pk or each.end <= start or each.start >= end]
    counts = counted(words(each.words) for each in said)
    scores, adds = bm25(counts, counts.of(words(asked)))
    return _alike(_lines(said, counts, scores, adds, asked), looked, count)


def turns_like_code(study: Study, user: User, code: Code) -> Alike:
    """Turns like the passages of a code, by the cosine of their TF-IDF; without those coded with it."""
    given = transcripts_for_machine(study, user)
    coded = codings_open_to(study, user).filter(code=code, revision__transcript__in=given)
    passages = [getattr(row, WORDS) for row in with_words(coded.order_by("-made"))[:MOST_PASSAGES]]
    asked = "\n".join(passages)
    said, looked, count = _read(given, asked)
    taken: dict[int, list[tuple[int, int]]] = {}
    for text, start, end in coded.values_list("revision_id", "start", "end"):
        taken.setdefault(text, []).append((start, end))
    said = [
        each
        for each in said
        if not any(a < each.end and each.start < b for a, b in taken.get(each.revision, ()))
    ]
    counts = counted(words(each.words) for each in said)
    rare = idf(counts.df, max(len(said), 1))
    query, weights = counts.of(words(asked)) * rare, tf_idf(counts)
    scores = cosine(counts, weights, query)
    return _alike(_lines(said, counts, scores, weights * query[counts.term], asked), looked, count)


def _alike(found: list[Line], looked: int, count: int) -> Alike:
    return Alike(found, looked, count, embedding.is_there(), embedding.trouble())


@dataclass(frozen=True)
class _Said:
    """A turn's words, and where they stand."""

    revision: int
    turn: int
    start: int
    end: int
    words: str


def _read(transcripts: QuerySet[Transcript], asked: str) -> tuple[list[_Said], int, int]:
    """The turns to look through, of how many transcripts, and how many there are.

    Where there is more than can be read for one question, those transcripts come first that hold the longest
    of the words that were asked about.
    """
    texts = Revision.objects.filter(is_current=True, transcript__in=transcripts)
    count, length = texts.count(), texts.aggregate(all=Sum("length"))["all"] or 0
    if length > MOST_READ:
        longest = sorted({plainest(word) for word in words(asked)}, key=len, reverse=True)[:SHARED_WORDS]
        holding = Q()
        for word in longest:
            holding |= Q(text__icontains=word)
        texts = texts.filter(holding)
    chosen, room = [], MOST_READ
    for pk, size in texts.order_by("transcript__name", "pk").values_list("pk", "length"):
        if size > room:
            break
        chosen.append(pk)
        room -= size
    read = dict(Revision.objects.filter(pk__in=chosen).values_list("pk", "text"))
    rows = Turn.objects.filter(revision__in=chosen).order_by("revision", "number")
    said = [
        _Said(text, number, start, end, read[text][start:end])
        for text, number, start, end in rows.values_list("revision_id", "number", "start", "end")
        if end > start
    ]
    return said, len(chosen), count


def _lines(said: list[_Said], counts: Counts, scores: FloatArray, adds: FloatArray, asked: str) -> list[Line]:
    """The best, with the words that they share with what was asked, the telling ones first."""
    clear = np.where(scores >= FAINT * scores.max(initial=0), scores, 0)
    order = best(clear, MOST_EMBEDDED if embedding.is_there() else MOST_LIKE).tolist()
    if order and embedding.is_there():
        near = embedding.nearness(asked, [said[at].words for at in order])
        order = [order[at] for at in np.argsort(-near, kind="stable")[:MOST_LIKE]]
    shared: dict[Place, list[str]] = {}
    for at in order:
        pairs = np.flatnonzero((counts.document == at) & (adds > 0))
        telling = pairs[np.argsort(-adds[pairs], kind="stable")][:SHARED_WORDS]
        shared[said[at].revision, said[at].turn] = [counts.terms[term] for term in counts.term[telling]]
    hits = [Hit(said[at].revision, said[at].turn, ((said[at].start, said[at].end),)) for at in order]
    return lines(hits, shared)
