from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404

from alongside.accounts.models import Study, User
from alongside.people.actions import add_person, end_relationship, make_participant, record_relationship
from alongside.people.models import Barrier, Identity, Participant, Person, WorkingRelationship
from alongside.people.queries import (
    participant_for,
    participant_of,
    participants,
    person_of,
    works_with_person,
)


def test_a_working_relationship_bars_the_user_from_the_participant(
    study: Study, priya: User, wren_as_participant: Participant, rowan_as_participant: Participant
):
    """Priya, whatever her roles, finds Rowan and not Wren."""
    assert list(participants(study, priya)) == [rowan_as_participant]
    with pytest.raises(Http404):
        participant_for(study, priya, wren_as_participant.pk)


def test_the_order_of_events_does_not_matter(study: Study, priya: User, rowan: Person):
    """A code given after the relationship and the account is barred all the same."""
    herself = Person.objects.get(user=priya)
    record_relationship(by=None, one=rowan, other=herself, started=date(2025, 1, 1))
    participant = make_participant(by=None, person=rowan)
    assert Barrier.objects.filter(user=priya, participant=participant).exists()


def test_ending_a_relationship_leaves_the_firewall(
    study: Study, priya: User, wren_as_participant: Participant
):
    """Had is as good as have."""
    relationship = WorkingRelationship.objects.get()
    end_relationship(by=None, relationship=relationship, ended=date(2026, 6, 1))
    assert list(participants(study, priya)) == []


def test_the_firewall_outlives_the_bridge(study: Study, priya: User, wren_as_participant: Participant):
    """Without identities nobody can say who Wren's code is, and Priya is still kept out."""
    Identity.objects.all().delete()
    assert list(participants(study, priya)) == []


def test_nobody_works_with_themselves(rowan: Person):
    """One clear sentence, and nothing stored."""
    with pytest.raises(ValidationError, match="two people"):
        record_relationship(by=None, one=rowan, other=rowan, started=date(2025, 1, 1))
    assert not WorkingRelationship.objects.exists()


def test_one_open_relationship_a_pair(rowan: Person, alison: Person, rowan_and_alison: WorkingRelationship):
    """Recording the same pair the other way round is refused."""
    with pytest.raises(ValidationError):
        record_relationship(by=None, one=alison, other=rowan, started=date(2025, 1, 1))


def test_the_bridge_goes_both_ways_and_holds_no_id_in_the_open(
    rowan: Person, rowan_as_participant: Participant
):
    """The identity row leads from person to participant and back, and its columns don't hold the id."""
    assert participant_of(rowan) == rowan_as_participant
    assert person_of(rowan_as_participant) == rowan
    identity = Identity.objects.get()
    assert rowan.pk.bytes not in bytes(identity.sealed)
    assert rowan.pk.hex not in identity.token


def test_a_member_who_may_be_someone_is_kept_from_their_consents(study: Study, hannah: User, wren: Person):
    """Before anyone has said which record is theirs: their address on one is enough to keep them out."""
    unsaid = add_person(by=None, study=study, name="H", email="someone.else@example.org")
    record_relationship(by=None, one=unsaid, other=wren, started=date(2026, 1, 5))
    assert not works_with_person(hannah, wren)
    unsaid.contact_points.update(value=str(hannah.email).upper())
    assert works_with_person(hannah, wren)
