from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.models import Study
from alongside.audit.models import Entry
from alongside.people.actions import add_person, link_user
from alongside.people.models import Person
from alongside.training.actions import cancel_session, enrol_person, mark_attendance, sign_in_with_code
from alongside.training.models import AttendanceMark, Cohort, Enrolment, Session
from alongside.training.queries import latest_marks
from alongside.training.typed import Mark


@pytest.fixture
def now_on(session: Session) -> Session:
    """The session starts in a quarter of an hour."""
    now = timezone.now()
    Session.objects.update(starts=now + timedelta(minutes=15), ends=now + timedelta(hours=2))
    session.refresh_from_db()
    return session


@pytest.fixture
def at(now_on: Session) -> str:
    return reverse("training:here-at", args=[now_on.code])


def words(answer) -> str:
    return answer.content.decode()


def test_a_learner_signs_in_by_name(client: Client, at: str, rowan_enrolled: Enrolment):
    """Without an account: the code leads to the session, the name to their line; and it says so."""
    assert "Who decides?" in words(client.get(at))
    assert not AttendanceMark.objects.exists()
    answer = client.post(at, {"person": "  rówan "})
    assert "You are signed in, Rowan." in words(answer)
    mark = AttendanceMark.objects.get()
    assert (mark.status, mark.person, mark.with_code, mark.by) == ("here", rowan_enrolled.person, True, None)
    assert Entry.objects.get(verb="sign_in_with_code").actor_kind == "software"


def test_a_name_that_is_not_there_is_no_success(
    client: Client, at: str, rowan_enrolled: Enrolment, alison_enrolled: Enrolment
):
    """It says that they are not signed in, and shows nobody's name."""
    answer = client.post(at, {"person": "Ro"})
    assert answer.status_code == 422
    assert "You are not signed in yet. Please ask a trainer." in words(answer)
    assert "Rowan" not in words(answer)
    assert "Alison" not in words(answer)
    assert not AttendanceMark.objects.exists()


def test_two_of_one_name_ask_a_trainer(client: Client, study: Study, at: str, group: Cohort, rowan_enrolled):
    """Nobody is signed in for somebody else."""
    enrol_person(by=None, cohort=group, person=add_person(by=None, study=study, name="rowan"))
    assert client.post(at, {"person": "Rowan"}).status_code == 422
    assert not AttendanceMark.objects.exists()


def test_signing_in_again_says_the_same_and_adds_nothing(client: Client, at: str, rowan_enrolled: Enrolment):
    """Whoever isn't sure can press again."""
    for _time in range(2):
        assert "You are signed in, Rowan." in words(client.post(at, {"person": "Rowan"}))
    assert AttendanceMark.objects.count() == 1


def test_whoever_is_signed_in_presses_once(
    study: Study, at: str, rowan_enrolled: Enrolment, fern, as_fern: Client
):
    """We know who they are: no name is typed; looking alone changes nothing."""
    link_user(by=None, person=rowan_enrolled.person, user=fern)
    assert "I am here: Rowan" in words(as_fern.get(at))
    assert not AttendanceMark.objects.exists()
    assert "You are signed in, Rowan." in words(as_fern.post(at))
    assert AttendanceMark.objects.get().person == rowan_enrolled.person


def test_from_their_own_page_the_code_is_enough(
    client: Client, rowans_link: str, now_on: Session, rowan_enrolled: Enrolment
):
    """With small letters and a space; the audit says that it was them."""
    url = reverse("training:my-here", kwargs={"token": rowans_link})
    code = f"{now_on.code[:3]} {now_on.code[3:]}".lower()
    assert "You are signed in, Rowan." in words(client.post(url, {"code": code}))
    assert Entry.objects.get(verb="sign_in_with_code").actor == rowan_enrolled.person_id
    refused = client.post(url, {"code": "ZZZZZZ"})
    assert refused.status_code == 422
    assert "This code does not work now" in words(refused)


def test_a_session_of_another_group_is_refused(client: Client, rowans_link: str, now_on: Session):
    """Without a place in it they are not signed in, and are told whom to ask."""
    url = reverse("training:my-here", kwargs={"token": rowans_link})
    answer = client.post(url, {"code": now_on.code})
    assert answer.status_code == 422
    assert "We can’t find you in this session" in words(answer)
    assert not AttendanceMark.objects.exists()


