from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from alongside.accounts.actions import give_role
from alongside.accounts.models import Study, User
from alongside.accounts.permissions import Role
from alongside.accounts.posting import wait_until_posted
from alongside.audit.models import Entry
from alongside.people.actions import add_person, link_user, record_relationship
from alongside.people.models import Participant, Person
from alongside.people.tests.test_person import without_tokens
from alongside.stewardship.erasure import erase
from alongside.stewardship.models import IdentityRequest
from alongside.stewardship.queries import identity_reads

ASK = "/s/six-months-on/stewardship/identity/ask/"
LOOK = "/s/six-months-on/stewardship/identity/look/"
REQUESTS = "/s/six-months-on/stewardship/identity/"
ANSWER = "/s/six-months-on/stewardship/identity/answer/"
WHY = {"code": "P01", "reason": "Someone in the interview may come to harm"}


@pytest.fixture
def asked(
    as_hilary: Client, rowan_as_participant: Participant, hannah: User, sunita: User
) -> IdentityRequest:
    assert as_hilary.post(ASK, WHY).status_code == 302
    return IdentityRequest.objects.get()


@pytest.fixture
def agreed(asked: IdentityRequest, as_sunita: Client) -> IdentityRequest:
    assert as_sunita.post(ANSWER, {"request": asked.pk, "agrees": "yes"}).status_code == 302
    asked.refresh_from_db()
    return asked


def looking(client: Client, request: IdentityRequest) -> tuple[int, str]:
    page = client.post(LOOK, {"request": request.pk})
    return page.status_code, page.content.decode()


def letters() -> list[mail.EmailMessage]:
    wait_until_posted()
    return mail.outbox


# The way ---------------------------------------------------------------------------------------------


def test_two_people_open_it_for_an_hour_to_the_one_who_asked(
    as_hilary: Client, hilary: User, agreed: IdentityRequest, rowan: Person
):
    """Hilary sees who P01 is; the look is on record, and Rowan can see it by role and day."""
    assert agreed.closes - agreed.answered == timedelta(hours=1)
    status, page = looking(as_hilary, agreed)
    assert status == 200
    assert "Rowan" in page
    assert "rowan@example.org" in page
    entry = Entry.objects.get(verb="read_identity")
    assert (entry.actor, entry.object, entry.fields) == (hilary.pk, str(rowan.pk), ["agreed_by_two"])
    [read] = identity_reads(rowan)
    assert (read.day, read.role, read.agreed_by_two) == (timezone.localdate(), "Analyst", True)


def test_each_look_is_on_record(as_hilary: Client, agreed: IdentityRequest):
    """Three looks are three entries."""
    for _time in range(3):
        looking(as_hilary, agreed)
    assert Entry.objects.filter(verb="read_identity").count() == 3


def test_before_anyone_agrees_nothing_opens(as_hilary: Client, asked: IdentityRequest):
    """One sentence, and no name."""
    status, page = looking(as_hilary, asked)
    assert status == 422
    assert "This is not open to you now." in page
    assert "Rowan" not in page.split("<main")[1]


def test_it_closes_by_itself(as_hilary: Client, agreed: IdentityRequest):
    """After its hour it is as if nobody had agreed; it can be asked again."""
    IdentityRequest.objects.update(closes=timezone.now() - timedelta(seconds=1))
    assert looking(as_hilary, agreed)[0] == 422
    assert not Entry.objects.filter(verb="read_identity").exists()
    assert as_hilary.post(ASK, WHY).status_code == 302


def test_it_opens_to_nobody_else(as_dot: Client, as_sunita: Client, agreed: IdentityRequest):
    """Neither a colleague nor the one who agreed looks in Hilary's place."""
    assert looking(as_dot, agreed)[0] == 404
    assert looking(as_sunita, agreed)[0] == 404


def test_refused_is_refused(as_sunita: Client, as_hilary: Client, asked: IdentityRequest):
    """Hilary is told, and sees nothing."""
    as_sunita.post(ANSWER, {"request": asked.pk, "agrees": "no"})
    assert looking(as_hilary, asked)[0] == 422
    assert "Refused" in as_hilary.get(ASK).content.decode()


