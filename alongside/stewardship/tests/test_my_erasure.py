import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import F, Model
from django.test import Client
from django.utils import timezone

from alongside.accounts.models import Invitation, Study, User
from alongside.audit.models import Entry
from alongside.audit.queries import faults
from alongside.interviews.models import Interview, Transcript
from alongside.people.actions import link_user, make_link
from alongside.people.models import (
    AccessGrant,
    Barrier,
    ConsentEvent,
    ContactPoint,
    Identity,
    Participant,
    Person,
    StandingConsent,
    WorkingRelationship,
)
from alongside.people.queries import participant_of, permits
from alongside.stewardship.erasure import NOBODY_NOW, answer_erasure, ask_erasure, erase
from alongside.stewardship.models import ErasureRequest, Receipt
from alongside.stewardship.policies import leading_to_a_person, people_fields, what_stays
from alongside.stewardship.tests.conftest import agrees_to_everything
from alongside.stewardship.tests.test_stop_survives import breaking_at
from alongside.training.models import Application, AttendanceMark, Cohort, Enrolment, Facilitation, Session
from tests.support.world import World, one_of_everything, stored

LIST = "/s/six-months-on/stewardship/erasure/"


@pytest.fixture
def my(rowan: Person) -> str:
    return f"/me/{make_link(by=None, person=rowan, purpose='my_page')}/"


@pytest.fixture
def asked(rowan: Person, world: World) -> ErasureRequest:
    ErasureRequest.objects.all().delete()
    return ask_erasure(by=rowan, person=rowan)


@pytest.fixture
def unasked(world: World) -> World:
    ErasureRequest.objects.all().delete()
    return world


def page(address: str) -> str:
    return Client().get(address).content.decode().split("<main")[1].split("</main")[0]


# Asking -----------------------------------------------------------------------------------------------


def test_three_steps_lead_to_a_request(my: str, rowan: Person, unasked: World):
    """Choose, look, confirm: what goes at once, what then, what stays and why, and the day of the answer."""
    look = Client().get(f"{my}choices/", {"what": "stewardship:my-erasure"}).headers["Location"]
    shown = page(look)
    assert "What was written down from yours is erased" in shown
    assert "Your name is erased, with your addresses and phone numbers." in shown
    for reason in what_stays():
        assert reason in shown
    assert not ErasureRequest.objects.exists()
    assert permits(rowan, "interview")
    told = Client().post(look, follow=True).content.decode()
    request = ErasureRequest.objects.get()
    assert request.due > timezone.localdate() + timedelta(days=27)
    assert "You have an answer by" in told
    assert not permits(rowan, "interview")


def test_asked_twice_it_is_one_request(my: str, asked: ErasureRequest):
    """A sentence says so, and nothing changes."""
    before = stored()["stewardship.ErasureRequest"]
    told = Client().post(f"{my}erasure/", follow=True).content.decode()
    assert "You have asked already. Nothing changed." in told
    assert stored()["stewardship.ErasureRequest"] == before


def test_someone_who_shares_nothing_may_ask_as_well(robin: Person, study: Study):
    """There is nothing to stop, and a name to be erased."""
    ask_erasure(by=robin, person=robin)
    assert ErasureRequest.objects.get().person == robin
    assert not Receipt.objects.exists()


# Answering --------------------------------------------------------------------------------------------


def test_the_steward_sees_who_asked_and_by_when(as_sunita: Client, asked: ErasureRequest, robin: Person):
    """The most urgent first; one past its day is marked in words."""
    late = ErasureRequest.objects.create(person=robin, due=timezone.localdate() - timedelta(days=1))
    shown = as_sunita.get(LIST).content.decode()
    assert shown.index("Robin") < shown.index("Rowan")
    assert shown.count("Late") == 1
    assert late.is_late
    assert as_sunita.get(f"{LIST}{asked.pk}/").status_code == 200


