from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from alongside.interviews.reading.labels import ARROW, SPACE, Opening, labels_that_count, opening
from alongside.interviews.reading.shapes import LeftOut, Turn


@dataclass(frozen=True)
class Paragraph:
    """`place` counts from 1: the paragraph of a document, or the line of a plain text."""

    place: int
    text: str


def turns_of(paragraphs: Iterable[Paragraph], left_out: LeftOut) -> list[Turn]:
    """Turns of a document in which people typed who speaks.

    A turn begins with `Speaker: words`, `[00:01:23] Speaker: words`, `Speaker [00:01:23]: words`,
    `[Speaker]: words` (any name; `[]: words` is a turn of nobody named), or with the line
    `Speaker 00:01:23` above the words, as Teams, Otter and Word write it. `[00:01:23]` without a name
    begins a turn of the same speaker. Each begins a new turn, also when the speaker stays the same.
    A paragraph that begins nothing continues the turn, after a line feed; before anyone has spoken it is
    a turn of its own. White space at both ends of a paragraph is not kept.
    """
    stripped = [Paragraph(each.place, each.text.strip(SPACE)) for each in paragraphs]
    whole = list(_with_what_arrows_head([each for each in stripped if each.text]))
    openings = _with_words_below([opening(each.text) for each in whole])
    names = labels_that_count(each for each in openings if each)
    gathering = _Gathering(left_out)
    for paragraph, start in zip(whole, openings, strict=True):
        gathering.take(paragraph, _settled(paragraph.text, start, names))
    gathering.close()
    return gathering.turns


def _with_what_arrows_head(paragraphs: list[Paragraph]) -> Iterator[Paragraph]:
    """A time range on a line of its own is the head of the next two paragraphs: speaker, words."""
    waiting: list[Paragraph] = []
    for each in paragraphs:
        if ARROW.fullmatch(each.text):
            if waiting:
                yield _joined(waiting)
            waiting = [each]
        elif waiting:
            waiting.append(each)
            if len(waiting) == 3:
                yield _joined(waiting)
                waiting = []
        else:
            yield each
    if waiting:
        yield _joined(waiting)


def _joined(paragraphs: list[Paragraph]) -> Paragraph:
    return Paragraph(paragraphs[0].place, "\n".join(each.text for each in paragraphs))


def _with_words_below(openings: list[Opening | None]) -> list[Opening | None]:
    """`00:00:05 Okay` is a head only when what follows is not timed itself; else it is words."""
    following = [*openings[1:], Opening("", "", 0)]
    return [
        None if each and each.weak and not each.text and after and after.start_ms is not None else each
        for each, after in zip(openings, following, strict=False)
    ]


def _settled(text: str, start: Opening | None, names: frozenset[str]) -> Opening | None:
    if start is None or not start.label or start.sure or start.label in names:
        return start
    first, _, below = text.partition("\n")
    if ARROW.match(first):
        return Opening(None, below, start.start_ms, start.end_ms)
    if start.start_ms is not None and first.startswith("["):
        return Opening(None, text.partition("]")[2].strip(SPACE), start.start_ms, start.end_ms)
    return None


class _Gathering:
    def __init__(self, left_out: LeftOut) -> None:
        self.turns: list[Turn] = []
        self._left_out = left_out
        self._now: Opening | None = None
        self._lines: list[str] = []
        self._speaker = ""
        self._place = 0

    def take(self, paragraph: Paragraph, start: Opening | None) -> None:
        if start is None and (self._now is None or (not self._speaker and self._lines)):
            start = Opening("", paragraph.text)
        if start is None:
            self._lines.append(paragraph.text)
            return
        self.close()
        self._now = start
        self._place = paragraph.place
        self._speaker = self._speaker if start.label is None else start.label
        words = start.text.strip(SPACE)
        self._lines = [words] if words else []

    def close(self) -> None:
        if self._now is None:
            return
        if self._lines:
            text = "\n".join(self._lines)
            self.turns.append(Turn(self._speaker, text, self._now.start_ms, self._now.end_ms))
        else:
            self._left_out.say(
                "Line or paragraph %(place)d begins a turn of “%(speaker)s”, but no words follow.",
                place=self._place,
                speaker=self._speaker,
            )
