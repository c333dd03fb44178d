"""What the workbench's script is told of changes: ids written out, offsets in code points."""

from typing import Any
from uuid import UUID

from alongside.accounts.models import Study, User
from alongside.analysis import queries
from alongside.interviews.models import Revision

IMPORTANT, OURS = 1, 2


def told(study: Study, user: User, revision: Revision, after: int) -> dict[str, Any]:
    """Everything on a text that changed since act `after`, as it stands now, and who else reads it."""
    changes = queries.changes_since(study, user, revision, after)
    return {
        "at": changes.at,
        "revision": revision.number,
        "much": changes.is_much,
        "beside": changes.is_beside,
        "codings": [
            [pk, _id(code), _id(coder), start, end, IMPORTANT * important + OURS * adopted, off]
            for pk, code, coder, start, end, important, adopted, off in changes.codings
        ],
        "codes": [
            [str(code.pk), code.name, str(code.parent_id or ""), code.colour, code.retired is not None]
            for code in changes.codes
        ],
        "coders": [[str(coder.pk), coder.name, coder.initials] for coder in changes.coders],
        "links": [
            [link.pk, link.one_id, link.other_id, link.says, str(link.by_id), link.removed is not None]
            for link in changes.links
        ],
        "here": [
            [place.reader.name, place.reader.initials, place.turn]
            for place in queries.readers_here(revision.transcript, user)
        ],
    }


def _id(plain: str) -> str:
    return str(UUID(plain))
