from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.audit.models import Entry
from alongside.people.actions import (
    add_person,
    confirm_relationship,
    deny_relationship,
    describe_standpoint,
    link_user,
    make_link,
    make_participant,
    record_adjustment,
    record_consent,
    record_relationship,
)
from alongside.people.models import (
    Barrier,
    ConsentEvent,
    ConsentText,
    ContactPoint,
    Participant,
    Person,
    WorkingRelationship,
)
from alongside.people.queries import (
    own_relationships,
    participant_of,
    participant_permits,
    permits,
    working_with,
)
from alongside.stewardship.erasure import erase
from alongside.stewardship.merging import FOR_ANOTHER, merge_people, undo_merge
from alongside.stewardship.models import ErasureRequest, Merge
from alongside.stewardship.moving import MOVES, OTHERWISE, keys_to_people
from alongside.stewardship.tests.conftest import everything
from alongside.training.models import Cohort, Enrolment, Programme
from tests.support.walking import plain

LIST = "/s/six-months-on/stewardship/same-people/"


def page(kept: Person, merged: Person) -> str:
    return f"/s/six-months-on/people/{kept.pk}/merge/?other={merged.pk}"


def point(person: Person) -> int:
    """How they would rather be reached."""
    return ContactPoint.objects.get(person=person, preferred=True).pk


def cohort(study: Study, name: str) -> Cohort:
    programme, _new = Programme.objects.get_or_create(study=study, title="Working alongside")
    return Cohort.objects.create(study=study, programme=programme, name=name)


def test_every_key_to_a_person_is_declared():
    """A model that comes to know a person says here how it moves, or this fails."""
    declared = {*MOVES, *OTHERWISE}
    assert set(keys_to_people()) == declared


def test_two_records_become_one(
    as_hannah: Client, rowan: Person, twice: Person, alison: Person, study: Study
):
    """Contacts, descriptions, needs, pairs, places and links move; the second record is hidden."""
    describe_standpoint(by=None, person=twice, kind="carer")
    record_adjustment(by=None, person=twice, need="Large print")
    pair = record_relationship(by=None, one=twice, other=alison, started=date(2024, 5, 31))
    place = Enrolment.objects.create(cohort=cohort(study, "Group 1"), person=twice, state="enrolled")
    answer = as_hannah.post(page(rowan, twice), {"name": "Rowan Ellis", "preferred": point(rowan)})
    assert answer.headers["Location"] == f"/s/six-months-on/people/{rowan.pk}/"
    rowan.refresh_from_db()
    assert rowan.name == "Rowan Ellis"
    assert rowan.contact_points.count() == 3
    assert rowan.preferred_contact.value == "rowan@example.org"
    assert {each.kind for each in rowan.standpoints.all()} == {"uses_services", "carer"}
    assert rowan.adjustments.get().need == "Large print"
    pair.refresh_from_db()
    assert {pair.first, pair.second} == {rowan, alison}
    assert pair.first_id < pair.second_id
    place.refresh_from_db()
    assert place.person == rowan
    assert as_hannah.get(f"/s/six-months-on/people/{twice.pk}/").status_code == 404
    assert Entry.objects.filter(verb="merge_people").count() == 1


def test_the_preview_shows_both_and_changes_nothing(
    as_hannah: Client, rowan: Person, twice: Person, study: Study
):
    """Beside each other, with what moves and what can't because the other has it already."""
    group = cohort(study, "Group 1")
    for person in (rowan, twice):
        Enrolment.objects.create(cohort=group, person=person, state="enrolled")
    before = everything()
    text = as_hannah.get(page(rowan, twice)).content.decode()
    for words in ("rowan@example.org", "r.ellis@example.org", "Group 1", "Ways to reach them"):
        assert words in text
    assert everything() == before
    as_hannah.post(page(rowan, twice), {"name": "Rowan", "preferred": point(rowan)})
    assert Merge.objects.exists()
    assert Enrolment.objects.get(person=twice).cohort == group


def test_who_they_rather_be_reached_by_is_chosen(as_hannah: Client, rowan: Person, twice: Person):
    """One of all the ways that there are; exactly one is preferred afterwards."""
    phone = twice.contact_points.get(kind="phone")
    as_hannah.post(page(rowan, twice), {"name": "Rowan", "preferred": phone.pk})
    assert ContactPoint.objects.get(person=rowan, preferred=True) == phone


def test_their_link_leads_to_the_page_that_stays(client: Client, rowan: Person, twice: Person, hannah: User):
    """A link made for the second record goes on working, and shows what the first shares."""
    token = make_link(by=None, person=twice, purpose="my_page")
    merge_people(by=hannah, kept=rowan, merged=twice)
    answer = client.get(f"/me/{token}/")
    assert answer.status_code == 200
    assert answer.context["own"].person == rowan


