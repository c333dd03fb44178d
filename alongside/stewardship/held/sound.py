"""The sound of one's voice: what of it may be given, and under which name it lies in a copy."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from alongside.interviews.models import Recording
from alongside.interviews.queries import speaking_in
from alongside.stewardship.held.kinds import Whose

ENDINGS = {
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "audio/webm": "webm",
}


@dataclass(frozen=True)
class Sound:
    """A recording, and the name of its file in a copy."""

    recording: Recording
    name: str


def recordings_of(of: Whose) -> list[Recording]:
    if of.participant is None:
        return []
    rows = Recording.objects.filter(interview__participant=of.participant)
    return list(rows.select_related("interview__transcript").order_by("interview__starts", "pk"))


def sounds_of(of: Whose) -> Iterator[Sound]:
    """Recordings with nobody's voice but the person's own and the interviewer's in them.

    Who speaks is known once there is a transcript; before, another person may be heard.
    """
    given = [each for each in recordings_of(of) if _is_theirs_alone(each, of)]
    for number, recording in enumerate(given, start=1):
        day = timezone.localdate(recording.interview.starts)
        yield Sound(recording, f"recordings/{number}-{day:%Y-%m-%d}.{ENDINGS[recording.kind]}")


def _is_theirs_alone(recording: Recording, of: Whose) -> bool:
    transcript = getattr(recording.interview, "transcript", None)
    return transcript is not None and speaking_in(transcript) == [of.participant]