# Word of it ------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_everyone_who_can_answer_is_told_and_nobody_is_named(
    as_hilary: Client, as_sunita: Client, rowan_as_participant: Participant, hannah: User, sunita: User
):
    """Steward and coordinator hear of the request and of the answer; no letter says who, or which code."""
    as_hilary.post(ASK, WHY)
    request = IdentityRequest.objects.get()
    assert sorted(letter.to[0] for letter in letters()) == ["hannah@example.org", "sunita@example.org"]
    as_sunita.post(ANSWER, {"request": request.pk, "agrees": "yes"})
    assert sorted(letter.to[0] for letter in letters()[2:]) == [
        "hannah@example.org",
        "hilary@example.org",
        "sunita@example.org",
    ]
    for letter in letters():
        assert letter.subject in ("A request waits for an answer", "A request was answered")
        assert not {"Rowan", "P01", "harm", "Hilary"} & set(str(letter.body).replace(".", " ").split())


@pytest.mark.django_db(transaction=True)
def test_who_works_with_the_person_hears_nothing(
    as_hilary: Client, as_priya: Client, wren_as_participant: Participant, sunita: User
):
    """No letter, no line on the page, and an answer of theirs finds nothing."""
    before = as_priya.get(REQUESTS)
    as_hilary.post(ASK, {**WHY, "code": "P03"})
    assert [letter.to[0] for letter in letters()] == ["sunita@example.org"]
    assert without_tokens(as_priya.get(REQUESTS).content) == without_tokens(before.content)
    request = IdentityRequest.objects.get()
    assert as_priya.post(ANSWER, {"request": request.pk, "agrees": "yes"}).status_code == 404
    request.refresh_from_db()
    assert request.state == "asked"


# What is refused -------------------------------------------------------------------------------------


def test_a_code_kept_from_you_is_like_one_that_is_not_there(
    as_priya: Client, wren_as_participant: Participant
):
    """Priya works with P03; for her it is the same as P99, to the letter."""
    kept, nobody = (
        as_priya.post(ASK, {**WHY, "code": code}).content.decode().replace(code, "CODE")
        for code in ("P03", "P99")
    )
    assert without_tokens(kept.encode()) == without_tokens(nobody.encode())
    assert "There is no code “CODE” that you can ask about." in kept
    assert not IdentityRequest.objects.exists()


def test_nobody_agrees_with_themselves(as_sunita: Client, rowan_as_participant: Participant):
    """A data steward asks like anyone else; the database wouldn't keep it either."""
    as_sunita.post(ASK, WHY)
    request = IdentityRequest.objects.get()
    page = as_sunita.post(ANSWER, {"request": request.pk, "agrees": "yes"})
    assert page.status_code == 422
    assert "Another member has to agree." in page.content.decode()
    request.refresh_from_db()
    assert request.state == "asked"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"code": "P01", "reason": " "}, "This field is required"),
        ({"code": "P77", "reason": "I wonder"}, "There is no code “P77” that you can ask about."),
    ],
)
def test_asking_needs_a_code_and_a_reason(
    sent: dict[str, str], said: str, as_hilary: Client, rowan_as_participant: Participant
):
    """One sentence beside the field, and nothing asked."""
    page = as_hilary.post(ASK, sent)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert not IdentityRequest.objects.exists()


def test_asked_twice_is_said(as_hilary: Client, asked: IdentityRequest):
    """While the first waits; after a week it has lapsed and can be asked again."""
    page = as_hilary.post(ASK, WHY)
    assert "You have asked about “P01” already." in page.content.decode()
    IdentityRequest.objects.update(asked=timezone.now() - timedelta(days=8))
    assert as_hilary.post(ASK, WHY).status_code == 302
    assert set(IdentityRequest.objects.values_list("state", flat=True)) == {"asked", "lapsed"}


