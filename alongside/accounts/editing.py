from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from alongside.accounts.models import User
from alongside.audit.queries import last_change
from alongside.web.merging import Change, Merging


class Editing(Merging):
    """Questions about a thing that others may be changing; who did is read from the audit."""

    def audited(self) -> Model | None:
        """What the audit speaks of when the thing is changed, if that isn't the thing itself."""
        return self.thing

    def changed_by(self, name: str, by: Any) -> Change:
        thing = self.audited()
        entry = last_change(thing, name) if thing is not None else None
        if entry is None:
            return Change()
        if by is not None and entry.actor == by.pk:
            return Change(_("you, in another window"), entry.at)
        if entry.actor_kind == "person":
            return Change(_("the person themselves"), entry.at)
        user = User.objects.filter(pk=entry.actor).first()
        return Change(user.name if user else _("the software"), entry.at)