def test_who_works_with_the_person_sees_nothing_of_it(as_priya: Client, wren: Person, sunita: User):
    """Not the line, not that there is one, not the page: as if nobody had asked."""
    before = as_priya.get(LIST).content
    request = ask_erasure(by=wren, person=wren)
    assert _plain(as_priya.get(LIST).content) == _plain(before)
    assert as_priya.get(f"{LIST}{request.pk}/").status_code == 404
    assert as_priya.post(f"{LIST}{request.pk}/", {"state": "done"}).status_code == 404
    request.refresh_from_db()
    assert request.is_open


def _plain(content: bytes) -> str:
    return re.sub(r'("X-CSRFToken": |name="csrfmiddlewaretoken" value=)"\w+"', "", content.decode())


def test_what_waits_stands_on_the_front_page(
    as_hannah: Client, as_priya: Client, asked: ErasureRequest, wren: Person, sunita: User
):
    """As a number, which counts nobody whom the reader works with; answered, it is gone."""
    fragment = "/s/six-months-on/stewardship/changed"
    ask_erasure(by=wren, person=wren)
    assert "2 people ask for everything about them" in as_hannah.get(fragment).content.decode()
    assert "One person asks for everything about them" in as_priya.get(fragment).content.decode()
    for request in ErasureRequest.objects.all():
        answer_erasure(by=sunita, request=request, state="in_part", reason="The law.")
    assert "everything about them" not in as_hannah.get(fragment).content.decode()


def test_other_roles_find_no_list(as_hilary: Client, as_carys: Client, asked: ErasureRequest):
    """Who records no consent answers no request."""
    for client in (as_hilary, as_carys):
        assert client.get(LIST).status_code == 404
        assert client.post(f"{LIST}{asked.pk}/", {"state": "done"}).status_code == 404


def test_the_rest_is_erased(as_sunita: Client, rowan: Person, asked: ErasureRequest):
    """Name, addresses, needs, descriptions, links; the receipt says it, and the request is answered."""
    told = as_sunita.post(f"{LIST}{asked.pk}/", {"state": "done"}, follow=True).content.decode()
    assert "It is erased." in told
    rowan.refresh_from_db()
    assert (rowan.name, rowan.format) == (NOBODY_NOW, "standard")
    assert not ContactPoint.objects.filter(person=rowan).exists()
    assert not AccessGrant.objects.filter(person=rowan).exists()
    assert participant_of(rowan) is None
    assert Receipt.objects.filter(person=rowan, purposes=[]).count() == 1
    asked.refresh_from_db()
    assert asked.state == "done"
    assert not list(faults())


def test_nothing_of_what_was_to_go_is_left(rowan: Person, asked: ErasureRequest, sunita: User):
    """No row declared as erased leads to Rowan, and no table holds the name, address or words."""
    Application.objects.filter(person=None, name="Rowan").update(email="Rowan@example.org")
    answer_erasure(by=sunita, request=asked, state="done")
    for model in leading_to_a_person():
        policy = getattr(model, "on_erasure", model.on_stopping)  # type: ignore[attr-defined]
        for field in people_fields(model):
            if policy.deed == "erase":
                assert not model._default_manager.filter(**{field: rowan}).exists(), model._meta.label
    # What the study called its own things after Rowan in this test is no row about Rowan.
    ours = (
        "training.Programme",
        "training.Cohort",
        "training.Place",
        "training.Term",
        "followup.Protocol",
        "followup.Instrument",
        "followup.SamplingFrame",
    )
    for label, rows in stored().items():
        for row in rows:
            for trace in ("Rowan", "rowan@", "the chair with the arms", "Ring my sister", "Large print"):
                assert trace not in row or label in ours, f"{label} still holds “{trace}”: {row}"


def test_the_training_goes_on(
    rowan: Person, asked: ErasureRequest, sunita: User, as_hannah: Client, world: World
):
    """What was marked counts on; the place ahead is free; the register is read as before."""
    answer_erasure(by=sunita, request=asked, state="done")
    assert AttendanceMark.objects.filter(person=rowan).exists()
    states = set(Enrolment.objects.filter(person=rowan).values_list("state", flat=True))
    assert states == {"left"}
    group, session = world["cohort"].pk, world["session"].pk
    for address in (f"groups/{group}/", f"groups/{group}/register/", f"sessions/{session}/", ""):
        answer = as_hannah.get(f"/s/six-months-on/training/{address}")
        assert answer.status_code == 200
        assert "rowan@example.org" not in answer.content.decode()


