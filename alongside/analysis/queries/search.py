"""Looking for words in transcripts: the database narrows down, the exact search is done on what is left."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from re import Pattern

from django.db.models import QuerySet
from django.http import Http404

from alongside.accounts.models import Study, User
from alongside.accounts.queries import NOT_HERE
from alongside.analysis.models import Code, Coding
from alongside.core.finding import pattern, plainest, sentences
from alongside.interviews.models import Revision, Transcript, Turn
from alongside.interviews.queries import transcripts_open_to

# No search lists more turns than this; more are there if it is reached.
MOST_FOUND = 1000
TEXTS_AT_ONCE = 20
# Code points shown before the first words found in a turn, and after the last.
AROUND = 240
WHOLE_TURN = 1200

Span = tuple[int, int]


@dataclass(frozen=True)
class Wanted:
    """What is looked for: each of the phrases, in one turn, of whoever asks or answers if that is said."""

    phrases: Sequence[str]
    whole: bool = False
    speakers: str = ""


@dataclass(frozen=True)
class Hit:
    """A turn of a text, with the spans in it that were looked for."""

    revision: int
    turn: int
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Bit:
    """Some words of a turn, and whether they were looked for."""

    words: str
    found: bool


@dataclass(frozen=True)
class Line:
    """A turn that was found, as it is shown and as it can be chosen."""

    transcript: Transcript
    turn: Turn
    bits: list[Bit]
    place: str
    shared: Sequence[str] = ()


def find(study: Study, user: User, wanted: Wanted, coded_by_me: Code | None = None) -> list[Hit]:
    """Turns of transcripts open to `user` that hold every phrase: at most MOST_FOUND + 1, by transcript.

    Those that they have coded with `coded_by_me` already are left out.
    """
    texts = Revision.objects.filter(
        is_current=True, transcript__in=transcripts_open_to(study, user), transcript__study=study
    )
    for phrase in wanted.phrases:
        texts = texts.filter(text__icontains=plainest(phrase))
    patterns = [pattern(phrase, whole=wanted.whole) for phrase in wanted.phrases]
    own = Coding.objects.filter(coder=user, code=coded_by_me, removed=None) if coded_by_me else None
    hits = _hits(texts.order_by("transcript__name", "pk"), patterns, wanted.speakers, own)
    return list(islice(hits, MOST_FOUND + 1))


def _hits(
    texts: QuerySet[Revision], patterns: list[Pattern[str]], speakers: str, own: QuerySet[Coding] | None
) -> Iterator[Hit]:
    rows = texts.values_list("pk", "text").iterator(chunk_size=TEXTS_AT_ONCE)
    while some := list(islice(rows, TEXTS_AT_ONCE)):
        holding = [(pk, text) for pk, text in some if all(each.search(text) for each in patterns)]
        turns = _turns([pk for pk, _text in holding])
        coded = _coded(own, [pk for pk, _text in holding])
        for pk, text in holding:
            for number, spans in _in_turns(text, turns.get(pk, []), patterns, speakers):
                if not any(a < d and c < b for a, b in spans for c, d in coded.get(pk, ())):
                    yield Hit(pk, number, spans)


def _turns(texts: list[int]) -> dict[int, list[tuple[int, int, int, str]]]:
    found: dict[int, list[tuple[int, int, int, str]]] = {}
    rows = Turn.objects.filter(revision__in=texts).order_by("revision", "start")
    columns = rows.values_list("revision_id", "number", "start", "end", "speaker__kind")
    for text, number, start, end, kind in columns:
        found.setdefault(text, []).append((number, start, end, kind))
    return found


def _coded(own: QuerySet[Coding] | None, texts: list[int]) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = {}
    if own is not None:
        for text, start, end in own.filter(revision__in=texts).values_list("revision_id", "start", "end"):
            found.setdefault(text, []).append((start, end))
    return found


def _in_turns(
    text: str, turns: list[tuple[int, int, int, str]], patterns: list[Pattern[str]], speakers: str
) -> Iterator[tuple[int, tuple[Span, ...]]]:
    """Numbers of the turns in which every pattern is found, with where they are."""
    starts = [start for _number, start, _end, _kind in turns]
    found: dict[int, list[list[Span]]] = {}
    for which, each in enumerate(patterns):
        for match in each.finditer(text):
            at = bisect_right(starts, match.start()) - 1
            if at >= 0 and match.end() <= turns[at][2] and (not speakers or turns[at][3] == speakers):
                found.setdefault(at, [[] for _each in patterns])[which].append(match.span())
    for at in sorted(found):
        if all(found[at]):
            yield turns[at][0], joined([span for spans in found[at] for span in spans])


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in their order, those that overlap made one."""
    apart: list[Span] = []
    for start, end in sorted(spans):
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return tuple(apart)


