"""Word to the team, by e-mail: that something waits or was done, and never about whom."""

from alongside.accounts.models import Study, User
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import members
from alongside.people.models import Participant
from alongside.people.queries import works_with


def answering(study: Study, participant: Participant | None = None) -> list[User]:
    """Who may answer a request, but for those who work with the participant it is about."""
    able = {m.user for m in members(study) if Permission.ANSWER_IDENTITY in m.permissions()}
    free = [user for user in able if participant is None or not works_with(user, participant)]
    return sorted(free, key=lambda user: user.name)
