from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, QuerySet
from django.db.models.functions import Substr
from django.http import Http404

from alongside.accounts.models import Study, User
from alongside.accounts.queries import NOT_HERE
from alongside.analysis.models import Discussion
from alongside.analysis.queries.apart import read_apart
from alongside.analysis.queries.passages import WORDS, turns_at
from alongside.interviews.models import Transcript, Turn
from alongside.interviews.queries import readable_transcripts, transcripts_open_to, transcripts_unasked


def discussions_open_to(study: Study, user: User) -> QuerySet[Discussion]:
    """Discussions on words that `user` may see. While a text is read apart, there are none for anyone."""
    rows = Discussion.objects.filter(
        study=study, revision__is_current=True, revision__transcript__in=transcripts_open_to(study, user)
    )
    return rows.exclude(revision__transcript__in=read_apart())


def discussion_for(study: Study, user: User, pk: int) -> Discussion:
    found = discussions_open_to(study, user).filter(pk=pk).select_related("revision__transcript__study")
    discussion = found.first()
    if discussion is None:
        raise Http404(NOT_HERE)
    return discussion


def discussions_unasked(study: Study, user: User) -> QuerySet[Transcript]:
    """Transcripts talked about that wait for `user` to say whether they know who speaks in them."""
    talked = Discussion.objects.filter(study=study, revision__is_current=True)
    talked = talked.exclude(revision__transcript__in=read_apart())
    waiting = readable_transcripts(study, user).filter(revisions__discussions__in=talked)
    return transcripts_unasked(study, user, pk__in=waiting)


@dataclass(frozen=True)
class Talk:
    """A discussion with the words it is about, and the turn that they begin in."""

    discussion: Discussion
    transcript: Transcript
    turn: Turn | None
    words: str


def discussions(
    study: Study, user: User, *, settled: bool, transcript: Transcript | None = None
) -> QuerySet[Discussion]:
    """Open ones by their place in the texts; settled ones with the last settled first."""
    rows = discussions_open_to(study, user).filter(settled__isnull=not settled)
    if transcript is not None:
        rows = rows.filter(revision__transcript=transcript)
    order = ["-settled", "pk"] if settled else ["revision__transcript__name", "start", "pk"]
    return _told(rows).order_by(*order)


def discussions_in(study: Study, user: User, transcript: Transcript) -> list[Talk]:
    """Everything that is or was talked about in one transcript."""
    rows = discussions_open_to(study, user).filter(revision__transcript=transcript)
    return talks(_told(rows).order_by("start", "end", "pk"))


def talk_of(discussion: Discussion) -> Talk:
    return talks(_told(Discussion.objects.filter(pk=discussion.pk)))[0]


def _told(rows: QuerySet[Discussion]) -> QuerySet[Discussion]:
    return (
        rows.annotate(words=Substr("revision__text", F("start") + 1, F("end") - F("start")))
        .select_related("revision__transcript__interview__participant", "settled_by")
        .prefetch_related("remarks__by")
        .defer("revision__text")
    )


def talks(rows: Iterable[Discussion]) -> list[Talk]:
    listed = list(rows)
    turns = turns_at([(each.revision_id, each.start) for each in listed])
    return [
        Talk(each, each.revision.transcript, turns.get((each.revision_id, each.start)), getattr(each, WORDS))
        for each in listed
    ]
