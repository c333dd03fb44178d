import pytest
from django.test import Client

from alongside.accounts.models import Membership, Study, User
from alongside.audit.models import Entry

TYPED = {"email": "Alma@Example.org", "name": "Alma Reid", "roles": ["analyst", "interviewer"]}
ADDRESS = "/s/six-months-on/members/"


def test_a_coordinator_lets_someone_in(as_hannah: Client, study: Study, hannah: User):
    """A new user with the chosen roles, told of on the page and in the audit."""
    answer = as_hannah.post(ADDRESS, TYPED, follow=True)
    assert "Alma Reid is in the study" in answer.content.decode()
    alma = User.objects.get(email="alma@example.org")
    assert {m.role for m in alma.memberships.all()} == {"analyst", "interviewer"}
    assert Entry.objects.filter(verb="give_role", actor=hannah.pk).count() == 2


def test_someone_who_is_here_gets_the_further_roles(as_hannah: Client, fern: User):
    """The name by which they are known stays, and no role is held twice."""
    as_hannah.post(ADDRESS, {"email": fern.email, "name": "Someone else", "roles": ["reader", "analyst"]})
    fern.refresh_from_db()
    assert fern.name == "Fern Adeyemi"
    assert sorted(m.role for m in fern.memberships.all()) == ["analyst", "reader"]


def test_without_a_role_or_an_address_nobody_is_let_in(as_hannah: Client):
    """Each thing that is missing is said beside its field; nothing is changed."""
    before = Membership.objects.count()
    answer = as_hannah.post(ADDRESS, {"email": "no address", "name": "Alma"})
    assert answer.status_code == 422
    assert "Choose at least one role" in answer.content.decode()
    assert Membership.objects.count() == before


def test_the_list_shows_who_has_which_role(as_hannah: Client, dot: User):
    """Members with all of their roles, in a fixed number of queries."""
    page = as_hannah.get(ADDRESS).content.decode()
    assert "Dot Ellison" in page
    assert "Co-researcher" in page


@pytest.mark.usefixtures("study", "dot", "fern", "founder")
def test_the_list_costs_the_same_however_many_there_are(as_hannah: Client, django_assert_num_queries):
    """Session, user, door, members: however long the list."""
    with django_assert_num_queries(4):
        as_hannah.get(ADDRESS)


def test_only_coordinators_see_and_change_members(as_hilary: Client, as_stranger: Client, hannah: User):
    """To an analyst, and to anyone of another study, the page does not exist."""
    before = Membership.objects.count()
    for client in (as_hilary, as_stranger):
        assert client.get(ADDRESS).status_code == 404
        assert client.post(ADDRESS, TYPED).status_code == 404
    assert Membership.objects.count() == before
