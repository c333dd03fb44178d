import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from alongside.accounts.models import Invitation, Membership, Study, User
from alongside.accounts.posting import wait_until_posted
from alongside.audit.models import Entry

TYPED = {"email": "Alma@Example.org", "name": "Alma Reid", "roles": ["analyst", "interviewer"]}
ADDRESS = "/s/six-months-on/members/"


@pytest.fixture
def invite(as_hannah: Client, django_capture_on_commit_callbacks):
    """Sends an invitation; gives back the page that follows."""

    def send(**typed: object) -> str:
        with django_capture_on_commit_callbacks(execute=True):
            answer = as_hannah.post(ADDRESS, TYPED | typed, follow=True)
        wait_until_posted()
        return answer.content.decode()

    return send


def without_tokens(page: str) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value="|X-CSRFToken": "|/invited/)[^"/]+', "", page)


def test_a_coordinator_invites_someone(invite, hannah: User, study: Study):
    """A mail with a link; nobody is in the study yet; only the hash of the link is kept."""
    page = invite()
    assert "Whoever isn’t in the study yet gets an invitation" in page
    assert "Alma Reid" in page
    assert not User.objects.filter(email="alma@example.org").exists()
    message = mail.outbox[0]
    assert message.to == ["alma@example.org"]
    assert message.subject == "An invitation to “Six months on”"
    assert "Hannah Whitlock invites you" in message.body
    assert "Analyst, Interviewer" in message.body
    [token] = re.findall(r"http://testserver/invited/([\w-]{40,})/", message.body)
    assert token not in str(Invitation.objects.values())
    assert Entry.objects.filter(verb="invite_member", actor=hannah.pk).count() == 1


def test_whether_an_address_is_known_elsewhere_shows_nowhere(invite, stranger: User):
    """Someone with an account in another study, and someone without: the same page but for what was typed."""
    unknown = without_tokens(invite(email="nobody@example.org", name="Nobody Here"))
    Invitation.objects.all().delete()
    known = without_tokens(invite(email=stranger.email, name="Nobody Here"))
    assert re.sub(r"invited/\d+/", "", known.replace(stranger.email, "nobody@example.org")) == re.sub(
        r"invited/\d+/", "", unknown
    )
    assert "Stan Grey" not in known
    assert len(mail.outbox) == 2


def test_someone_who_is_here_gets_the_further_roles(invite, fern: User):
    """At once, and without a mail. The name by which they are known stays, and no role is held twice."""
    invite(email=fern.email, name="Someone else", roles=["reader", "analyst"])
    fern.refresh_from_db()
    assert fern.name == "Fern Adeyemi"
    assert sorted(m.role for m in fern.memberships.all()) == ["analyst", "reader"]
    assert mail.outbox == []


def test_inviting_again_replaces_the_first(invite):
    """One open invitation an address; what was typed last counts."""
    invite()
    first = Invitation.objects.get().token_hash
    invite(name="Alma R.", roles=["reader"])
    invitation = Invitation.objects.get()
    assert (invitation.name, invitation.roles) == ("Alma R.", ["reader"])
    assert invitation.token_hash != first


def test_it_is_sent_again(invite, as_hannah: Client, django_capture_on_commit_callbacks):
    """A new link for another fortnight; the old one is worth nothing."""
    invite()
    Invitation.objects.update(expires=timezone.now() - timedelta(days=1))
    assert "ended on" in as_hannah.get(ADDRESS).content.decode()
    before = Invitation.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        as_hannah.post(f"{ADDRESS}invited/{before.pk}/resend/")
    wait_until_posted()
    after = Invitation.objects.get()
    assert not after.has_expired
    assert after.token_hash != before.token_hash
    assert len(mail.outbox) == 2


def test_it_is_taken_back(invite, as_hannah: Client, hannah: User):
    """The link stops working, and the address is no longer on the page."""
    invite()
    invitation = Invitation.objects.get()
    answer = as_hannah.post(f"{ADDRESS}invited/{invitation.pk}/revoke/", follow=True)
    assert "no longer works" in answer.content.decode()
    assert "Alma Reid" not in as_hannah.get(ADDRESS).content.decode()
    [token] = re.findall(r"/invited/([\w-]+)/", mail.outbox[0].body)
    assert Client().get(f"/invited/{token}/").status_code == 404
    assert Entry.objects.filter(verb="revoke_invitation", actor=hannah.pk).count() == 1


def test_without_a_role_or_an_address_nobody_is_invited(as_hannah: Client):
    """Each thing that is missing is said beside its field; nothing is changed."""
    answer = as_hannah.post(ADDRESS, {"email": "no address", "name": "Alma"})
    assert answer.status_code == 422
    assert "Choose at least one role" in answer.content.decode()
    assert not Invitation.objects.exists()


def test_the_list_shows_who_has_which_role(as_hannah: Client, dot: User):
    """Members with all of their roles."""
    page = as_hannah.get(ADDRESS).content.decode()
    assert "Dot Ellison" in page
    assert "Co-researcher" in page


@pytest.mark.usefixtures("study", "dot", "fern", "founder")
def test_the_list_costs_the_same_however_many_there_are(as_hannah: Client, django_assert_num_queries):
    """Session, user, door, members, invitations: however long the lists."""
    with django_assert_num_queries(5):
        as_hannah.get(ADDRESS)


def test_only_coordinators_see_and_change_members(as_hilary: Client, as_stranger: Client, invite):
    """To an analyst, and to anyone of another study, the pages do not exist."""
    invite()
    invitation, before = Invitation.objects.get(), Membership.objects.count()
    for client in (as_hilary, as_stranger):
        assert client.get(ADDRESS).status_code == 404
        for address in ("", f"invited/{invitation.pk}/resend/", f"invited/{invitation.pk}/revoke/"):
            assert client.post(ADDRESS + address, TYPED).status_code == 404
    assert Membership.objects.count() == before
    assert Invitation.objects.filter(revoked=None, token_hash=invitation.token_hash).exists()
