"""Reading apart: until everyone who was asked to read a transcript separately is done, nobody sees what
anybody else coded or wrote there."""

from typing import Any

from django.db.models import Q, QuerySet

from alongside.accounts.models import User
from alongside.analysis.models import Coding, Link, Memo, Passage, Reading
from alongside.interviews.models import Transcript


def read_apart() -> QuerySet[Reading, Any]:
    """The transcripts that somebody still reads separately."""
    return Reading.objects.filter(mode=Reading.Mode.APART, finished=None).values("transcript")


def is_read_apart(transcript: Transcript) -> bool:
    return read_apart().filter(transcript=transcript).exists()


def without_others(rows: QuerySet[Coding], user: User | None) -> QuerySet[Coding]:
    """Codings without those that others than `user` made in a transcript that is still read apart."""
    others = Q(revision__transcript__in=read_apart())
    if user is not None:
        others &= ~Q(coder=user)
    return rows.exclude(others)


def without_others_links(rows: QuerySet[Link], user: User) -> QuerySet[Link]:
    """Links without those that others drew from or to such a transcript, or that end in their codings."""
    hidden = Q()
    for side in ("one", "other"):
        own = Q(**{"by": user, f"{side}__coder": user})
        hidden |= Q(**{f"{side}__revision__transcript__in": read_apart()}) & ~own
    return rows.exclude(hidden)


def without_others_memos(rows: QuerySet[Memo], user: User) -> QuerySet[Memo]:
    """Memos without those of others on such a transcript, and without any on what others coded there."""
    own = Q(author=user)
    on_text = Q(transcript=None) | own | ~Q(transcript__in=read_apart())
    on_coding = (
        Q(coding=None) | own & Q(coding__coder=user) | ~Q(coding__revision__transcript__in=read_apart())
    )
    return rows.filter(on_text, on_coding)


def without_others_passages(rows: QuerySet[Passage], user: User | None) -> QuerySet[Passage]:
    """Chosen words without those that others chose in such a transcript: they show where others coded."""
    others = Q(revision__transcript__in=read_apart())
    if user is not None:
        others &= ~Q(chosen_by=user) | Q(chosen_by=None)
    return rows.exclude(others)
