from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from alongside.accounts.models import Study, User
from alongside.accounts.permissions import Role
from alongside.accounts.queries import members
from alongside.audit.models import Entry
from alongside.audit.queries import Fault, first_fault, last_entries, length
from alongside.people.queries import is_kept_from_someone

ENTRIES_SHOWN = 100
# Whether somebody knows whom they were asked about is told to nobody, so both answers read alike.
DECLARED = ("declare_known", "declare_unknown")


@dataclass(frozen=True)
class Line:
    """An audit entry as it is shown: what kind of person did what to what kind of thing."""

    at: datetime
    who: str
    verb: str
    noun: str


@dataclass(frozen=True)
class Trail:
    """The record of changes. Whoever works with someone in the study, or knows them, is shown none of it:
    that something was stopped, or how much was written, may be about that person."""

    withheld: bool
    total: int = 0
    checked: bool = False
    fault: Fault | None = None
    lines: list[Line] = field(default_factory=list)


def trail_for(user: User | AnonymousUser, study: Study, *, check: bool) -> Trail:
    if is_kept_from_someone(user, study):
        return Trail(withheld=True)
    roles = roles_held(study)
    return Trail(
        withheld=False,
        total=length(study.pk),
        checked=check,
        fault=first_fault(study.pk) if check else None,
        lines=[_line(entry, roles) for entry in last_entries(study.pk, ENTRIES_SHOWN)],
    )


def roles_held(study: Study) -> dict[UUID, str]:
    held: dict[UUID, list[str]] = {}
    for membership in members(study):
        held.setdefault(membership.user_id, []).append(str(Role(membership.role).label))
    return {user: ", ".join(roles) for user, roles in held.items()}


def role_names(roles: Iterable[str]) -> list[str]:
    return sorted(str(Role(role).label) for role in roles)


def _line(entry: Entry, roles: dict[UUID, str]) -> Line:
    who = {"software": _("The software"), "person": _("Someone on their own page")}.get(entry.actor_kind)
    noun = str(apps.get_model(entry.noun)._meta.verbose_name) if entry.noun else ""
    return Line(
        entry.at, who or roles.get(entry.actor, _("Someone without a role now")), _words(entry.verb), noun
    )


def _words(verb: str) -> str:
    verb = "declare" if verb in DECLARED else verb
    return verb.replace("_", " ").capitalize()
