from django.test import Client

from alongside.accounts.models import Membership, Study, User
from alongside.audit.models import Entry


def take(client: Client, membership: Membership):
    return client.post(f"/s/six-months-on/members/{membership.pk}/take/", follow=True)


def test_a_coordinator_takes_a_role_away(as_hannah: Client, hannah: User, dot: User):
    """The role is gone, the page says so, the audit keeps that it was taken."""
    answer = take(as_hannah, dot.memberships.get())
    assert "Dot Ellison no longer has the role Co-researcher" in answer.content.decode()
    assert not dot.memberships.exists()
    assert Entry.objects.filter(verb="take_role", actor=hannah.pk).count() == 1


def test_the_last_coordinator_stays(as_hannah: Client, hannah: User):
    """One sentence says why, and nothing is changed."""
    answer = take(as_hannah, hannah.memberships.get())
    assert "A study needs a coordinator. Give someone else that role first." in answer.content.decode()
    assert hannah.memberships.count() == 1
    assert not Entry.objects.filter(verb="take_role").exists()


def test_one_of_two_coordinators_may_go(as_hannah: Client, hannah: User, founder: User):
    """Giving up one's own last role leads away from the study, which has closed behind one."""
    answer = take(as_hannah, hannah.memberships.get())
    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0] == "/studies/"
    assert not hannah.memberships.exists()


def test_a_role_of_another_study_cannot_be_taken(as_hannah: Client, other_study: Study, stranger: User):
    """The door is the study's: a membership of another is not there."""
    held = stranger.memberships.get(role="reader")
    assert take(as_hannah, held).status_code == 404
    assert Membership.objects.filter(pk=held.pk).exists()


def test_only_coordinators_take_roles(as_hilary: Client, hannah: User, dot: User):
    """To an analyst the address does not exist."""
    assert take(as_hilary, dot.memberships.get()).status_code == 404
    assert dot.memberships.exists()


def test_it_takes_a_press(as_hannah: Client, dot: User):
    """Following the address changes nothing."""
    assert as_hannah.get(f"/s/six-months-on/members/{dot.memberships.get().pk}/take/").status_code == 405
    assert dot.memberships.exists()
