from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.accounts.permissions import Role
from alongside.accounts.posting import wait_until_posted
from alongside.audit.models import Entry
from alongside.followup.models import Message
from alongside.interviews.models import Interview, Recording, Transcript
from alongside.people.actions import make_link, make_participant
from alongside.people.models import (
    Anonymisation,
    Barrier,
    ConsentEvent,
    ConsentText,
    Identity,
    Participant,
    Person,
    StandingConsent,
)
from alongside.people.queries import participant_of, permits, permitting, person_of
from alongside.stewardship.actions import take_back_destroying
from alongside.stewardship.anonymising import anonymise, destroy_keys
from alongside.stewardship.models import IdentityRequest, KeyRequest
from alongside.stewardship.withdrawal import stop
from alongside.vault.sealing import is_able, key_file
from conftest import member
from tests.permission_table import TABLE
from tests.support.walking import ADDRESSES, METHODS, Visitor
from tests.support.world import World

PAGE = "/s/six-months-on/stewardship/key/"
ASK, CONFIRM, BACK = PAGE + "destroy/", PAGE + "confirm/", PAGE + "take-back/"
NAMED = {"name": "Six months on", "reason": "The study is over"}


@pytest.fixture
def asked(as_sunita: Client, rowan_as_participant: Participant, hannah: User) -> KeyRequest:
    assert as_sunita.post(ASK, NAMED).status_code == 302
    return KeyRequest.objects.get()


# By two people ---------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_one_asks_another_confirms_and_the_key_is_gone(
    as_sunita: Client, as_hannah: Client, study: Study, rowan: Person, rowan_as_participant: Participant
):
    """No bridge, no key, an entry, and a letter to whoever could have answered."""
    as_sunita.post(ASK, NAMED)
    assert is_able(study.pk)
    assert as_hannah.post(CONFIRM, {"name": "Six months on"}).status_code == 302
    assert not is_able(study.pk)
    assert not Identity.objects.exists()
    assert participant_of(rowan) is None
    assert person_of(rowan_as_participant) is None
    assert Entry.objects.filter(verb="destroy_identity_key").count() == 1
    wait_until_posted()
    assert {letter.to[0] for letter in mail.outbox} == {"hannah@example.org", "sunita@example.org"}
    assert "The key was destroyed on" in as_hannah.get(PAGE).content.decode()


def test_asking_destroys_nothing(as_sunita: Client, asked: KeyRequest, study: Study, rowan: Person):
    """Until somebody else confirms it, everything is as it was."""
    assert is_able(study.pk)
    assert participant_of(rowan) is not None
    assert "waits for a second person" in as_sunita.get(PAGE).content.decode()


def test_what_was_answered_in_the_meantime_is_not_taken_back(
    as_sunita: Client, hannah: User, asked: KeyRequest
):
    """Hannah refuses between Sunita's look and her word: one sentence says so."""
    reads: list[str] = []

    def hannah_first(execute: Callable, sql: str, *rest: object) -> object:
        reads.extend([sql] if sql.startswith("SELECT") and KeyRequest._meta.db_table in sql else [])
        if len(reads) == 2:
            reads.append("")
            take_back_destroying(by=hannah, request=asked)
        return execute(sql, *rest)

    with connection.execute_wrapper(hannah_first):
        page = as_sunita.post(BACK)
    assert page.status_code == 302
    text = as_sunita.get(PAGE).content.decode()
    assert "This was answered already" in text
    assert "Taken back." not in text


def test_nobody_confirms_their_own(as_sunita: Client, asked: KeyRequest, study: Study):
    """The same person twice is one person."""
    page = as_sunita.post(CONFIRM, {"name": "Six months on"})
    assert page.status_code == 422
    assert "Another member has to agree." in page.content.decode()
    assert is_able(study.pk)
    assert not Anonymisation.objects.exists()


