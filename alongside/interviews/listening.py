"""The sound of an interview: where it may be heard, and the part of it that a player asks for."""

import re
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from alongside.accounts.models import Study, User
from alongside.accounts.queries import NOT_HERE
from alongside.interviews.models import Interview, Recording, Transcript
from alongside.interviews.queries import speaking_in, transcript_for
from alongside.people.models import Purpose
from alongside.people.queries import participant_permits
from alongside.vault import files

# What is sent at most where a player names no end, so that nobody's pause keeps the server waiting.
MOST = 2 * 1024 * 1024
RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


def sound_of(transcript: Transcript) -> Recording | None:
    """The recording of what was said, as long as everyone who speaks agrees to being recorded."""
    recording = Recording.objects.filter(interview=transcript.interview_id, interview__isnull=False).first()
    if transcript.lost_a_voice:
        return None
    if recording and all(participant_permits(who, Purpose.RECORDING) for who in speaking_in(transcript)):
        return recording
    return None


def sound_for(study: Study, user: User, pk: UUID) -> tuple[Transcript, Recording]:
    """The door to the sound of a transcript: where its words are open, and the voices may be heard."""
    transcript = transcript_for(study, user, pk)
    recording = sound_of(transcript)
    if recording is None or not files.is_whole(recording.sha256):
        raise Http404(NOT_HERE)
    return transcript, recording


def kept_recording(interview: Interview) -> Recording | None:
    """That of an interview, for whoever arranges it: whether there is one, not what it holds."""
    return Recording.objects.filter(interview=interview).first()


@dataclass(frozen=True)
class Part:
    """Bytes `start` to `end` of `size`, without the last; all of them, unless a part was asked for."""

    start: int
    end: int
    size: int
    is_asked: bool = True

    def __str__(self) -> str:
        return f"bytes {self.start}-{self.end - 1}/{self.size}"


def part_of(size: int, asked: str) -> Part | None:
    """The part that a Range header asks for (RFC 9110, 14.2); None where it asks for what isn't there.

    Several parts at once, and what isn't understood, are answered with the whole, as it allows.
    """
    whole = Part(0, size, size, is_asked=False)
    match = RANGE.fullmatch(asked.replace(" ", ""))
    first, last = match.groups() if match else ("", "")
    if not first and not last:
        return whole
    if not first:
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(size, int(last) + 1) if last else min(size, int(first) + MOST)
        if last and int(last) < start:
            return whole
    return Part(start, end, size) if start < end else None