# As they are chosen -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Chosen:
    """A span of a text that is to be coded."""

    revision: Revision
    start: int
    end: int

    @property
    def words(self) -> str:
        return self.revision.text[self.start : self.end]


def chosen_in(study: Study, user: User, hits: Sequence[Hit], unit: str) -> list[Chosen]:
    """The spans of `hits` widened to their unit: “words”, “sentence” or “turn”.

    Nothing is here if one of them isn't, or isn't open to `user`.
    """
    texts = Revision.objects.filter(
        pk__in={hit.revision for hit in hits}, transcript__in=transcripts_open_to(study, user)
    )
    revisions = {each.pk: each for each in texts.select_related("transcript__study")}
    said = Turn.objects.filter(revision__in=revisions, number__in={hit.turn for hit in hits})
    turns = {(turn.revision_id, turn.number): turn for turn in said}
    chosen: list[Chosen] = []
    for hit in hits:
        turn = turns.get((hit.revision, hit.turn))
        if turn is None or not all(turn.start <= a < b <= turn.end for a, b in hit.spans):
            raise Http404(NOT_HERE)
        text = revisions[hit.revision]
        chosen += [Chosen(text, start, end) for start, end in _widened(text, turn, hit.spans, unit)]
    return list(dict.fromkeys(chosen))


def _widened(revision: Revision, turn: Turn, spans: Sequence[Span], unit: str) -> Sequence[Span]:
    if unit == "words":
        return spans
    if unit == "turn":
        return [(turn.start, turn.end)]
    apart = sentences(turn.words_in(revision.text))
    whole = [(turn.start + start, turn.start + end) for start, end in apart]
    return [(a, b) for a, b in whole if any(a < end and start < b for start, end in spans)]


# As they are shown ------------------------------------------------------------------------------------


def lines(hits: Sequence[Hit], shared: dict[tuple[int, int], list[str]] | None = None) -> list[Line]:
    """Hits with their words around them: two queries, however many there are."""
    texts = Revision.objects.filter(pk__in={hit.revision for hit in hits})
    revisions = {each.pk: each for each in texts.select_related("transcript__interview__participant")}
    said = Turn.objects.filter(revision__in=revisions, number__in={hit.turn for hit in hits}).select_related(
        "speaker"
    )
    turns = {(turn.revision_id, turn.number): turn for turn in said}
    return [
        Line(
            revisions[hit.revision].transcript,
            turn := turns[hit.revision, hit.turn],
            bits(revisions[hit.revision].text, turn, hit.spans),
            place_of(hit),
            (shared or {}).get((hit.revision, hit.turn), ()),
        )
        for hit in hits
    ]


def place_of(hit: Hit) -> str:
    """A hit as a form sends it back: text, turn, and the spans found there."""
    return f"{hit.revision}.{hit.turn}." + ",".join(f"{start}-{end}" for start, end in hit.spans)


def bits(text: str, turn: Turn, spans: Sequence[Span]) -> list[Bit]:
    """A turn's words with those found marked, cut short where nothing was found for long."""
    if spans == ((turn.start, turn.end),):
        whole = turn.words_in(text)
        return [Bit(whole if len(whole) <= WHOLE_TURN else whole[:WHOLE_TURN] + "…", False)]
    shown: list[Bit] = []
    at = turn.start
    for start, end in spans:
        before = text[at:start]
        shown += [Bit(_cut(before, is_first=at == turn.start), False), Bit(text[start:end], True)]
        at = end
    after = text[at : turn.end]
    shown.append(Bit(after if len(after) <= AROUND else after[:AROUND] + "…", False))
    return [bit for bit in shown if bit.words]


def _cut(words: str, *, is_first: bool) -> str:
    if len(words) <= 2 * AROUND:
        return words
    return f"…{words[-AROUND:]}" if is_first else f"{words[:AROUND]} … {words[-AROUND:]}"
