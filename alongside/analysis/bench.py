"""What the workbench opens with: one text, its turns and codings, ready to be drawn."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from alongside.accounts.models import Study, User
from alongside.accounts.permissions import Permission
from alongside.analysis.models import Code, Coding, Workshop
from alongside.analysis.phrases import phrases
from alongside.analysis.queries import (
    Branch,
    CodeLine,
    coders_in,
    coding_rows,
    codings_in,
    codings_over,
    flat,
    in_lines,
    is_read_apart,
    last_number,
    links_in,
    plain_id,
    tied,
    tree,
    with_memos,
)
from alongside.analysis.telling import link_row
from alongside.interviews.models import Revision, Speaker, Turn
from alongside.interviews.queries import turns

# The number that stands for any coding, link or discussion in the addresses given to the script.
ANY = 0
OF_TEXT = ("apply-code", "changes", "undo", "redo", "discussions-in")
OF_CODING = (
    "remove-coding",
    "resize-coding",
    "recode",
    "copy-coding",
    "weigh-coding",
    "link-codings",
    "unlink-codings",
    "add-remark",
    "settle-discussion",
)


@dataclass(frozen=True)
class Heard:
    """A turn as it is shown."""

    number: int
    clock: str
    speaker: str
    asks: bool
    words: str
    seconds: str = ""


@dataclass(frozen=True)
class Coder:
    """Someone who coded here, and how much."""

    name: str
    initials: str
    count: int


@dataclass(frozen=True)
class Bench:
    turns: list[Heard]
    minutes: int
    codebook: list[CodeLine]
    coders: list[Coder]
    data: dict[str, Any]
    phrases: dict[str, str]
    may_code: bool
    open_turn: int | None
    open_codings: list[Coding]


def bench(
    study: Study,
    user: User,
    revision: Revision,
    open_turn: int | None = None,
    workshop: Workshop | None = None,
) -> Bench:
    """The workbench on one text. `open_turn` is the number of the turn that shows its form."""
    # Asked before all else, so that what comes between is told again rather than missed.
    at = last_number(study)
    said = list(turns(revision))
    branches = tree(study, user, revision)
    coders = coders_in(revision, user)
    data = {"at": at, **_data(study, user, revision, said, branches, coders)}
    here = next((turn for turn in said if turn.number == open_turn), None)
    over = codings_over(revision, user, here.start, here.end) if here else Coding.objects.none()
    return Bench(
        turns=[_heard(turn, revision.text) for turn in said],
        minutes=-(-max((turn.end_ms or 0 for turn in said), default=0) // 60_000),
        codebook=in_lines(branches),
        coders=_counted(coders, data["codings"]),
        data={**data, **_of_workshop(workshop, revision, user)} if workshop else data,
        phrases=phrases(),
        may_code=Permission.CODE in study.may,
        open_turn=here.number if here else None,
        open_codings=list(with_memos(over, user)),
    )


def _heard(turn: Turn, text: str) -> Heard:
    return Heard(
        turn.number,
        turn.clock,
        turn.speaker.called,
        turn.speaker.kind == Speaker.Kind.ASKS,
        turn.words_in(text),
        f"{turn.start_ms / 1000:.3f}" if turn.start_ms is not None else "",
    )


def _counted(coders: list[User], codings: list[list[int]]) -> list[Coder]:
    counts = [0] * len(coders)
    for _pk, _code, coder, *_rest in codings:
        counts[coder] += 1
    return [Coder(who.name, who.initials, count) for who, count in zip(coders, counts, strict=True)]


def _data(
    study: Study, user: User, revision: Revision, said: list[Turn], branches: list[Branch], coders: list[User]
) -> dict[str, Any]:
    """For the script. Offsets are code points of the whole text; codes and coders go by their index."""
    codes = [branch.code for branch in flat(branches)]
    code_at = {plain_id(code.pk): index for index, code in enumerate(codes)}
    readers = [*coders, *(who for who in [user] if who not in coders)]
    coder_at = {plain_id(coder.pk): index for index, coder in enumerate(readers)}
    known = {plain_id(coder.pk) for coder in coders}
    # One that came since, with a code or a coder that did, is told of as what came between.
    rows = [row for row in coding_rows(codings_in(revision, user)) if row[1] in code_at and row[2] in known]
    return {
        "apart": is_read_apart(revision.transcript),
        "key": f"{revision.transcript_id}:{user.pk}",
        "me": readers.index(user),
        "revision": revision.number,
        "transcript": str(revision.transcript_id),
        "may": {
            "code": Permission.CODE in study.may,
            "name": Permission.EDIT_CODEBOOK in study.may,
        },
        "urls": _urls(study, revision),
        "turns": [[turn.number, turn.start, turn.end, turn.line] for turn in said],
        "codes": [
            [str(code.pk), code.name, _above(code, code_at), code.colour, int(code.retired is not None)]
            for code in codes
        ],
        "coders": [[coder.name, coder.initials, str(coder.pk)] for coder in readers],
        "codings": [
            [pk, code_at[code], coder_at[coder], start, end, important + 2 * adopted]
            for pk, code, coder, start, end, important, adopted, _off in rows
        ],
        "links": [link_row(study, each) for each in tied(revision, links_in(study, user, revision))],
    }


def _of_workshop(workshop: Workshop, revision: Revision, user: User) -> dict[str, Any]:
    """What goes out with each act of a workshop, and what was decided in it so far."""
    decided = codings_in(revision, user).filter(workshop=workshop, adopted__isnull=False).order_by("pk")
    return {"workshop": workshop.pk, "decided": list(decided.values_list("pk", flat=True))}


def _above(code: Code, code_at: dict[str, int]) -> int:
    return code_at[plain_id(code.parent_id)] if code.parent_id else -1


def _urls(study: Study, revision: Revision) -> dict[str, str]:
    text = {name: reverse(f"analysis:{name}", args=[study.slug, revision.transcript_id]) for name in OF_TEXT}
    coding = {name: reverse(f"analysis:{name}", args=[study.slug, ANY]) for name in OF_CODING}
    return {**text, **coding, "who": reverse("accounts:who")}
