"""Lines between coded passages, of one transcript or of two."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import Http404

from alongside.accounts.models import Study, User
from alongside.accounts.queries import NOT_HERE
from alongside.analysis.models import Coding, Link
from alongside.analysis.queries.apart import without_others_links
from alongside.analysis.queries.passages import turns_at
from alongside.interviews.models import Revision, Transcript, Turn
from alongside.interviews.queries import transcripts_open_to


def link_for(study: Study, user: User, pk: int) -> Link:
    """The door to a link, closed where the transcript of either passage is."""
    ends = ("one__revision__transcript__study", "other__revision__transcript__study")
    link = links_open_to(study, user).filter(pk=pk).select_related(*ends).first()
    if link is None:
        raise Http404(NOT_HERE)
    return link


def links_open_to(study: Study, user: User) -> QuerySet[Link]:
    """Links both of whose passages `user` may read."""
    texts = transcripts_open_to(study, user).order_by().values("pk")
    both = Link.objects.filter(
        study=study, one__revision__transcript__in=texts, other__revision__transcript__in=texts
    )
    return without_others_links(both, user)


def links_of(study: Study, user: User, revision: Revision) -> QuerySet[Link]:
    """Links from or to a text, whether or not they stand."""
    return links_open_to(study, user).filter(Q(one__revision=revision) | Q(other__revision=revision))


def links_in(study: Study, user: User, revision: Revision) -> QuerySet[Link]:
    """Those that stand between passages that stand."""
    standing = links_of(study, user, revision).filter(removed=None)
    return standing.filter(one__removed=None, other__removed=None).order_by("pk")


@dataclass(frozen=True)
class Tied:
    """A link as one text shows it; `far` is its passage in another text, at `turn`, if it has one there."""

    link: Link
    far: Coding | None
    transcript: Transcript | None
    turn: Turn | None


def tied(revision: Revision, links: QuerySet[Link]) -> list[Tied]:
    """Links with what stands at their far end, in two queries however many there are."""
    ends = ("one", "other")
    paths = [f"{end}__{path}" for end in ends for path in ("code", "revision__transcript")]
    people = [f"{end}__revision__transcript__interview__participant" for end in ends]
    texts = [f"{end}__revision__text" for end in ends]
    rows = list(links.select_related("by", *paths, *people).defer(*texts))
    far = {link.pk: _far(revision, link) for link in rows}
    turns = turns_at(_places(far.values()))
    return [_tied(link, far[link.pk], turns) for link in rows]


def _far(revision: Revision, link: Link) -> Coding | None:
    ends = (link.one, link.other)
    return next((end for end in ends if end.revision_id != revision.pk), None)


def _places(codings: Iterable[Coding | None]) -> list[tuple[int, int]]:
    return [(coding.revision_id, coding.start) for coding in codings if coding]


def _tied(link: Link, far: Coding | None, turns: dict[tuple[int, int], Turn]) -> Tied:
    if far is None:
        return Tied(link, None, None, None)
    return Tied(link, far, far.revision.transcript, turns.get((far.revision_id, far.start)))
