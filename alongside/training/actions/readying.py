from django.utils import timezone

from alongside.audit.actions import Actor, record
from alongside.training.models import Session
from alongside.training.queries import readiness


def keep_honest(by: Actor | None, session: Session) -> None:
    """A session that is marked ready goes back to planned when it stops being so."""
    if session.state == Session.State.PUBLISHED and not readiness(session).is_ready:
        session.state = Session.State.PLANNED
        tell_calendars(session)
        session.save(update_fields=["state", "sequence", "changed"])
        record(by=by, verb="unpublish_session", on=session, fields=["state", "sequence"])


def tell_calendars(session: Session) -> None:
    """Something that calendars show of a session has changed."""
    session.sequence += 1
    session.changed = timezone.now()
