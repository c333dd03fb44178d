"""What the workbench's script is told of changes: ids written out, offsets in code points."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse

from alongside.accounts.models import Study, User
from alongside.analysis import queries
from alongside.interviews.models import Revision

IMPORTANT, OURS = 1, 2


def told(
    study: Study, user: User, revision: Revision, after: int, also: Sequence[int] = ()
) -> dict[str, Any]:
    """Everything on a text that changed since act `after`, as it stands now, and who else reads it.

    `also` are codings of an act that was done before `after` and asked for again: they may be gone by now.
    """
    changes = queries.changes_since(study, user, revision, after, also)
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
        "links": [link_row(study, tied) for tied in changes.links],
        "here": [
            [place.reader.name, place.reader.initials, place.turn]
            for place in queries.readers_here(revision.transcript, user)
        ],
    }


def link_row(study: Study, tied: queries.Tied) -> list[Any]:
    """A link, who drew it and whether it is off; last what it leads to in another transcript."""
    link = tied.link
    row = [link.pk, link.one_id, link.other_id, link.says, str(link.by_id), link.by.name]
    return [*row, link.removed is not None, _far(study, tied)]


def _far(study: Study, tied: queries.Tied) -> list[str] | None:
    if tied.far is None or tied.transcript is None:
        return None
    page = reverse("analysis:coding", args=[study.slug, tied.transcript.pk])
    place = f"#turn-{tied.turn.number}" if tied.turn else ""
    return [tied.far.code.name, tied.transcript.title, page + place]


def _id(plain: str) -> str:
    return str(UUID(plain))
