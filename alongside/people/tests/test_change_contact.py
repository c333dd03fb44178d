from datetime import date

import pytest
from django.test import Client

from alongside.accounts.models import Study, User
from alongside.audit.models import Entry
from alongside.people.actions import add_person, link_user, record_relationship
from alongside.people.models import Barrier, ContactPoint, Participant, Person, WorkingRelationship
from tests.support.editing import filled


def address(person: Person, *rest: object) -> str:
    return f"/s/six-months-on/people/{person.pk}/contact/{'/'.join(str(part) for part in rest)}/"


def email_of(person: Person) -> ContactPoint:
    return person.contact_points.get(kind="email")


def test_a_way_to_reach_someone_is_added_and_preferred(as_hannah: Client, rowan: Person):
    """The new one is preferred, and the one before no longer."""
    sent = {"kind": "phone", "value": " 01632 960001 ", "preferred": "on"}
    assert as_hannah.post(address(rowan, "add"), sent).status_code == 302
    assert [(p.value, p.preferred) for p in rowan.contact_points.order_by("pk")] == [
        ("rowan@example.org", False),
        ("01632 960001", True),
    ]
    assert as_hannah.post(address(rowan, email_of(rowan).pk, "prefer")).status_code == 302
    assert rowan.contact_points.get(preferred=True) == email_of(rowan)
    page = as_hannah.get(f"/s/six-months-on/people/{rowan.pk}/").content.decode()
    assert "01632 960001" in page


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"kind": "email", "value": "ROWAN@example.org"}, "This is on record for them already."),
        ({"kind": "email", "value": "rowan"}, "Enter a valid email address."),
        ({"kind": "pigeon", "value": "Home"}, "not one of the available choices"),
        ({"kind": "phone", "value": " "}, "This field is required."),
    ],
)
def test_what_can_not_be_added_says_why(
    sent: dict[str, str], sentence: str, as_hannah: Client, rowan: Person
):
    """One sentence, and nothing is stored."""
    answer = as_hannah.post(address(rowan, "add"), sent)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert rowan.contact_points.count() == 1


def test_an_address_is_changed(as_hannah: Client, rowan: Person):
    """The address is another; that it was changed is in the audit, what it was is not."""
    url = address(rowan, email_of(rowan).pk)
    assert as_hannah.post(url, {**filled(as_hannah, url), "value": "ro@example.org"}).status_code == 302
    assert email_of(rowan).value == "ro@example.org"
    assert Entry.objects.get(verb="change_contact").fields == ["value"]


def test_removing_names_what_goes(as_hannah: Client, rowan: Person):
    """Asked first; then it is gone."""
    url = address(rowan, email_of(rowan).pk, "remove")
    assert "rowan@example.org" in as_hannah.get(url).content.decode()
    assert rowan.contact_points.exists()
    assert as_hannah.post(url).status_code == 302
    assert not rowan.contact_points.exists()


def test_the_only_email_of_somebody_who_signs_in_stays(as_hannah: Client, rowan: Person, fern: User):
    """It can be neither removed nor made into something else before there is another."""
    link_user(by=None, person=rowan, user=fern)
    point = email_of(rowan)
    answer = as_hannah.post(address(rowan, point.pk, "remove"))
    assert answer.status_code == 422
    assert "this is the only e-mail address on record" in answer.content.decode()
    url = address(rowan, point.pk)
    sent = {**filled(as_hannah, url), "kind": "phone", "value": "01632 960001"}
    assert as_hannah.post(url, sent).status_code == 422
    assert email_of(rowan).value == "rowan@example.org"
    as_hannah.post(address(rowan, "add"), {"kind": "email", "value": "ro@example.org"})
    assert as_hannah.post(address(rowan, point.pk, "remove")).status_code == 302


def test_whoever_is_given_the_address_of_a_member_is_that_member(
    as_hannah: Client,
    alison: Person,
    hilary: User,
    rowan_as_participant: Participant,
    rowan_and_alison: WorkingRelationship,
):
    """The firewall doesn't wait to be told: Hilary, who is Alison, sees nothing of Rowan."""
    as_hannah.post(address(alison, "add"), {"kind": "email", "value": "Hilary@example.org"})
    alison.refresh_from_db()
    assert alison.user == hilary
    assert Barrier.objects.filter(user=hilary, participant=rowan_as_participant).exists()


def test_an_address_of_somebody_else_is_not_there(as_hannah: Client, rowan: Person, alison: Person):
    """The address of one person doesn't open by another's name."""
    assert as_hannah.get(address(rowan, email_of(alison).pk)).status_code == 404
    assert as_hannah.post(address(rowan, email_of(alison).pk, "remove")).status_code == 404


def test_who_may_not_keep_people_finds_nothing(as_sunita: Client, study: Study, rowan: Person):
    """A data steward changes nothing."""
    point = email_of(rowan).pk
    for rest in (("add",), (point,), (point, "remove"), (point, "prefer")):
        assert as_sunita.post(address(rowan, *rest)).status_code == 404


def test_who_works_with_the_person_changes_nothing_of_it(as_priya: Client, wren: Person):
    """With an own address in place of Wren's, Priya would get what is sent to Wren alone."""
    point = email_of(wren)
    for rest in (("add",), (point.pk,), (point.pk, "remove"), (point.pk, "prefer")):
        assert (
            as_priya.post(address(wren, *rest), {"kind": "email", "value": "p@example.org"}).status_code
            == 404
        )
    assert [each.value for each in wren.contact_points.all()] == ["wren@example.org"]
    page = as_priya.get(f"/s/six-months-on/people/{wren.pk}/").content.decode()
    assert "wren@example.org" in page
    assert "so another coordinator changes this" in page
    assert "/contact/" not in page


def test_a_member_who_is_on_record_twice_is_kept_out_by_either(
    as_hannah: Client,
    as_priya: Client,
    priya: User,
    study: Study,
    rowan: Person,
    rowan_as_participant: Participant,
):
    """Priya is known by one record; a second one with her address works with Rowan."""
    again = add_person(by=None, study=study, name="P. Nair")
    record_relationship(by=None, one=again, other=rowan, started=date(2024, 5, 1))
    assert not Barrier.objects.filter(user=priya, participant=rowan_as_participant).exists()
    as_hannah.post(address(again, "add"), {"kind": "email", "value": "PRIYA@example.org"})
    again.refresh_from_db()
    assert again.user is None
    assert Barrier.objects.filter(user=priya, participant=rowan_as_participant).exists()
