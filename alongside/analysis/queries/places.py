from datetime import timedelta

from django.db.models import Max
from django.utils import timezone

from alongside.accounts.models import User
from alongside.analysis.models import Place, Taste
from alongside.interviews.models import Transcript

# Who comes back sooner than this has not been away.
AWAY = timedelta(minutes=10)


def taste_of(user: User) -> Taste:
    """How `user` likes a transcript to look; as it comes, until they say otherwise."""
    return Taste.objects.filter(reader=user).first() or Taste(reader=user)


def place_of(user: User, transcript: Transcript) -> Place | None:
    """Where `user` left off, unless that is where everybody begins."""
    return Place.objects.filter(reader=user, transcript=transcript, turn__gt=1).first()


def was_away(place: Place) -> bool:
    return timezone.now() - place.seen > AWAY


def last_turn(transcript: Transcript) -> int:
    """The number of the last turn of the text as it stands."""
    newest = transcript.revisions.filter(is_current=True).aggregate(last=Max("turns__number"))
    return newest["last"] or 0
