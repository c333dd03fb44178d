"""Every address × every role that needs a second step: without it, only the pages to set it up open."""

from collections.abc import Callable

import pytest
from django.test import Client

from alongside.accounts.actions import give_role, invite_user
from alongside.accounts.models import Study, User
from alongside.accounts.permissions import ROLES_WITH_SECOND_FACTOR, Permission, Role
from alongside.people.actions import link_user
from alongside.people.models import Person
from tests.permission_table import Access
from tests.support.signing_in import has_an_app, signed_in
from tests.support.walking import ADDRESSES, METHODS, ONLY_POST, Visitor, complaint
from tests.support.world import World

SET_UP = "/account/signing-in/"
# Open to whoever is signed in without a second step: where it is set up or given, and devices signed out.
WITHOUT = {"mfa_index", "mfa_list_webauthn", "accounts:sign-out-everywhere", "accounts:end-device"}
CLOSED = [
    address
    for address in ADDRESSES
    if (isinstance(address.rule.to, Permission) or address.rule.to in (Access.SIGNED_IN, Access.MEMBER))
    and address.name not in WITHOUT
]


@pytest.fixture
def in_role(study: Study) -> Callable[[Role], User]:
    def someone(role: Role) -> User:
        user = invite_user(by=None, email=f"as-{role}@example.org", name=f"As {role}")
        give_role(by=None, study=study, user=user, role=role)
        return user

    return someone


def not_led_to(visitor: Visitor, world: World, place: str) -> list[str]:
    wrong = []
    for address in CLOSED:
        for method in METHODS:
            answer = visitor.ask(method, address.of(world))
            if answer[0] != ONLY_POST and not (answer[0] == 302 and answer[1].startswith(place)):
                wrong.append(complaint(method, address, "without a second step", answer, place))
    return wrong


@pytest.mark.again
@pytest.mark.parametrize("role", ROLES_WITH_SECOND_FACTOR)
def test_without_a_second_step_every_address_leads_to_setting_one_up(
    world: World, in_role: Callable[[Role], User], role: Role
):
    """Pages, fragments, files, exports, what is there and what isn't: one and the same answer."""
    visitor = Visitor(signed_in(in_role(role), second_step=False))
    assert not_led_to(visitor, world, SET_UP) == []


def test_who_has_one_and_has_not_given_it_is_asked_at_every_address(
    world: World, in_role: Callable[[Role], User]
):
    """Having set it up somewhere else opens nothing here."""
    user = in_role(Role.ANALYST)
    has_an_app(user)
    assert not_led_to(Visitor(signed_in(user, second_step=False)), world, f"{SET_UP}confirm/?next=") == []


@pytest.mark.again
@pytest.mark.parametrize("role", sorted(set(Role) - set(ROLES_WITH_SECOND_FACTOR)))
def test_who_needs_none_is_led_nowhere(world: World, in_role: Callable[[Role], User], role: Role):
    """A facilitator and a reader get to every address what they get with a second step."""
    user = in_role(role)
    without, given = Visitor(signed_in(user, second_step=False)), Visitor(signed_in(user))
    wrong = []
    for address in CLOSED:
        answer = without.ask("get", address.of(world))
        # An export is asked about twice, and a reader may make none.
        if (answer[0], SET_UP in answer[1]) != (given.ask("get", address.of(world))[0], False):
            wrong.append(complaint("get", address, role, answer, "the same"))
    assert not wrong, "\n".join(wrong)


def test_own_pages_need_none(world: World, in_role: Callable[[Role], User], rowan: Person):
    """What a person sees and decides about themselves opens by signing in, and by link without an account."""
    user = in_role(Role.ANALYST)
    link_user(by=None, person=rowan, user=user)
    signed, anyone = Visitor(signed_in(user, second_step=False)), Visitor(Client())
    for address in ADDRESSES:
        if address.rule.to == Access.OWN:
            visitor = anyone if address.is_by_link else signed
            answer = visitor.ask("get", address.of(world))
            assert not (answer[0] == 302 and SET_UP in answer[1]), address
