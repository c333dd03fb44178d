"""What a transcript file becomes: worked out without storing anything, so that a look ahead is the truth."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from alongside.core.lines import number
from alongside.interviews.models import Speaker
from alongside.interviews.reading import Reading, Sentence, Unreadable, read

LONGEST_NAME = 180
LONGEST_LABEL = 120
CLOSING = " ”\"’'"
# Labels under which transcribers commonly write the one who asks.
ASKING = frozenset(
    {"i", "int", "iv", "q", "interviewer", "researcher", "moderator", "therapist", "practitioner"}
)


@dataclass(frozen=True)
class PreparedTurn:
    """`text[start:end]` of the whole, as one speaker said it."""

    speaker: str
    start: int
    end: int
    start_ms: int | None
    end_ms: int | None
    line: int


@dataclass(frozen=True)
class Prepared:
    """A transcript as it would be stored. `speakers` maps each label to its kind, in order of speaking."""

    file: str
    name: str
    kind: str
    sha256: str
    encoding: str | None
    speakers: dict[str, str]
    turns: tuple[PreparedTurn, ...]
    text: str
    not_taken: tuple[str, ...]

    def words_of(self, turn: PreparedTurn) -> str:
        return self.text[turn.start : turn.end]

    def as_json(self) -> dict[str, Any]:
        told = asdict(self)
        told["turns"] = [{**asdict(turn), "text": self.words_of(turn)} for turn in self.turns]
        return told


def preview(name: str, data: bytes, *, asks: Collection[str] = (), join_cues: bool = False) -> Prepared:
    """What importing this file would store, or ValidationError with the one sentence that says why not."""
    try:
        reading = read(name, data, join_cues=join_cues)
    except Unreadable as error:
        raise ValidationError(said(error.sentence)) from error
    _check_labels(reading, asks)
    turns, text = _laid_out(reading)
    return Prepared(
        file=PurePath(name).name[-255:],
        name=PurePath(name).stem.strip()[:LONGEST_NAME] or gettext("Transcript"),
        kind=reading.kind,
        sha256=reading.sha256,
        encoding=reading.encoding,
        speakers=_kinds(reading, asks),
        turns=turns,
        text=text,
        not_taken=tuple(said(sentence) for sentence in reading.not_taken),
    )


def _check_labels(reading: Reading, asks: Collection[str]) -> None:
    unknown = sorted(set(asks) - set(reading.speakers))
    if unknown:
        raise ValidationError(
            gettext("“%(file)s” has no speaker called “%(label)s”; it has %(known)s.")
            % {
                "file": reading.name,
                "label": unknown[0],
                "known": ", ".join(reading.speakers) or gettext("none named"),
            }
        )
    longest = max(map(len, reading.speakers), default=0)
    if longest > LONGEST_LABEL:
        raise ValidationError(
            gettext(
                "“%(file)s”: a speaker’s name of at most %(limit)s characters was expected, not %(length)s."
            )
            % {"file": reading.name, "limit": LONGEST_LABEL, "length": longest}
        )


def said(sentence: str) -> str:
    """A reader's sentence in the language of whoever reads it."""
    if isinstance(sentence, Sentence):
        return gettext(sentence.template) % sentence.values
    return sentence


def _laid_out(reading: Reading) -> tuple[tuple[PreparedTurn, ...], str]:
    words = [turn.text for turn in reading.turns]
    lines = number(words).starts
    laid: list[PreparedTurn] = []
    at = 0
    for turn, line in zip(reading.turns, lines, strict=True):
        end = at + len(turn.text)
        laid.append(PreparedTurn(turn.speaker, at, end, turn.start_ms, turn.end_ms, line))
        at = end + 1
    return tuple(laid), "\n".join(words)


def _kinds(reading: Reading, asks: Collection[str]) -> dict[str, str]:
    asking = set(asks) or _who_asks(reading)
    labels = dict.fromkeys(turn.speaker for turn in reading.turns)
    return {label: (Speaker.Kind.ASKS if label in asking else Speaker.Kind.ANSWERS).value for label in labels}


def _who_asks(reading: Reading) -> set[str]:
    """A guess, which anybody can put right: labels that say so, else the one who mostly asks questions."""
    named = {label for label in reading.speakers if label.casefold().strip(" .:") in ASKING}
    if named or len(reading.speakers) < 2:
        return named
    shares = {label: _share_of_questions(reading, label) for label in reading.speakers}
    most, next_most = sorted(shares, key=lambda label: -shares[label])[:2]
    return {most} if shares[most] >= 1 / 3 and shares[most] > 2 * shares[next_most] else set()


def _share_of_questions(reading: Reading, label: str) -> float:
    asked = [turn.text.rstrip(CLOSING).endswith("?") for turn in reading.turns if turn.speaker == label]
    return sum(asked) / len(asked)
