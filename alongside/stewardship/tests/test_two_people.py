"""What needs two people isn't done by one with two accounts, nor for somebody who has left."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from alongside.accounts.actions import give_role, invite_user, take_role
from alongside.accounts.models import Membership, Study, User
from alongside.accounts.permissions import Role
from alongside.people.models import Anonymisation, Participant
from alongside.stewardship.actions import answer_identity, ask_identity, ask_to_destroy, confirm_destroying
from alongside.stewardship.models import IdentityRequest, KeyRequest

KEY = "/s/six-months-on/stewardship/key/"
NAME = "Six months on"
AsksKey = Callable[[User], KeyRequest]


@pytest.fixture
def second_self(study: Study, hannah: User) -> User:
    """An account that Hannah let in just now, as steward and analyst; it may be hers."""
    user = invite_user(by=hannah, email="h.whitlock@example.org", name="H. Whitlock")
    for role in (Role.DATA_STEWARD, Role.ANALYST):
        give_role(by=hannah, study=study, user=user, role=role)
    return user


@pytest.fixture
def asks_key(study: Study) -> AsksKey:
    return lambda user: ask_to_destroy(by=user, study=study, name=NAME, reason="It is over", page="/")


def ask_who(by: User, study: Study, participant: Participant) -> IdentityRequest:
    return ask_identity(by=by, study=study, code=participant.code, reason="They seem unwell", page="/")


def grown(user: User, days: int = 7) -> None:
    """As if the roles had been given some days ago."""
    Membership.objects.filter(user=user).update(since=timezone.now() - timedelta(days=days))


def test_a_second_self_neither_asks_nor_agrees(
    study: Study,
    hannah: User,
    sunita: User,
    second_self: User,
    asks_key: AsksKey,
    rowan_as_participant: Participant,
    dot: User,
):
    """In its first week the account is refused as either of the two, with the day from which it counts."""
    with pytest.raises(ValidationError, match="less than a week ago"):
        asks_key(second_self)
    with pytest.raises(ValidationError, match="less than a week ago"):
        ask_who(second_self, study, rowan_as_participant)
    with pytest.raises(ValidationError, match="less than a week ago"):
        answer_identity(by=second_self, request=ask_who(dot, study, rowan_as_participant), agrees=True)
    with pytest.raises(ValidationError, match="less than a week ago"):
        confirm_destroying(by=second_self, request=asks_key(sunita), name=NAME)
    assert not Anonymisation.objects.exists()
    assert IdentityRequest.objects.get().is_waiting


def test_after_a_week_it_counts(
    study: Study, hannah: User, second_self: User, rowan_as_participant: Participant, dot: User
):
    """By then the others have been told and could object; a small team goes on working."""
    grown(second_self, days=6)
    with pytest.raises(ValidationError, match="less than a week ago"):
        ask_who(second_self, study, rowan_as_participant)
    grown(second_self)
    asked = ask_who(second_self, study, rowan_as_participant)
    assert answer_identity(by=hannah, request=asked, agrees=True).is_open


def test_a_newcomer_may_refuse(
    study: Study, hannah: User, second_self: User, rowan_as_participant: Participant, dot: User
):
    """To say no takes no second person."""
    asked = ask_who(dot, study, rowan_as_participant)
    answer_identity(by=second_self, request=asked, agrees=False)
    asked.refresh_from_db()
    assert asked.state == "refused"


def test_a_role_given_to_oneself_counts_no_sooner(
    study: Study, hannah: User, rowan_as_participant: Participant, dot: User
):
    """A coordinator let in just now makes themselves steward, and stays a newcomer in both."""
    tess = invite_user(by=hannah, email="tess@example.org", name="Tess Adeyemi")
    give_role(by=hannah, study=study, user=tess, role=Role.COORDINATOR)
    assert give_role(by=tess, study=study, user=tess, role=Role.DATA_STEWARD).given_by == hannah
    asked = ask_who(dot, study, rowan_as_participant)
    with pytest.raises(ValidationError, match="less than a week ago"):
        answer_identity(by=tess, request=asked, agrees=True)
    grown(tess)
    assert answer_identity(by=tess, request=asked, agrees=True).is_open
    study.memberships.get(user=tess, role="data_steward").delete()
    assert give_role(by=tess, study=study, user=tess, role=Role.DATA_STEWARD).given_by is None


def test_a_role_held_before_goes_on_counting(study: Study, hannah: User, sunita: User, asks_key: AsksKey):
    """A further role that is new takes nothing away."""
    give_role(by=hannah, study=study, user=sunita, role=Role.COORDINATOR)
    assert asks_key(sunita).is_waiting


def test_a_request_goes_with_whoever_asked(
    study: Study, hannah: User, sunita: User, asks_key: AsksKey, as_hannah: Client
):
    """Once the asker has left the team or the role, nobody can confirm it; somebody else can ask anew."""
    asked = asks_key(sunita)
    take_role(by=hannah, membership=Membership.objects.get(user=sunita))
    with pytest.raises(ValidationError, match="has left the team"):
        confirm_destroying(by=hannah, request=asked, name=NAME)
    told = as_hannah.post(KEY + "confirm/", {"name": NAME}, follow=True).content.decode()
    assert "There is no request to confirm." in told
    assert not Anonymisation.objects.exists()
    give_role(by=hannah, study=study, user=hannah, role=Role.DATA_STEWARD)
    assert asks_key(hannah).is_waiting
    asked.refresh_from_db()
    assert asked.state == "lapsed"


def test_nobody_agrees_for_an_asker_who_has_left(
    study: Study, hannah: User, dot: User, rowan_as_participant: Participant
):
    """The same for a request to learn who somebody is."""
    asked = ask_who(dot, study, rowan_as_participant)
    Membership.objects.filter(user=dot).delete()
    with pytest.raises(ValidationError, match="has left the team"):
        answer_identity(by=hannah, request=asked, agrees=True)
