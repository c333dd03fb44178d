from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.audit.actions import Actor, record
from alongside.people.models import Person
from alongside.training.models import Narrative


@transaction.atomic
def share_narrative(
    *, by: Actor, teller: Person, title: str, words: str, purpose: str, audience: str, expires: date
) -> Narrative:
    """The teller shares something of their own, in their exact words, for a purpose and a time."""
    _refuse_others(by, teller)
    if expires < timezone.localdate():
        raise ValidationError(_("Choose a day to come until which you share it."))
    narrative = Narrative(
        teller=teller, title=title.strip(), words=words, purpose=purpose.strip(), audience=audience.strip()
    )
    narrative.expires = expires
    narrative.full_clean()
    narrative.save()
    record(by=by, verb="share_narrative", on=narrative, study=teller.study_id)
    return narrative


@transaction.atomic
def retire_narrative(*, by: Actor, narrative: Narrative) -> Narrative:
    """The teller takes it back, everywhere and at once."""
    _refuse_others(by, narrative.teller)
    if narrative.retired is None:
        narrative.retired = timezone.now()
        narrative.save(update_fields=["retired"])
        record(by=by, verb="retire_narrative", on=narrative, study=narrative.teller.study_id)
    return narrative


def _refuse_others(by: Actor, teller: Person) -> None:
    if by.pk not in (teller.user_id, teller.pk):
        raise ValidationError(_("A story belongs to its teller: only they can share it or take it back."))
