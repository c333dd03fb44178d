from django.db import transaction

from alongside.accounts.models import User
from alongside.audit.actions import record
from alongside.audit.queries import did_today
from alongside.interviews.models import Transcript


@transaction.atomic
def hear_recording(*, by: User, transcript: Transcript) -> None:
    """An entry of who listened to what was said: one a day, however many parts of it they hear."""
    if not did_today(by.pk, "hear_recording", transcript):
        record(by=by, verb="hear_recording", on=transcript, roles=by.roles_in(transcript.study_id))
