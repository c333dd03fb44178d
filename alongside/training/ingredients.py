"""Where the rooms further down add what they know of a group: they know this room, not it them."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from alongside.accounts.models import User
from alongside.accounts.permissions import Permission
from alongside.training.models import Cohort


@dataclass(frozen=True)
class Ingredient:
    """One condition: `state` is done, part or missing; `mend` names the page that mends it."""

    title: str
    state: str
    says: str
    mend: str
    mend_says: str
    needs: Permission
    on: UUID | None


Asked = Callable[[Cohort, User | AnonymousUser], Ingredient]
_added: list[Asked] = []


def register(asked: Asked) -> None:
    """Let a room further down answer for one more condition, from its `AppConfig.ready`."""
    if asked not in _added:
        _added.append(asked)


def added() -> tuple[Asked, ...]:
    return tuple(_added)


def state_of(holds: int, of: int) -> str:
    if holds and holds >= of:
        return "done"
    return "part" if holds else "missing"