@pytest.mark.parametrize(
    ("starts", "ends", "works"),
    [
        (timedelta(minutes=29), timedelta(hours=2), True),
        (timedelta(minutes=31), timedelta(hours=2), False),
        (-timedelta(hours=2), timedelta(minutes=1), True),
        (-timedelta(hours=2), -timedelta(minutes=1), False),
    ],
)
def test_the_code_works_from_half_an_hour_before_until_the_end(
    client: Client,
    session: Session,
    rowan_enrolled: Enrolment,
    starts: timedelta,
    ends: timedelta,
    works: bool,
):
    """Too early, too late and unknown are one answer."""
    now = timezone.now()
    Session.objects.update(starts=now + starts, ends=now + ends)
    session.refresh_from_db()
    answer = client.post(reverse("training:here-at", args=[session.code]), {"person": "Rowan"})
    unknown = client.post(reverse("training:here-at", args=["ZZZZZZ"]), {"person": "Rowan"})
    assert AttendanceMark.objects.exists() == works
    assert unknown.status_code == 422
    if not works:
        assert answer.status_code == 422
        assert "This code does not work now" in words(answer)
        with pytest.raises(ValidationError, match="half an hour before"):
            sign_in_with_code(by=None, session=session, person=rowan_enrolled.person)


def test_a_cancelled_session_takes_nobody(client: Client, now_on: Session, at: str, rowan_enrolled):
    """Its code works no more."""
    cancel_session(by=None, session=now_on)
    assert client.post(at, {"person": "Rowan"}).status_code == 422
    assert not AttendanceMark.objects.exists()


def test_the_code_is_typed_on_a_page_of_its_own(client: Client, now_on: Session, db: None):
    """It leads on to the session; a wrong one says so and nothing else."""
    url = reverse("training:here")
    assert client.post(url, {"code": now_on.code})["Location"].endswith(f"/here/{now_on.code}/")
    assert client.post(url, {"code": "nothing"}).status_code == 422


def test_guessing_codes_is_slowed_down(client: Client, db: None, now_on: Session):
    """After twenty wrong ones in a minute from one address nothing is looked up any more."""
    url = reverse("training:here")
    statuses = [client.post(url, {"code": f"WRONG{n}"}).status_code for n in range(21)]
    assert statuses == [422] * 20 + [429]
    assert client.post(url, {"code": now_on.code}).status_code == 429


def test_guessing_names_is_slowed_down_and_right_ones_are_not(
    client: Client, study: Study, group: Cohort, at: str, learners_of
):
    """A room of thirty signs in from one address; twenty wrong names in a minute are enough."""
    people = learners_of(group, 30)
    assert {client.post(at, {"person": person.name}).status_code for person in people} == {200}
    statuses = [client.post(at, {"person": f"Nobody {n}"}).status_code for n in range(21)]
    assert statuses == [422] * 20 + [429]


def test_a_trainer_takes_it_back(
    as_carys: Client, client: Client, study: Study, now_on: Session, at: str, rowan_enrolled: Enrolment
):
    """The register says that they signed in themselves; “Not marked” takes it back."""
    client.post(at, {"person": "Rowan"})
    rowan = rowan_enrolled.person
    url = reverse("training:mark-attendance", args=[study.slug, now_on.pk])
    assert "signed in themselves at" in words(as_carys.get(url))
    as_carys.post(url, {f"status-{rowan.pk}": "open", f"mark-{rowan.pk}": uuid4(), f"was-{rowan.pk}": "here"})
    assert latest_marks(now_on)[rowan.pk].status == "open"
    assert "You are signed in" in words(client.post(at, {"person": "Rowan"}))
    assert AttendanceMark.objects.count() == 3


def test_coming_late_stands_over_missed(client: Client, at: str, now_on: Session, rowan_enrolled: Enrolment):
    """Who was marked as missed, and then comes, is here."""
    rowan: Person = rowan_enrolled.person
    mark_attendance(by=None, session=now_on, marks=[Mark(uuid4(), rowan, "missed")])
    client.post(at, {"person": "Rowan"})
    assert latest_marks(now_on)[rowan.pk].status == "here"


def test_the_screen_for_the_room(
    as_carys: Client, as_hilary: Client, study: Study, now_on: Session, rowan_enrolled
):
    """A picture served as a file, the address and the code beside it, and nobody's name."""
    args = [study.slug, now_on.pk]
    page = words(as_carys.get(reverse("training:session-code", args=args)))
    assert now_on.code in page
    assert "testserver/here/" in page
    assert "Rowan" not in page
    drawn = as_carys.get(reverse("training:session-qr", args=args))
    assert drawn["Content-Type"] == "image/svg+xml"
    assert drawn.content.startswith(b"<?xml")
    assert as_hilary.get(reverse("training:session-code", args=args)).status_code == 404
