"""What the workbench opens with: one text, its turns and codings, ready to be drawn."""

from dataclasses import dataclass
from typing import Any

from alongside.accounts.models import Study, User
from alongside.accounts.permissions import Permission
from alongside.analysis.queries import Branch, coders_in, codings_in, flat, tree
from alongside.interviews.models import Revision, Transcript
from alongside.interviews.queries import Said, current_revision, spoken


@dataclass(frozen=True)
class Bench:
    revision: Revision
    turns: list[Said]
    codebook: list[Branch]
    data: dict[str, Any]
    may_code: bool


def bench(study: Study, user: User, transcript: Transcript) -> Bench:
    revision = current_revision(transcript)
    branches = tree(study, user, revision)
    return Bench(
        revision=revision,
        turns=spoken(revision),
        codebook=branches,
        data=_data(user, revision, branches),
        may_code=Permission.CODE in study.may,
    )


def _data(user: User, revision: Revision, branches: list[Branch]) -> dict[str, Any]:
    """For the script: offsets are code points of the whole text; it turns them into its own units."""
    return {
        "me": str(user.pk),
        "revision": revision.number,
        "codes": [
            {
                "id": str(branch.code.pk),
                "name": branch.code.name,
                "path": branch.path,
                "colour": branch.code.colour,
                "count": branch.own,
                "retired": branch.code.retired is not None,
            }
            for branch in flat(branches)
        ],
        "coders": {str(coder.pk): [coder.name, coder.initials] for coder in coders_in(revision)},
        "codings": [
            [pk, str(code), str(coder), start, end] for pk, code, coder, start, end in codings_in(revision)
        ],
    }