def test_the_firewall_and_the_proof_stay(
    rowan: Person,
    fern: User,
    rowan_and_alison: WorkingRelationship,
    alison: Person,
    asked: ErasureRequest,
    sunita: User,
):
    """Who worked with whom, and what was agreed to, stand without a name."""
    link_user(by=None, person=alison, user=fern)
    barriers, events = Barrier.objects.count(), ConsentEvent.objects.count()
    answer_erasure(by=sunita, request=asked, state="done")
    assert (Barrier.objects.count(), ConsentEvent.objects.count()) == (barriers, events)
    assert WorkingRelationship.objects.filter(pk=rowan_and_alison.pk).exists()


def test_what_was_promised_to_stay_stays_without_a_link(
    study: Study, rowan: Person, rowan_as_participant: Participant, hilary: User, sunita: User
):
    """A text that let the interview stay is kept to; the bridge to the person and the voice go."""
    agrees_to_everything(study, rowan, "keep")
    one_of_everything(study, rowan, rowan_as_participant, by=hilary)
    erase(by=sunita, person=rowan)
    transcript = Transcript.objects.get()
    assert transcript.interview is not None
    anonymous = transcript.interview.participant
    assert anonymous is not None
    assert anonymous != rowan_as_participant
    assert StandingConsent.objects.filter(participant=anonymous, kept=True).exists()
    assert not Identity.objects.exists()
    assert not Interview.objects.filter(if_hard__gt="").exists()
    rowan_as_participant.refresh_from_db()
    assert (rowan_as_participant.pseudonym, rowan_as_participant.described_as) == ("", "")


def test_who_has_a_role_stays_known_to_the_firewall(rowan: Person, fern: User, other_study: Study):
    """The account of someone in the team stays joined: who they work with must stay hidden from them.
    An account without a role there is let go."""
    link_user(by=None, person=rowan, user=fern)
    erase(by=None, person=rowan)
    rowan.refresh_from_db()
    assert rowan.user == fern
    fern.memberships.all().delete()
    erase(by=None, person=rowan)
    rowan.refresh_from_db()
    assert rowan.user is None


def test_rows_merged_into_the_person_are_erased_too(rowan: Person, study: Study):
    """Someone entered twice is erased twice."""
    twice = Person.objects.create(study=study, name="Rowan T.", merged_into=rowan)
    ContactPoint.objects.create(person=twice, kind="phone", value="01632 960003")
    erase(by=None, person=rowan)
    twice.refresh_from_db()
    assert twice.name == NOBODY_NOW
    assert not ContactPoint.objects.filter(value="01632 960003").exists()


def test_others_keep_everything(
    study: Study,
    asked: ErasureRequest,
    alison: Person,
    alison_as_participant: Participant,
    hilary: User,
    sunita: User,
):
    """Rowan's erasure touches no row of Alison's."""
    Interview.objects.update(number=F("number") + 100)
    theirs = one_of_everything(study, alison, alison_as_participant, by=hilary)
    before = {name: _row(thing) for name, thing in theirs.items() if isinstance(thing, Model) and thing.pk}
    answer_erasure(by=sunita, request=asked, state="done")
    after = {name: _row(thing) for name, thing in theirs.items() if isinstance(thing, Model) and thing.pk}
    assert after == before


def _row(thing: Model) -> tuple:
    return tuple(type(thing)._default_manager.filter(pk=thing.pk).values_list())


def test_not_all_of_it_has_its_reason(as_sunita: Client, my: str, rowan: Person, asked: ErasureRequest):
    """Nothing more goes; the person reads why on their page, and may ask again."""
    refused = as_sunita.post(f"{LIST}{asked.pk}/", {"state": "in_part", "reason": "  "})
    assert refused.status_code == 422
    assert "Say what has to stay, and why. The person reads it." in refused.content.decode()
    as_sunita.post(f"{LIST}{asked.pk}/", {"state": "in_part", "reason": "The law asks for the register."})
    assert "The law asks for the register." in page(f"{my}erasure/")
    rowan.refresh_from_db()
    assert rowan.name == "Rowan"
    Client().post(f"{my}erasure/")
    assert ErasureRequest.objects.filter(person=rowan).count() == 2


