from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from alongside.accounts.actions import invite_member
from alongside.accounts.models import Invitation, Study, User
from alongside.audit.models import Entry
from alongside.people.actions import accept_invitation, add_person, make_participant, record_relationship
from alongside.people.models import Barrier, Person
from tests.support.signing_in import code_in_the_mail
from tests.support.walking import plain


@pytest.fixture
def invite(study: Study, hannah: User, django_capture_on_commit_callbacks):
    """Invites an address as an analyst; gives back the address of the link."""

    def send(email: str) -> str:
        sent: list[str] = []
        with django_capture_on_commit_callbacks(execute=True):
            invite_member(
                by=hannah,
                study=study,
                email=email,
                name="Alma Reid",
                roles=["analyst"],
                post=lambda _invitation, token: sent.append(token),
            )
        return f"/invited/{sent[0]}/"

    return send


def test_opening_uses_nothing_up(invite, study: Study):
    """Whatever looks first, a person or a mail scanner: the page asks, and nothing is made."""
    link = invite("alma@example.org")
    for _look in range(2):
        page = Client().get(link)
        assert page.status_code == 200
        assert "You are invited to “Six months on”" in page.content.decode()
    assert not User.objects.filter(email="alma@example.org").exists()


def test_accepting_lets_in_and_signs_nobody_in(invite, study: Study):
    """The membership stands; the session doesn't: a code to that very address signs in."""
    client = Client()
    answer = client.post(invite("alma@example.org"))
    assert "You are in “Six months on”" in answer.content.decode()
    assert "_auth_user_id" not in client.session
    alma = User.objects.get(email="alma@example.org")
    assert [m.role for m in alma.memberships.all()] == ["analyst"]
    assert Entry.objects.filter(verb="accept_invitation", actor=alma.pk).count() == 1
    client.post("/sign-in/", {"email": "alma@example.org"})
    code = code_in_the_mail()
    assert mail.outbox[-1].to == ["alma@example.org"]
    client.post("/sign-in/code/", {"code": code})
    assert client.session["_auth_user_id"] == str(alma.pk)


def test_an_account_that_was_there_joins_under_its_name(invite, study: Study, stranger: User):
    """What the inviter typed was for the list of invitations only."""
    Client().post(invite(stranger.email))
    assert stranger.memberships.filter(study=study, role="analyst").exists()
    assert User.objects.get(pk=stranger.pk).name == "Stan Grey"


def test_links_that_do_not_work_all_say_the_same(invite, hannah: User):
    """Expired, revoked, used, unknown: one sentence, the same to the byte."""
    used, expired, revoked = (invite(f"{name}@example.org") for name in ("used", "expired", "revoked"))
    Client().post(used)
    Invitation.objects.filter(email="expired@example.org").update(
        expires=timezone.now() - timedelta(seconds=1)
    )
    Invitation.objects.filter(email="revoked@example.org").update(revoked=timezone.now())
    told = set()
    for link in (used, expired, revoked, "/invited/never-was/"):
        for method in ("get", "post"):
            answer = getattr(Client(), method)(link)
            assert answer.status_code == 404
            told.add(plain(answer, link))
    assert len(told) == 1
    assert "This link does not work" in told.pop()
    assert not User.objects.filter(email__in=["expired@example.org", "revoked@example.org"]).exists()


def test_of_two_presses_at_once_one_counts(invite):
    """The action itself refuses the second."""
    invite("alma@example.org")
    invitation = Invitation.objects.get()
    accept_invitation(invitation=invitation)
    with pytest.raises(ValidationError, match="used already"):
        accept_invitation(invitation=invitation)


def test_links_cannot_be_guessed_without_end(db: None):
    """The thirty-first try within a minute is refused."""
    answers = [Client().get(f"/invited/guess-{number}/").status_code for number in range(31)]
    assert answers == [404] * 30 + [429]


def test_a_practitioner_who_joins_is_kept_from_whom_they_work_with(
    invite, study: Study, rowan: Person, rowan_as_participant
):
    """Somebody on record with the address is that person, and the barrier stands before their first page."""
    alma = add_person(by=None, study=study, name="Alma", email="Alma@example.org")
    record_relationship(by=None, one=alma, other=rowan, started=date(2024, 1, 1))
    Client().post(invite("alma@example.org"))
    user = User.objects.get(email="alma@example.org")
    alma.refresh_from_db()
    assert alma.user == user
    assert Barrier.objects.filter(user=user, participant=rowan_as_participant).exists()


def test_whom_they_work_with_later_is_behind_it_too(invite, study: Study, rowan: Person):
    """The link stays: a code that is given afterwards is kept from them as well."""
    alma = add_person(by=None, study=study, name="Alma", email="alma@example.org")
    record_relationship(by=None, one=alma, other=rowan, started=date(2024, 1, 1))
    Client().post(invite("alma@example.org"))
    code = make_participant(by=None, person=rowan, code="P09", pseudonym="Rowan", described_as="Learner")
    assert Barrier.objects.filter(user__email="alma@example.org", participant=code).exists()


def test_where_two_share_an_address_both_are_taken_care_of(
    invite, study: Study, rowan: Person, rowan_as_participant, wren: Person, wren_as_participant
):
    """Nobody knows which of them it is, so what belongs to those around either stays closed."""
    for name, other in (("Alma", rowan), ("Ben", wren)):
        one = add_person(by=None, study=study, name=name, email="ours@example.org")
        record_relationship(by=None, one=one, other=other, started=date(2024, 1, 1))
    Client().post(invite("ours@example.org"))
    assert Barrier.objects.filter(user__email="ours@example.org").count() == 2
    assert not Person.objects.filter(user__email="ours@example.org").exists()
