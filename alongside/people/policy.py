"""What stopping and erasure do to a model that has a path to a person.

Every such model says so in `on_stopping`, and in `on_erasure` where erasing everything goes further than
stopping. What stays after an erasure has its reason in words for the person themselves. A test fails on a
model that doesn't say.
"""

from dataclasses import dataclass

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Policy:
    deed: str
    reason: str | Promise = ""


ERASE = Policy("erase")
ANONYMISE = Policy("anonymise")


def keep(reason: str | Promise) -> Policy:
    return Policy("keep", reason)


FIREWALL_STAYS = keep(
    _("Who works with whom, without your name. So what you said stays hidden from the people you work with.")
)
PROOF_STAYS = keep(_("What you agreed to, stopped and asked for, without your name. It is the proof of it."))
COUNTS_STAY = keep(
    _("That somebody had a place, came or led, without your name. The course counts its places.")
)


def on_stopping(model: type[Model]) -> Policy | None:
    return getattr(model, "on_stopping", None)


def on_erasure(model: type[Model]) -> Policy | None:
    return getattr(model, "on_erasure", on_stopping(model))