@pytest.mark.parametrize("late", [True, False], ids=["after-a-week", "answered-already"])
def test_what_was_answered_or_lapsed_is_not_answered_again(
    late: bool, as_sunita: Client, as_hannah: Client, asked: IdentityRequest
):
    """The second answer is told so, and changes nothing."""
    if late:
        IdentityRequest.objects.update(asked=timezone.now() - timedelta(days=8))
    else:
        as_sunita.post(ANSWER, {"request": asked.pk, "agrees": "no"})
    page = as_hannah.post(ANSWER, {"request": asked.pk, "agrees": "yes"})
    assert page.status_code == 422
    assert "This was answered already, or not within a week." in page.content.decode()
    asked.refresh_from_db()
    assert asked.state != "agreed"


def test_other_roles_find_nothing(
    as_hilary: Client, as_hannah: Client, as_fern: Client, asked: IdentityRequest
):
    """Who asks doesn't answer; who sees names anyway needn't ask; a reader does neither."""
    assert as_hilary.post(ANSWER, {"request": asked.pk, "agrees": "yes"}).status_code == 404
    assert as_hannah.get(ASK).status_code == 404
    assert as_fern.get(ASK).status_code == 404
    assert as_fern.get(REQUESTS).status_code == 404


def test_a_relationship_that_is_recorded_later_closes_it(
    as_hilary: Client, hilary: User, study: Study, agreed: IdentityRequest, rowan: Person
):
    """Hilary turns out to work with Rowan: what was open is nothing that is there."""
    herself = add_person(by=None, study=study, name="Hilary Banks")
    link_user(by=None, person=herself, user=hilary)
    record_relationship(by=None, one=herself, other=rowan, started=timezone.localdate())
    assert looking(as_hilary, agreed)[0] == 404
    assert "P01" not in as_hilary.get(ASK).content.decode()


def test_what_has_lost_its_person_stays_hidden_from_who_works_with_someone(
    as_hilary: Client, as_priya: Client, as_hannah: Client, wren: Person, wren_as_participant: Participant
):
    """Wren was asked about, and is erased since: Priya sees what she saw before, and Hannah that line."""
    assert as_hilary.post(ASK, {**WHY, "code": "P03"}).status_code == 302
    before = without_tokens(as_priya.get(REQUESTS).content)
    erase(by=None, person=wren)
    assert IdentityRequest.objects.get().participant is None
    assert without_tokens(as_priya.get(REQUESTS).content) == before
    text = as_hannah.get(REQUESTS).content.decode()
    assert "Not on record any more" in text
    assert "Nothing waits." in text


# The routine uses ------------------------------------------------------------------------------------


def test_a_coordinator_reading_a_code_beside_a_name_is_on_record_once_a_day(
    as_hannah: Client, hannah: User, rowan: Person, alison: Person, rowan_as_participant: Participant
):
    """However often the page is opened; a page without a code is none."""
    for _time in range(3):
        as_hannah.get(f"/s/six-months-on/people/{rowan.pk}/")
        as_hannah.get(f"/s/six-months-on/people/{alison.pk}/")
    entry = Entry.objects.get(verb="read_identity")
    assert (entry.actor, entry.object, entry.fields) == (hannah.pk, str(rowan.pk), ["code"])
    [read] = identity_reads(rowan)
    assert (read.role, read.agreed_by_two) == ("Coordinator", False)


def test_a_data_steward_sees_no_code_beside_a_name(
    as_sunita: Client, rowan: Person, rowan_as_participant: Participant
):
    """They ask, like everybody who isn't arranging interviews."""
    page = as_sunita.get(f"/s/six-months-on/people/{rowan.pk}/").content.decode()
    assert "P01" not in page
    assert not Entry.objects.filter(verb="read_identity").exists()


@pytest.mark.parametrize("many", [1, 12])
def test_requests_do_not_cost_questions(
    many: int,
    as_sunita: Client,
    hilary: User,
    study: Study,
    rowan_as_participant: Participant,
    django_assert_max_num_queries,
):
    """A page of any number of them is the same few queries."""
    for number in range(many):
        IdentityRequest.objects.create(
            study=study,
            asked_by=hilary,
            participant=rowan_as_participant,
            reason=f"{number}",
            state="refused",
        )
    give_role(by=None, study=study, user=hilary, role=Role.INTERVIEWER)
    with django_assert_max_num_queries(8):
        as_sunita.get(REQUESTS)
