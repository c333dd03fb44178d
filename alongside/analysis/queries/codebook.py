from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, QuerySet
from django.http import Http404

from alongside.accounts.models import Study, User
from alongside.accounts.queries import NOT_HERE
from alongside.analysis.models import COLOURS, Code, Codebook
from alongside.analysis.queries.codings import codings_in, in_tree_order, standing_codings
from alongside.analysis.queries.coined import codes_seen
from alongside.interviews.models import Revision

UNDER = " > "


def code_for(study: Study, user: User, pk: UUID) -> Code:
    code = codes_seen(study, user).filter(pk=pk).select_related("codebook").first()
    if code is None:
        raise Http404(NOT_HERE)
    return code


def codebook(study: Study) -> Codebook | None:
    return Codebook.objects.filter(study=study).first()


# Codes that share one of the twelve colours differ in the line that stands for them.
PATTERNS = ("", "broken", "dotted", "double")


@dataclass
class Branch:
    """A code with what stands below it, and how many codings `user` can see of each: `total` counts those
    below too, `own` the code's alone."""

    code: Code
    depth: int
    path: str
    own: int
    total: int = 0
    pattern: str = ""
    children: list["Branch"] = field(default_factory=list)

    @property
    def is_leaf(self) -> bool:
        return not self.children


def tree(study: Study, user: User, revision: Revision | None = None) -> list[Branch]:
    """The codebook as a tree with counts, for the whole study or for one text."""
    counted = standing_codings(study, user)
    if revision is not None:
        counted = codings_in(revision, user)
    own = dict(counted.order_by().values_list("code_id").annotate(count=Count("pk")))
    branches: dict[UUID, Branch] = {}
    tops: list[Branch] = []
    for code, depth in in_tree_order(codes_seen(study, user)):
        above = branches.get(code.parent_id) if code.parent_id else None
        path = f"{above.path}{UNDER}{code.name}" if above else code.name
        count = own.get(code.pk, 0)
        branch = branches[code.pk] = Branch(code, depth, path, count, count)
        (above.children if above else tops).append(branch)
    _put_patterns(list(branches.values()))
    for branch in reversed(branches.values()):
        if branch.code.parent_id:
            branches[branch.code.parent_id].total += branch.total
    return tops


def _put_patterns(branches: list[Branch]) -> None:
    """As the workbench draws them: codes that only gather others come last in the choice of a plain line."""
    sharing = Counter[int]()
    for branch in sorted(branches, key=lambda branch: bool(branch.children)):
        colour = branch.code.colour
        branch.pattern = PATTERNS[sharing[colour] % len(PATTERNS)]
        sharing[colour] += 1


def lines_left(study: Study, code: Code | None) -> dict[int, str]:
    """The pattern that a code has, or would have, in each colour: a new one comes last."""
    codes = [each for each, _depth in in_tree_order(Code.objects.filter(study=study))]
    above = {each.parent_id for each in codes}
    before: list[Code] = []
    for each in sorted(codes, key=lambda each: each.pk in above):
        if code is not None and each.pk == code.pk:
            break
        before.append(each)
    sharing = Counter(each.colour for each in before)
    return {colour: PATTERNS[sharing[colour] % len(PATTERNS)] for colour in range(1, COLOURS + 1)}


def flat(branches: Iterable[Branch]) -> list[Branch]:
    """A tree as the list in which it is read, however deep it goes."""
    found: list[Branch] = []
    waiting = list(branches)[::-1]
    while waiting:
        branch = waiting.pop()
        found.append(branch)
        waiting += branch.children[::-1]
    return found


def code_paths(study: Study, codes: QuerySet[Code] | None = None) -> dict[UUID, str]:
    """Each code's names from the top, as “Before > One-way talk”: of all, or of `codes` that hold every code
    above one of theirs."""
    paths: dict[UUID, str] = {}
    for code, _depth in in_tree_order(Code.objects.filter(study=study) if codes is None else codes):
        paths[code.pk] = f"{paths[code.parent_id]}{UNDER}{code.name}" if code.parent_id else code.name
    return paths
