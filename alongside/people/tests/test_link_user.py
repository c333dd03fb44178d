from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from alongside.accounts.models import Study, User
from alongside.interviews.models import Transcript
from alongside.people.actions import add_person, link_user, record_relationship
from alongside.people.models import Barrier, Participant, Person


@pytest.fixture
def herself(study: Study, hilary: User) -> Person:
    """Hilary, in the group too; nobody has said yet that the two are one."""
    return add_person(by=None, study=study, name="Hilary Banks")


def url(person: Person) -> str:
    return f"/s/six-months-on/people/{person.pk}/account/"


def test_a_member_who_is_in_the_group_is_kept_from_those_they_work_with(
    as_hannah: Client,
    as_hilary: Client,
    hilary: User,
    herself: Person,
    rowan: Person,
    rowan_as_participant: Participant,
    rowan_transcript: Transcript,
):
    """Open until the link is made, shut from then on."""
    record_relationship(by=None, one=herself, other=rowan, started=date(2024, 5, 1))
    address = f"/s/six-months-on/analysis/transcripts/{rowan_transcript.pk}/"
    assert as_hilary.get(address).status_code == 200
    assert as_hannah.post(url(herself), {"user": str(hilary.pk)}).status_code == 302
    assert Barrier.objects.filter(user=hilary, participant=rowan_as_participant).exists()
    assert as_hilary.get(address).status_code == 404


def test_a_member_is_one_person(as_hannah: Client, hilary: User, herself: Person, rowan: Person):
    """Once linked, they are not offered again."""
    as_hannah.post(url(herself), {"user": str(hilary.pk)})
    assert as_hannah.post(url(rowan), {"user": str(hilary.pk)}).status_code == 422
    rowan.refresh_from_db()
    assert rowan.user is None


def test_an_address_of_a_member_is_enough(study: Study, hilary: User):
    """A person added under it is that member, without anybody saying so."""
    assert add_person(by=None, study=study, name="H. Banks", email="HILARY@example.org").user == hilary


def test_others_may_not_say_so(as_hilary: Client, as_stranger: Client, hilary: User, herself: Person):
    """Only whoever keeps people."""
    for client in (as_hilary, as_stranger):
        assert client.post(url(herself), {"user": str(hilary.pk)}).status_code == 404


def test_who_works_with_the_person_may_not_say_so_either(as_priya: Client, wren: Person, hilary: User):
    """Whoever signs in as Wren reads all that Wren shares: Priya would only have to invite a second self."""
    assert as_priya.get(url(wren)).status_code == 404
    assert as_priya.post(url(wren), {"user": str(hilary.pk)}).status_code == 404
    wren.refresh_from_db()
    assert wren.user is None
    page = as_priya.get(f"/s/six-months-on/people/{wren.pk}/").content.decode()
    assert "Not known as a member." in page
    assert "Say which member they are" not in page


def test_of_two_who_say_so_at_once_the_first_counts(herself: Person, hilary: User, josef: User):
    """The second looked before the first had said it, and still leaves nobody outside the firewall."""
    before = Person.objects.get(pk=herself.pk)
    link_user(by=None, person=herself, user=hilary)
    with pytest.raises(ValidationError, match="another account"):
        link_user(by=None, person=before, user=josef)
    herself.refresh_from_db()
    assert herself.user == hilary