def test_barriers_rise_for_both(
    hannah: User, josef: User, rowan: Person, rowan_as_participant: Participant, twice: Person, study: Study
):
    """Whoever works with the second record is kept from what research knows of the first."""
    herself = add_person(by=None, study=study, name="Josef Novak")
    link_user(by=None, person=herself, user=josef)
    record_relationship(by=None, one=herself, other=twice, started=date(2024, 5, 31))
    assert not Barrier.objects.filter(user=josef).exists()
    merge = merge_people(by=hannah, kept=rowan, merged=twice)
    assert Barrier.objects.filter(user=josef, participant=rowan_as_participant).exists()
    assert rowan.pk in working_with(josef, study)
    undo_merge(by=hannah, merge=merge)
    assert Barrier.objects.filter(user=josef, participant=rowan_as_participant).exists()
    assert rowan.pk not in working_with(josef, study)


def test_the_code_of_the_second_record_goes_with_it(
    hannah: User, rowan: Person, rowan_as_participant: Participant, study: Study
):
    """Research knows the one who stays by it, and what they agreed to still counts; undone, all as before."""
    other = add_person(by=None, study=study, name="Rowan Ellis")
    merge = merge_people(by=hannah, kept=other, merged=rowan)
    assert participant_of(other) == rowan_as_participant
    assert participant_of(rowan) is None
    assert permits(other, "interview")
    assert participant_permits(rowan_as_participant, "interview")
    undo_merge(by=hannah, merge=merge)
    assert participant_of(rowan) == rowan_as_participant
    assert not permits(other, "interview")
    assert participant_permits(rowan_as_participant, "interview")


def test_a_no_said_since_counts_for_both(
    hannah: User, rowan: Person, rowan_as_participant: Participant, consent_texts: dict, study: Study
):
    """Undoing takes back no refusal: the code goes back to the second record, and so does the no."""
    other = add_person(by=None, study=study, name="Rowan Ellis")
    merge = merge_people(by=hannah, kept=other, merged=rowan)
    record_consent(by=other, person=other, text=consent_texts["interview"], decision="stopped")
    undo_merge(by=hannah, merge=merge)
    assert not permits(rowan, "interview")
    assert not participant_permits(rowan_as_participant, "interview")
    assert permits(rowan, "archive")


def _two_accounts(one: Person, other: Person, hannah: User, josef: User) -> None:
    link_user(by=None, person=one, user=hannah)
    link_user(by=None, person=other, user=josef)


def _a_pair(one: Person, other: Person, hannah: User, josef: User) -> None:
    record_relationship(by=None, one=one, other=other, started=date(2024, 1, 1))


def _two_codes(one: Person, other: Person, hannah: User, josef: User) -> None:
    make_participant(by=None, person=one)
    make_participant(by=None, person=other)


def _differing(one: Person, other: Person, hannah: User, josef: User) -> None:
    text = ConsentText.objects.get(purpose="interview")
    record_consent(by=None, person=other, text=text, decision="declined")


def _asked_to_be_erased(one: Person, other: Person, hannah: User, josef: User) -> None:
    ErasureRequest.objects.create(person=other)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (_two_accounts, "Both sign in with an account of their own"),
        (_a_pair, "these two work together, so they are two people"),
        (_two_codes, "each under a code of their own"),
        (_differing, "isn’t the same. Ask the person"),
        (_asked_to_be_erased, "A request to erase waits for an answer"),
    ],
)
def test_what_can_be_no_one_person_is_refused(
    given: Callable[..., None],
    sentence: str,
    as_founder: Client,
    hannah: User,
    josef: User,
    rowan: Person,
    twice: Person,
):
    """One sentence, and nothing changes; by whichever record one begins."""
    given(rowan, twice, hannah, josef)
    before = everything()
    for kept, merged in ((rowan, twice), (twice, rowan)):
        for answer in (as_founder.get(page(kept, merged)), as_founder.post(page(kept, merged))):
            assert answer.status_code == 422
            assert sentence in answer.content.decode()
    assert everything() == before


def test_who_works_with_one_of_them_gets_the_same_words_in_any_case(
    as_priya: Client, wren: Person, study: Study, hannah: User, josef: User, consent_texts: dict
):
    """Whatever is known of either, another coordinator has to do it: two codes, two accounts, or nothing."""
    other = add_person(by=None, study=study, name="Wren Ellis")
    address = page(wren, other)
    before = plain(as_priya.get(address), address)
    assert str(FOR_ANOTHER) in before
    make_participant(by=None, person=other)
    record_consent(by=None, person=other, text=consent_texts["interview"], decision="declined")
    ErasureRequest.objects.create(person=other)
    assert plain(as_priya.get(address), address) == before
    assert as_priya.post(page(other, wren)).status_code == 422
    assert not Merge.objects.exists()


