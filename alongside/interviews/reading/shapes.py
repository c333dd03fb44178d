from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

LISTED_ONE_BY_ONE = 20


class Sentence(str):
    """A finished English sentence which remembers how it was made.

    This package knows no Django, so a page translates it: `gettext(sentence.template) % sentence.values`.
    Every template is a literal at the place where it is used, for makemessages to find.
    """

    template: str
    values: dict[str, object]

    def __new__(cls, template: str, **values: object) -> Sentence:
        sentence = super().__new__(cls, template % values)
        sentence.template = template
        sentence.values = values
        return sentence

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, object]]:
        return (self.template,), self.values


class Unreadable(Exception):
    """A file not to import; its text is one sentence: the file, the place, what was expected and came."""

    def __init__(self, template: str, **values: object) -> None:
        self.sentence = Sentence(template, **values)
        super().__init__(self.sentence)

    def __reduce__(self) -> tuple[object, ...]:
        return _unreadable, (self.sentence,)


def _unreadable(sentence: Sentence) -> Unreadable:
    return Unreadable(sentence.template, **sentence.values)


@dataclass(frozen=True)
class Turn:
    """What one speaker said; `speaker` is empty when the file names nobody. Times are milliseconds."""

    speaker: str
    text: str
    start_ms: int | None
    end_ms: int | None

    def __post_init__(self) -> None:
        if self.start_ms is None and self.end_ms is not None:
            raise ValueError("A turn with an end needs a start.")
        if self.start_ms is not None and self.start_ms < 0:
            raise ValueError("A turn starts at 0 milliseconds or later.")
        if self.start_ms is not None and self.end_ms is not None and self.end_ms < self.start_ms:
            raise ValueError("A turn ends when it starts, or later.")


@dataclass(frozen=True)
class Reading:
    """What a transcript file says.

    `kind` is one of vtt, srt, docx, txt, odt, rtf. `speakers` are in the order of first speaking.
    `encoding` names how bytes became characters, or is None where the format settles it.
    `not_taken` has a sentence for every element of the file that is not in `turns`.
    `sha256` is that of the original bytes, in hexadecimal.
    """

    name: str
    kind: str
    turns: tuple[Turn, ...]
    speakers: tuple[str, ...]
    encoding: str | None
    not_taken: tuple[str, ...]
    sha256: str


class LeftOut:
    """Gathers the sentences of `not_taken`; of one kind, twenty in full and then a count."""

    def __init__(self) -> None:
        self._sentences: list[Sentence] = []
        self._said: Counter[str] = Counter()

    def say(self, template: str, **values: object) -> None:
        self._said[template] += 1
        if self._said[template] <= LISTED_ONE_BY_ONE:
            self._sentences.append(Sentence(template, **values))

    def sentences(self) -> tuple[str, ...]:
        more = [
            Sentence(
                "And %(count)d more like this one: %(example)s",
                count=count - LISTED_ONE_BY_ONE,
                example=next(each for each in self._sentences if each.template == template),
            )
            for template, count in self._said.items()
            if count > LISTED_ONE_BY_ONE
        ]
        return tuple(self._sentences + more)


def shown(text: str, limit: int = 60) -> str:
    """A piece of someone's file as it may stand in a sentence: one line, printable, not long."""
    line = "".join(_visible(char) for char in text[: limit * 4])
    line = " ".join(line.split())
    return line if len(line) <= limit and len(text) <= limit * 4 else line[:limit].rstrip() + "…"


def _visible(char: str) -> str:
    if char.isprintable():
        return char
    return " " if char in " \t\n\r" else char.encode("unicode_escape").decode("ascii")


def speakers_of(turns: list[Turn]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(turn.speaker for turn in turns if turn.speaker))
