"""The codebook as its page shows it: in an order, narrowed by a name, with who uses what."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from alongside.accounts.models import Study, User
from alongside.analysis.models import Act, Code, Codebook
from alongside.analysis.queries.codebook import Branch, flat, tree
from alongside.analysis.queries.codings import standing_codings
from alongside.analysis.queries.turns import last_done, last_undone

OWN, NAME, COUNT = "own", "name", "count"
ORDERS = (OWN, NAME, COUNT)


@dataclass(frozen=True)
class CodeLine:
    """One code on the page. `opens` says that those below follow; `closes` how many levels end after it."""

    branch: Branch
    opens: bool
    closes: range
    is_first: bool
    is_last: bool

    @property
    def code(self) -> Code:
        return self.branch.code


@dataclass(frozen=True)
class Book:
    """`lines` are the codes in use, each under its parent; `retired` stand apart. `hidden` counts those that
    the filter leaves out."""

    lines: list[CodeLine]
    retired: list[Branch]
    all: list[Branch]
    hidden: int
    version: int

    @property
    def in_use(self) -> int:
        return sum(branch.code.retired is None for branch in self.all)


def book(study: Study, user: User, order: str = OWN, name: str = "") -> Book:
    branches = tree(study, user)
    everything = flat(branches)
    used = _used(everything)
    shown = _named(everything, used, name)
    version = Codebook.objects.filter(study=study).values_list("version", flat=True).first() or 0
    return Book(
        _lines(_ordered(branches, order), shown, order),
        [branch for branch in everything if branch.code.retired],
        everything,
        len(used) - len(shown),
        version,
    )


def _used(branches: list[Branch]) -> set[UUID]:
    """Codes in use, and those above them."""
    used: set[UUID] = set()
    for branch in reversed(branches):
        if branch.code.retired is None or any(child.code.pk in used for child in branch.children):
            used.add(branch.code.pk)
    return used


def _named(branches: list[Branch], used: set[UUID], name: str) -> set[UUID]:
    """Those whose name has the letters, what stands below them, and what stands above."""
    wanted = name.strip().casefold()
    if not wanted:
        return used
    found: set[UUID] = set()
    for branch in branches:
        if wanted in branch.code.name.casefold() or branch.code.parent_id in found:
            found.add(branch.code.pk)
    for branch in reversed(branches):
        if any(child.code.pk in found for child in branch.children):
            found.add(branch.code.pk)
    return found & used


def _ordered(branches: list[Branch], order: str) -> list[Branch]:
    for level in [branches, *(branch.children for branch in flat(branches))]:
        if order == NAME:
            level.sort(key=lambda branch: branch.code.name.casefold())
        elif order == COUNT:
            level.sort(key=lambda branch: (-branch.total, branch.code.name.casefold()))
    return branches


def in_lines(branches: list[Branch]) -> list[CodeLine]:
    """A whole tree line by line, however deep: a template that called itself would end at some depth."""
    return _lines(branches, {branch.code.pk for branch in flat(branches)}, OWN)


def _lines(branches: list[Branch], shown: set[UUID], order: str) -> list[CodeLine]:
    lines: list[CodeLine] = []
    seen = [branch for branch in flat(branches) if branch.code.pk in shown]
    kept = {branch.code.pk: [c for c in branch.children if c.code.pk in shown] for branch in seen}
    tops = [branch for branch in branches if branch.code.pk in shown]
    for at, branch in enumerate(seen):
        deeper = seen[at + 1].depth if at + 1 < len(seen) else 0
        parent = branch.code.parent_id
        beside = kept.get(parent, tops) if parent else tops
        lines.append(
            CodeLine(
                branch,
                bool(kept[branch.code.pk]),
                range(max(branch.depth - deeper, 0)),
                is_first=beside[0] is branch or order != OWN,
                is_last=beside[-1] is branch or order != OWN,
            )
        )
    return lines


@dataclass(frozen=True)
class Use:
    """How often each coder used a code, coders in the order of the table's head."""

    branch: Branch
    by_coder: list[int]


def uses(study: Study, user: User, branches: list[Branch]) -> tuple[list[User], list[Use]]:
    """Who uses what, as far as `user` may see: only codes and coders with at least one coding."""
    rows = standing_codings(study, user).order_by().values_list("code_id", "coder_id")
    counts = Counter({(code, coder): count for code, coder, count in rows.annotate(count=Count("pk"))})
    coders = list(User.objects.filter(pk__in={coder for _code, coder in counts}).order_by("name"))
    used = [branch for branch in branches if branch.own]
    return coders, [Use(each, [counts[each.code.pk, coder.pk] for coder in coders]) for each in used]


# What can be turned back ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Turns:
    """What undoing and doing again would turn, in words; empty where there is nothing."""

    undo: str
    redo: str


def turns_of_book(study: Study, user: User) -> Turns:
    """What `user` did last to the codebook, and what they undid last."""
    last, again = last_done(user, study, None), last_undone(user, study, None)
    return Turns(
        str(Act.Kind(last.kind).label) if last else "", str(Act.Kind(again.kind).label) if again else ""
    )
