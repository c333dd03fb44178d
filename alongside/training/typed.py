"""What forms hand to actions."""

from dataclasses import dataclass
from uuid import UUID

from alongside.people.models import Person


@dataclass(frozen=True)
class Mark:
    """What is said of one person at one session. The id is made once, where it is first said."""

    id: UUID
    person: Person
    status: str
