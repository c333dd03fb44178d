from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count
from django.http import Http404

from alongside.accounts.models import Study, User
from alongside.accounts.queries import NOT_HERE
from alongside.analysis.models import Code, Codebook, Coding
from alongside.analysis.queries.codings import in_tree_order, standing_codings
from alongside.interviews.models import Revision


def code_for(study: Study, pk: UUID) -> Code:
    code = Code.objects.filter(study=study, pk=pk).select_related("codebook").first()
    if code is None:
        raise Http404(NOT_HERE)
    return code


def codebook(study: Study) -> Codebook | None:
    return Codebook.objects.filter(study=study).first()


@dataclass
class Branch:
    """A code with what stands below it, and how many codings `user` can see of each."""

    code: Code
    depth: int
    path: str
    own: int
    children: list["Branch"] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.own + sum(child.total for child in self.children)

    @property
    def is_leaf(self) -> bool:
        return not self.children


def tree(study: Study, user: User, revision: Revision | None = None) -> list[Branch]:
    """The codebook as a tree with counts, for the whole study or for one text."""
    counted = standing_codings(study, user)
    if revision is not None:
        counted = Coding.objects.filter(revision=revision, removed=None)
    own = dict(counted.order_by().values_list("code_id").annotate(count=Count("pk")))
    branches: dict[UUID, Branch] = {}
    tops: list[Branch] = []
    for code, depth in in_tree_order(Code.objects.filter(study=study)):
        above = branches.get(code.parent_id) if code.parent_id else None
        path = f"{above.path} > {code.name}" if above else code.name
        branch = branches[code.pk] = Branch(code, depth, path, own.get(code.pk, 0))
        (above.children if above else tops).append(branch)
    return tops


def flat(branches: Iterable[Branch]) -> list[Branch]:
    """A tree as the list in which it is read."""
    found: list[Branch] = []
    for branch in branches:
        found += [branch, *flat(branch.children)]
    return found


def code_paths(study: Study) -> dict[UUID, str]:
    """Each code's names from the top, as “Before > One-way talk”."""
    paths: dict[UUID, str] = {}
    for code, _depth in in_tree_order(Code.objects.filter(study=study)):
        paths[code.pk] = f"{paths[code.parent_id]} > {code.name}" if code.parent_id else code.name
    return paths