@pytest.mark.parametrize("name", ["", "six months on", "Elsewhere"])
def test_the_name_has_to_be_typed(name: str, as_sunita: Client, as_hannah: Client, asked: KeyRequest):
    """By both of them, as it is."""
    page = as_hannah.post(CONFIRM, {"name": name})
    assert page.status_code == 422
    assert not Anonymisation.objects.exists()
    KeyRequest.objects.all().delete()
    assert as_sunita.post(ASK, {**NAMED, "name": name}).status_code == 422
    assert not KeyRequest.objects.exists()


def test_it_can_be_taken_back(as_sunita: Client, as_hannah: Client, asked: KeyRequest, study: Study):
    """By whoever asked; the other's confirmation then finds nothing to confirm."""
    as_sunita.post(BACK)
    page = as_hannah.post(CONFIRM, {"name": "Six months on"}, follow=True).content.decode()
    assert "There is no request to confirm. Nothing changed." in page
    assert is_able(study.pk)
    assert as_sunita.post(ASK, NAMED).status_code == 302


def test_it_lapses_after_a_week(as_sunita: Client, as_hannah: Client, asked: KeyRequest, study: Study):
    """A confirmation that comes late destroys nothing; it can be asked again."""
    KeyRequest.objects.update(asked=timezone.now() - timedelta(days=8))
    as_hannah.post(CONFIRM, {"name": "Six months on"})
    assert is_able(study.pk)
    assert as_sunita.post(ASK, NAMED).status_code == 302


def test_asked_twice_is_said(as_sunita: Client, asked: KeyRequest):
    """One request waits at a time."""
    page = as_sunita.post(ASK, NAMED)
    assert page.status_code == 422
    assert "Someone has asked for this already." in page.content.decode()


def test_other_roles_find_nothing(as_hannah: Client, as_hilary: Client, study: Study):
    """A coordinator confirms and doesn't ask; who codes does neither."""
    assert as_hannah.get(PAGE).status_code == 200
    assert as_hannah.post(ASK, NAMED).status_code == 404
    assert as_hilary.get(PAGE).status_code == 404


# What goes and what stays ----------------------------------------------------------------------------


@pytest.fixture
def destroyed(
    study: Study, rowan: Person, world: World, hilary: User, django_capture_on_commit_callbacks
) -> World:
    """Rowan's study, with one of everything about Rowan, after its key was destroyed."""
    IdentityRequest.objects.create(
        study=study, asked_by=hilary, participant=world["participant"], reason="It mattered"
    )
    Barrier.objects.create(user=hilary, participant=world["participant"])
    with django_capture_on_commit_callbacks(execute=True):
        anonymise(by=None, study=study)
    return world


def test_no_row_knows_a_person_and_a_participant(destroyed: World, rowan: Person):
    """Nor does a moment: research's consents stand since the study began, not since Rowan's yes."""
    assert not Message.objects.exclude(instance=None).exists()
    assert not rowan.access_grants.exclude(object="").exists()
    assert not IdentityRequest.objects.exclude(participant=None).exists()
    moments = set(ConsentEvent.objects.values_list("at", flat=True))
    assert not moments & set(StandingConsent.objects.values_list("since", flat=True))
    assert not Barrier.objects.exclude(since=rowan.study.created).exists()


def test_no_entry_joins_a_person_to_a_participant(
    study: Study, rowan: Person, rowan_as_participant: Participant, world: World
):
    """What the person did names nothing of their participant's, the interview that their stop called off is
    gone, and the entry of a new code names nobody."""
    before = Interview.objects.get(pk=world["booked"].pk)
    stop(by=rowan, person=rowan)
    anonymise(by=None, study=study)
    assert not Interview.objects.filter(pk=before.pk).exists()
    made = Entry.objects.filter(verb="make_participant")
    assert set(made.values_list("noun", "object")) == {("", "")}
    named = set(Entry.objects.filter(actor=rowan.pk).values_list("object", flat=True))
    beside = Interview.objects.filter(participant=rowan_as_participant).values_list("pk", flat=True)
    assert not named & {str(pk) for pk in [rowan_as_participant.pk, *beside]}


