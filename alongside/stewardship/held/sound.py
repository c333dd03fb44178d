"""The sound of one's voice: what of it may be given, and under which name it lies in a copy."""

from collections import Counter
from dataclasses import dataclass

from django.utils import timezone

from alongside.interviews.models import Recording, Speaker
from alongside.interviews.queries import speaking_in
from alongside.people.models import Participant
from alongside.stewardship.rooms import spoken_with_others
from alongside.vault import files

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


def recordings_of(participant: Participant | None) -> list[Recording]:
    if participant is None:
        return []
    # Of a conversation of several, that there is one, or none any more, would tell what another chose.
    shared = spoken_with_others(participant).values("interview_id")
    rows = Recording.objects.filter(interview__participant=participant).exclude(interview__in=shared)
    return list(rows.select_related("interview__transcript").order_by("interview__starts", "pk"))


def sounds_of(participant: Participant | None) -> list[Sound]:
    """Recordings with nobody's voice but the person's own and the interviewer's in them.

    Who speaks is known once there is a transcript; before, another person may be heard.
    """
    recordings = recordings_of(participant)
    given = [
        each for each in recordings if _is_theirs_alone(each, participant) and files.is_whole(each.sha256)
    ]
    return [Sound(each, _name(each, number)) for number, each in enumerate(given, start=1)]


def _name(recording: Recording, number: int) -> str:
    starts = recording.interview.starts
    day = f"-{timezone.localdate(starts):%Y-%m-%d}" if starts else ""
    return f"recordings/{number}{day}.{ENDINGS[recording.kind]}"


def _is_theirs_alone(recording: Recording, participant: Participant | None) -> bool:
    transcript = getattr(recording.interview, "transcript", None)
    if transcript is None or transcript.lost_a_voice or speaking_in(transcript) != [participant]:
        return False
    # A voice that nobody was named for may be anybody's. One of them asks; that several do was only guessed
    # until somebody has listened.
    unnamed = Counter(transcript.speakers.filter(participant=None).values_list("kind", flat=True))
    theirs = transcript.speakers.filter(participant=participant, kind=Speaker.Kind.ANSWERS)
    asked_by_one = unnamed[Speaker.Kind.ASKS] <= 1 or transcript.checked is not None
    return theirs.exists() and asked_by_one and not unnamed[Speaker.Kind.ANSWERS]
