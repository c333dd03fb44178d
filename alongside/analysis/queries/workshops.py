"""Workshops on a transcript: the one that goes on, and those that were."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.http import Http404

from alongside.accounts.models import User
from alongside.accounts.queries import NOT_HERE
from alongside.analysis.models import Workshop
from alongside.analysis.queries.codings import codings_in
from alongside.interviews.models import Revision, Transcript
from alongside.interviews.queries import transcripts_open_to

# Doors ------------------------------------------------------------------------------------------------


def workshops_kept(transcript: Transcript, user: User) -> QuerySet[Workshop]:
    """At one's own keyboard, also when they have ended."""
    return transcript.workshops.filter(keeper=user)


def workshop_for(transcript: Transcript, user: User, pk: int) -> Workshop:
    """The door to a workshop at one's own keyboard, for whoever came in through the transcript's."""
    kept = workshops_kept(transcript, user).filter(pk=pk)
    workshop = kept.select_related("transcript__study", "keeper").prefetch_related("present").first()
    if workshop is None:
        raise Http404(NOT_HERE)
    return workshop


def open_workshop(transcript: Transcript, user: User) -> Workshop | None:
    return workshops_kept(transcript, user).filter(ended=None).first()


# What one is told -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Held:
    """A workshop, who was in the room, and how many codings stand that were decided there."""

    workshop: Workshop
    present: list[User]
    codings: int


def workshops_on(revision: Revision, user: User) -> list[Held]:
    """The latest first, in three queries."""
    rows = revision.transcript.workshops.select_related("keeper").prefetch_related("present")
    ours = codings_in(revision, user).filter(workshop__isnull=False, adopted__isnull=False).order_by()
    counted = dict(ours.values_list("workshop").annotate(count=Count("pk")))
    return [
        Held(each, sorted(each.present.all(), key=lambda who: who.name), counted.get(each.pk, 0))
        for each in rows.order_by("-begun", "-pk")
    ]


def is_open_to_all(workshop: Workshop) -> bool:
    """Whether everyone in the room may read the words on the screen, as they might when it began."""
    transcript = workshop.transcript
    return all(
        transcripts_open_to(transcript.study, each).filter(pk=transcript.pk).exists()
        for each in workshop.present.all()
    )
