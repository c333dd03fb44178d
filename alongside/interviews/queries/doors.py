"""The doors to the nouns of this room."""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from alongside.accounts.models import Study, User
from alongside.accounts.queries import NOT_HERE
from alongside.interviews.models import Guide, Interview, Revision, Speaker, Transcript, Turn
from alongside.interviews.queries.guides import guides
from alongside.interviews.queries.interviews import interviews, may_keep
from alongside.interviews.queries.opening import readable_transcripts, transcripts_open_to


class Unasked(Http404):
    """A transcript that opens once `user` has said whether they know who speaks in it; till then it is to
    them as if it were not there."""


def transcript_for(study: Study, user: User | AnonymousUser, pk: UUID) -> Transcript:
    """The door to a transcript: closed to whoever works or worked with someone who speaks in it, and to
    whoever wasn't asked yet."""
    transcript = (
        transcripts_open_to(study, user).filter(pk=pk).select_related("interview__participant").first()
    )
    if transcript is None:
        raise (
            Unasked(NOT_HERE)
            if readable_transcripts(study, user).filter(pk=pk).exists()
            else Http404(NOT_HERE)
        )
    return transcript


def transcript_to_declare(study: Study, user: User | AnonymousUser, pk: UUID) -> Transcript:
    """The door to the question before a transcript: open where its words are, or would be for a “no”."""
    transcript = (
        readable_transcripts(study, user).filter(pk=pk).select_related("interview__participant").first()
    )
    if transcript is None:
        raise Http404(NOT_HERE)
    return transcript


def speaker_for(transcript: Transcript, pk: int) -> Speaker:
    speaker = transcript.speakers.filter(pk=pk).select_related("transcript", "participant").first()
    if speaker is None:
        raise Http404(NOT_HERE)
    return speaker


def turn_for(revision: Revision, number: int) -> Turn:
    turn = revision.turns.filter(number=number).select_related("speaker").first()
    if turn is None:
        raise Http404(NOT_HERE)
    return turn


def interview_for(study: Study, user: User | AnonymousUser, pk: UUID) -> Interview:
    """The door to an interview: closed to whoever works or worked with the person."""
    interview = interviews(study, user).filter(pk=pk).first()
    if interview is None:
        raise Http404(NOT_HERE)
    return interview


def interview_to_keep(study: Study, user: User, pk: UUID) -> Interview:
    """The door for saying how an interview went: open to its interviewer and to whoever arranges them."""
    interview = interview_for(study, user, pk)
    if not may_keep(study, user, interview):
        raise Http404(NOT_HERE)
    return interview


def guide_for(study: Study, pk: UUID) -> Guide:
    guide = guides(study).filter(pk=pk).first()
    if guide is None:
        raise Http404(NOT_HERE)
    return guide
