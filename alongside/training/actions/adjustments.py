from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from alongside.accounts.models import User
from alongside.audit.actions import Actor, record
from alongside.people.models import Adjustment
from alongside.training.models import AdjustmentMet, Session
from alongside.training.queries import adjustments


@transaction.atomic
def meet_adjustment(
    *, by: Actor | None, session: Session, adjustment: Adjustment, state: str, note: str = ""
) -> AdjustmentMet:
    """Say that something is arranged for a session, or why it can't be and what there will be instead."""
    session = Session.objects.select_for_update().select_related("cohort").get(pk=session.pk)
    if session.is_cancelled:
        raise ValidationError(_("This session was cancelled, so nothing has to be arranged."))
    if not adjustments(session).filter(pk=adjustment.pk).exists():
        raise ValidationError(_("This is not on the list of this session any more."))
    met = AdjustmentMet(session=session, adjustment=adjustment, state=state, note=note.strip())
    met.by = by if isinstance(by, User) else None
    met.full_clean()
    met.save()
    record(by=by, verb="meet_adjustment", on=met, study=session.study_id, fields=["note", "state"])
    return met
