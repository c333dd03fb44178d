import pytest

from alongside.accounts.models import Study, User
from alongside.people.models import Participant, Person, WorkingRelationship
from tests.support.browser import axe, browser_context_args, browser_type_launch_args, look
from tests.support.world import World, one_of_everything

__all__ = ["axe", "browser_context_args", "browser_type_launch_args", "look", "world"]


@pytest.fixture
def world(
    study: Study,
    hilary: User,
    rowan: Person,
    rowan_as_participant: Participant,
    alison_as_participant: Participant,
    rowan_and_alison: WorkingRelationship,
) -> World:
    """One of everything about Rowan, with whom none of those who walk works."""
    things = one_of_everything(study, rowan, rowan_as_participant, by=hilary, other=alison_as_participant)
    mine = {"membership": study.memberships.get(user=hilary), "user": hilary}
    return {**things, **mine, "relationship": rowan_and_alison}
