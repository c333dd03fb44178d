from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from alongside.accounts.models import User
from alongside.analysis.models import Place
from alongside.interviews.models import Transcript


@transaction.atomic
def keep_place(*, by: User, transcript: Transcript, turn: int, to: int | None = None) -> None:
    """Where `by` is in a transcript, and that they are there now; `to` is the last turn that they see.

    Not on record: a page says it every few seconds, and that it was opened is on record already.
    """
    furthest, now = max(turn, to or turn), timezone.now()
    mine = Place.objects.filter(transcript=transcript, reader=by)
    if not mine.update(turn=turn, furthest=Greatest(F("furthest"), furthest), seen=now):
        Place.objects.get_or_create(
            transcript=transcript, reader=by, defaults={"turn": turn, "furthest": furthest, "seen": now}
        )
