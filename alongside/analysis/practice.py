"""A conversation of two minutes to practise on: invented, and nothing that is done with it is stored."""

from dataclasses import dataclass
from itertools import accumulate
from typing import Any
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from alongside.accounts.models import User
from alongside.analysis.bench import ANY, OF_CODING, Bench, Heard
from alongside.analysis.models import Code
from alongside.analysis.phrases import phrases
from alongside.analysis.queries import Branch, in_lines
from alongside.core.lines import number

# Ids that no row has: they name these codes and this text on the page alone.
HERE = UUID("6ba7b812-9dad-11d1-80b4-00c04fd430c8")
ASKS, ANSWERS = "Ama", "Kit"


@dataclass(frozen=True)
class Text:
    """What stands where a transcript does."""

    pk: UUID
    title: str


def text() -> Text:
    return Text(uuid5(HERE, "practice"), _("Practice conversation"))


def practice_bench(user: User) -> Bench:
    """The workbench as it opens on the invented conversation."""
    said, codes = conversation(), practice_codes()
    return Bench(
        turns=[
            Heard(place, "", speaker, speaker == ASKS, words)
            for place, (speaker, words) in enumerate(said, start=1)
        ],
        minutes=2,
        codebook=in_lines([Branch(code, 0, code.name, 0) for code in codes]),
        coders=[],
        data=_data(user, [words for _speaker, words in said], codes),
        phrases=phrases(),
        may_code=True,
        open_turn=None,
        open_codings=[],
    )


def _data(user: User, words: list[str], codes: list[Code]) -> dict[str, Any]:
    starts = list(accumulate((len(each) + 1 for each in words), initial=0))
    lines = number(words).starts
    return {
        "practice": True,
        "at": 0,
        "apart": False,
        "key": f"practice:{user.pk}",
        "me": 0,
        "revision": 1,
        "may": {"code": True, "name": False},
        "urls": {"undo": "undo", "redo": "redo", "apply-code": "apply-code"}
        | {name: f"{name}/{ANY}/" for name in OF_CODING},
        "turns": [
            [place + 1, start, start + len(each), line]
            for place, (start, each, line) in enumerate(zip(starts, words, lines, strict=False))
        ],
        "codes": [[str(code.pk), code.name, -1, code.colour, 0] for code in codes],
        "coders": [[user.name, user.initials, str(user.pk)]],
        "codings": [],
        "links": [],
    }


def practice_codes() -> list[Code]:
    told = [
        (_("Being heard"), _("Somebody listens, and it shows.")),
        (_("Doing it together"), _("Two people do what one did alone before.")),
        (_("What got in the way"), _("Something makes it hard: time, forms, a door, a habit.")),
    ]
    return [
        Code(pk=uuid5(HERE, f"code {place}"), name=name, definition=means, plain=means, colour=colour)
        for place, ((name, means), colour) in enumerate(zip(told, (9, 10, 2), strict=True))
    ]


def conversation() -> list[tuple[str, str]]:
    return [
        (
            ASKS,
            _("This was invented for practice. Nobody said any of it. Kit, what changed at the allotment?"),
        ),
        (ANSWERS, _("The gate, first. It was always locked. You had to ring the office and wait for a key.")),
        (ASKS, _("And then?")),
        (
            ANSWERS,
            _(
                "Then we wrote the rota together, Mo and I. He had always done it by himself. He asked me"
                " which mornings I can manage, and he wrote down what I said."
            ),
        ),
        (ASKS, _("What was that like?")),
        (
            ANSWERS,
            _(
                "Odd at first. I kept waiting for him to change it. He didn’t. The beans were a failure, but"
                " they were our beans."
            ),
        ),
        (ASKS, _("Is there anything that has not changed?")),
        (
            ANSWERS,
            _(
                "The form. You still fill in the same form every month, and nobody reads it. I asked once."
                " She laughed and said that she fills one in too."
            ),
        ),
    ]


def practice_phrases() -> dict[str, str]:
    return {
        "tryDone": _("Done: {what}"),
        "allTried": _("That is all of it. You can go on practising, or read a real transcript."),
        "undoNothing": _("Nothing to undo."),
        "redoNothing": _("Nothing to redo."),
        "notInPractice": _("That can’t be practised here."),
    }