def test_voices_files_and_arrangements_go_and_words_stay(destroyed: World):
    """No sound, no source file, nothing arranged; the text in force, its codings and the firewall stay."""
    assert not Recording.objects.exists()
    assert set(Interview.objects.values_list("if_hard", "place")) == {("", "")}
    transcript = Transcript.objects.get()
    assert (transcript.name, transcript.source_name) == ("P01, 1", "")
    assert "the chair with the arms" in transcript.revisions.get().text
    assert destroyed["coding"].__class__.objects.filter(pk=destroyed["coding"].pk).exists()
    assert Barrier.objects.filter(participant=destroyed["participant"]).exists()
    assert destroyed["participant"].pk in set(permitting("interview"))


def test_no_code_is_given_any_more(destroyed: World, as_hannah: Client, alison: Person):
    """A new key would be a new bridge."""
    page = as_hannah.post(f"/s/six-months-on/people/{alison.pk}/code/", {"code": "P55"})
    assert page.status_code == 422
    assert "was destroyed, so nobody can be given a code" in page.content.decode()
    assert not is_able(alison.study_id)


def test_a_machine_that_died_in_between_finishes_when_it_starts(
    study: Study, rowan_as_participant: Participant
):
    """The rows went with the transaction, the key did not: it goes at the next start."""
    anonymise(by=None, study=study)
    assert is_able(study.pk)
    assert destroy_keys() == 1
    assert not is_able(study.pk)
    assert destroy_keys() == 0


def test_the_key_is_written_over(study: Study, rowan_as_participant: Participant):
    """Another name for the same file finds noise in it."""
    path = key_file(study.pk)
    also, before = path.with_suffix(".also"), path.read_bytes()
    also.hardlink_to(path)
    anonymise(by=None, study=study)
    destroy_keys()
    assert not path.exists()
    assert also.read_bytes() != before
    also.unlink()


def test_another_study_keeps_its_key(study: Study, other_study: Study, rowan_as_participant: Participant):
    """Each has its own."""
    elsewhere = Person.objects.create(study=other_study, name="Elsa")
    theirs = make_participant(by=None, person=elsewhere)
    anonymise(by=None, study=study)
    destroy_keys()
    assert participant_of(elsewhere) == theirs


# Afterwards ------------------------------------------------------------------------------------------


def test_a_person_is_told_the_truth_and_can_still_stop(
    destroyed: World, rowan: Person, consent_texts: dict[str, ConsentText]
):
    """Their page opens and says what can't be found; a stop says so in its receipt."""
    client, link = Client(), f"/me/{make_link(by=None, person=rowan, purpose='my_page')}/"
    page = client.get(link).content.decode()
    assert "can no longer be found as yours" in page
    before = Transcript.objects.get().revisions.get().text
    receipt = stop(by=rowan, person=rowan)
    assert receipt is not None
    told = " ".join(receipt.lines)
    assert "can no longer be found as yours, so it stays" in told
    assert "erased" not in told
    assert not permits(rowan, "interview")
    assert Transcript.objects.get().revisions.get().text == before


@pytest.mark.again
def test_no_page_breaks(
    destroyed: World, study: Study, hilary: User, sign_in: Callable[[User], Client], rowan_and_alison
):
    """Every address, looked at and written to by someone in every role and by the person, answers."""
    everyone = member(study, "Every Role", *Role)
    mine = {"membership": study.memberships.filter(user=hilary).first(), "user": hilary}
    world = {**destroyed, **mine, "relationship": rowan_and_alison}
    broken = []
    for visitor in (Visitor(sign_in(everyone), everyone), Visitor(Client())):
        for address in ADDRESSES:
            rule = TABLE.get(address.name)
            if rule is None or not all(
                rule.words.get(n) or world.get(rule.nouns.get(n, n)) for n in address.nouns
            ):
                continue
            for method in METHODS:
                status, _words = visitor.ask(method, address.of(world))
                if status >= 500:
                    broken.append(f"{method} {address.name}: {status}")
    assert not broken, "\n".join(broken)