def test_a_request_is_answered_once(as_sunita: Client, asked: ErasureRequest, sunita: User):
    """A second answer is refused in a sentence and changes nothing."""
    answer_erasure(by=sunita, request=asked, state="done")
    before = Entry.objects.count()
    with pytest.raises(ValidationError, match="answered already"):
        answer_erasure(by=sunita, request=asked, state="in_part", reason="No.")
    assert Entry.objects.count() == before
    assert "Answered on" in as_sunita.get(f"{LIST}{asked.pk}/").content.decode()


def test_a_failure_at_any_write_changes_nothing(rowan: Person, asked: ErasureRequest, sunita: User):
    """Whichever write fails, everything is as it was, and the steward can simply try again."""
    with transaction.atomic():
        with breaking_at(0) as written:
            answer_erasure(by=sunita, request=asked, state="done")
        transaction.set_rollback(True)
    before = stored()
    assert len(written) > 20
    for place in range(1, len(written) + 1):
        with breaking_at(place), pytest.raises(DatabaseError):
            answer_erasure(by=sunita, request=asked, state="done")
    assert stored() == before
    answer_erasure(by=sunita, request=asked, state="done")
    rowan.refresh_from_db()
    assert rowan.name == NOBODY_NOW


def test_an_invitation_that_was_not_taken_up_goes_too(rowan: Person, study: Study, other_study: Study):
    """It holds a name and an address. One that was accepted belongs to the account."""
    now, kept = timezone.now(), set()
    for token, of, accepted in (("a", study, None), ("b", study, now), ("c", other_study, None)):
        invitation = Invitation.objects.create(
            study=of,
            email="rowan@example.org",
            name="Rowan",
            roles=["analyst"],
            token_hash=token,
            sent=now,
            expires=now,
            accepted=accepted,
        )
        kept |= {invitation} if token != "a" else set()
    erase(by=None, person=rowan)
    assert set(Invitation.objects.all()) == kept


def test_what_is_still_ahead_of_them_is_given_up(rowan: Person, world: World):
    """A place in a group that has planned nothing yet, and a session they would lead; not one they led."""
    group, now = world["cohort"], timezone.now()
    new = Cohort.objects.create(study=group.study, programme=group.programme, name="To come")
    place = Enrolment.objects.create(cohort=new, person=rowan, state="enrolled")
    for number, days in ((1, -9), (2, 9)):
        starts = now + timedelta(days=days)
        session = Session.objects.create(
            study=group.study,
            cohort=new if days > 0 else group,
            number=90 + number,
            title="T",
            starts=starts,
            ends=starts + timedelta(hours=2),
        )
        Facilitation.objects.create(session=session, person=rowan, lived=True)
    Session.objects.filter(cohort=new).update(state="cancelled")
    erase(by=None, person=rowan)
    place.refresh_from_db()
    assert place.state == "left"
    led = Facilitation.objects.filter(person=rowan, session__number__gt=90)
    assert set(led.values_list("session__number", flat=True)) == {91, 92}
    Session.objects.filter(cohort=new).update(state="planned")
    erase(by=None, person=rowan)
    assert list(led.values_list("session__number", flat=True)) == [91]


def test_what_they_asked_for_on_the_public_page_goes_too(rowan: Person, world: World):
    """Where nobody has said yet that it is theirs: by their address, and the first name besides."""
    Application.objects.all().delete()
    group = world["cohort"]
    half = Application.objects.create(cohort=group, name="Owen", phone="01632 960111", state="open")
    for name, email in (
        ("Rowan H", "ROWAN@example.org"),
        ("Sam", "rowan@example.org"),
        ("Rowan", "r@ex.org"),
    ):
        pair = half if name == "Rowan H" else None
        Application.objects.create(cohort=group, name=name, email=email, half=pair)
    erase(by=None, person=rowan)
    assert dict(Application.objects.values_list("name", "state")) == {
        "Owen": "apart",
        "Sam": "open",
        "Rowan": "open",
    }
