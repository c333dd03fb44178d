from typing import Any

from django.db import transaction

from alongside.accounts.models import User
from alongside.analysis.models import Taste
from alongside.audit.actions import record


@transaction.atomic
def keep_taste(*, by: User, **likes: Any) -> Taste:
    """How `by` likes a transcript to look: theirs alone, in every study."""
    taste, _new = Taste.objects.select_for_update().get_or_create(reader=by)
    changed = [field for field, value in likes.items() if getattr(taste, field) != value]
    for field in changed:
        setattr(taste, field, likes[field])
    taste.full_clean()
    if changed:
        taste.save(update_fields=changed)
        record(by=by, verb="keep_taste", on=taste, fields=changed)
    return taste