def test_who_works_with_one_of_them_sees_and_undoes_no_merge(
    as_priya: Client, wren: Person, study: Study, hannah: User
):
    """The list leaves it out, and its address is nothing that is there."""
    other = add_person(by=None, study=study, name="Wren Ellis")
    merge = merge_people(by=hannah, kept=other, merged=wren)
    assert "Made one" not in as_priya.get(LIST).content.decode()
    assert as_priya.post(f"/s/six-months-on/stewardship/merges/{merge.pk}/undo/").status_code == 404


def test_likely_pairs_are_listed(
    as_hannah: Client, rowan: Person, twice: Person, alison: Person, study: Study
):
    """By address, number or name, and why; those who are nothing alike aren't."""
    add_person(by=None, study=study, name="Roan", phone="+44 1632 960144")
    text = as_hannah.get(LIST).content.decode()
    assert "the same phone" in text
    assert "a name like it" in text
    assert "Alison" not in text


@pytest.mark.parametrize("who", ["as_sunita", "as_carys", "as_stranger"])
def test_other_roles_merge_nobody(
    who: str, request: pytest.FixtureRequest, rowan: Person, twice: Person, hannah: User
):
    """It takes the permission to keep people."""
    visitor = request.getfixturevalue(who)
    assert visitor.get(LIST).status_code == 404
    assert visitor.post(page(rowan, twice)).status_code == 404
    assert not Merge.objects.exists()


def test_the_latest_decision_of_the_two_counts(
    hannah: User, rowan: Person, twice: Person, consent_texts: dict
):
    """Events of both are one history; none is lost or changed."""
    at = datetime(2026, 5, 1, 12, tzinfo=UTC)
    record_consent(by=None, person=twice, text=consent_texts["archive"], decision="granted", at=at)
    count = ConsentEvent.objects.count()
    merge_people(by=hannah, kept=rowan, merged=twice)
    assert ConsentEvent.objects.filter(person=rowan).count() == count
    assert rowan.consent_events.filter(at__lte=timezone.now() - timedelta(days=1)).count() == count


@pytest.mark.parametrize(("low", "high"), [("twice", "rowan"), ("rowan", "twice")])
def test_what_each_half_said_stays_with_that_half(low: str, high: str, study: Study, hannah: User):
    """A pair is kept in one order. Where the order turns, yes and no turn with it, and back again."""
    ids = {low: 1, "alison": 5, high: 9}
    rowan, alison, twice = (
        Person.objects.create(pk=UUID(int=ids[name]), study=study, name=name)
        for name in ("rowan", "alison", "twice")
    )
    pair = record_relationship(by=None, one=twice, other=alison, started=date(2024, 5, 31))
    confirm_relationship(by=None, relationship=pair, person=alison)
    deny_relationship(by=None, relationship=pair, person=twice)
    merge = merge_people(by=hannah, kept=rowan, merged=twice)
    pair.refresh_from_db()
    assert (pair.confirmed_by(alison), pair.denied_by(alison)) == (True, False)
    assert (pair.confirmed_by(rowan), pair.denied_by(rowan)) == (False, True)
    undo_merge(by=hannah, merge=merge)
    pair.refresh_from_db()
    assert (pair.confirmed_by(alison), pair.denied_by(alison)) == (True, False)
    assert (pair.confirmed_by(twice), pair.denied_by(twice)) == (False, True)


def test_a_pair_that_both_records_had_is_seen_once(
    as_hannah: Client,
    client: Client,
    hannah: User,
    rowan: Person,
    twice: Person,
    alison: Person,
    study: Study,
):
    """The second one stays with the hidden record, to be there if the merge is undone."""
    for one in (rowan, twice):
        record_relationship(by=None, one=one, other=alison, started=date(2024, 5, 31))
    merge = merge_people(by=hannah, kept=rowan, merged=twice)
    assert [each.other for each in own_relationships(alison)] == [rowan]
    assert "1 working pair" in as_hannah.get("/s/six-months-on/people/summary").content.decode()
    for page in ("relationships/", f"{alison.pk}/"):
        assert "Rowan Ellis" not in as_hannah.get(f"/s/six-months-on/people/{page}").content.decode()
    undo_merge(by=hannah, merge=merge)
    assert {each.other for each in own_relationships(alison)} == {rowan, twice}


def test_nobody_is_joined_to_what_was_erased(
    as_hannah: Client, rowan: Person, twice: Person, rowan_and_alison: WorkingRelationship
):
    """Whoever comes back is someone new: what stays without a name gets none again, and isn't offered."""
    erase(by=None, person=rowan)
    before = everything()
    said = ("Nobody may be joined to it again.", "not one of the available choices")
    for (kept, merged), why in zip(((rowan, twice), (twice, rowan)), said, strict=True):
        answer = as_hannah.post(page(kept, merged))
        assert answer.status_code == 422
        assert why in answer.content.decode()
    assert everything() == before
