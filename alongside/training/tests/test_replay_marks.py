import json
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import permutations
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.models import Study
from alongside.audit.models import Entry
from alongside.people.models import Person
from alongside.training.actions import cancel_session, leave_cohort, mark_attendance, replay_marks
from alongside.training.models import AttendanceMark, Cohort, Enrolment, Session
from alongside.training.queries import latest_marks
from alongside.training.typed import Mark


def kept(person: Person, status: str, at: datetime, mark: str = "") -> dict[str, str]:
    return {"id": mark or str(uuid4()), "person": str(person.pk), "status": status, "at": at.isoformat()}


@pytest.fixture
def kept_url(study: Study, session: Session) -> str:
    return reverse("training:replay-marks", args=[study.slug, session.pk])


@pytest.fixture
def under_way(session: Session) -> Session:
    """The session began an hour ago."""
    now = timezone.now()
    Session.objects.update(starts=now - timedelta(hours=1), ends=now + timedelta(hours=1))
    session.refresh_from_db()
    return session


def test_what_a_device_kept_is_taken_with_its_own_times(
    as_carys: Client, carys, kept_url: str, under_way: Session, rowan_enrolled: Enrolment
):
    """When it was made is the device's; when it came here is ours."""
    made = timezone.now() - timedelta(minutes=40)
    answer = as_carys.post(kept_url, {"marks": json.dumps([kept(rowan_enrolled.person, "here", made)])})
    assert answer.json() == {"refused": {}}
    mark = AttendanceMark.objects.get()
    assert (mark.status, mark.at, mark.by) == ("here", made, carys)
    assert mark.received > made + timedelta(minutes=39)


def test_sent_twice_is_there_once(
    as_carys: Client, kept_url: str, under_way: Session, rowan_enrolled: Enrolment
):
    """In one request or in two: one mark, one line in the audit."""
    mark = kept(rowan_enrolled.person, "here", timezone.now())
    as_carys.post(kept_url, {"marks": json.dumps([mark, mark])})
    as_carys.post(kept_url, {"marks": json.dumps([mark])})
    assert AttendanceMark.objects.count() == 1
    assert Entry.objects.filter(verb="mark_attendance").count() == 1


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_mark_made_last_stands_in_whatever_order_they_come(
    under_way: Session, rowan_enrolled: Enrolment, order: tuple[int, ...]
):
    """Two devices in conflict, in every order of arrival: the same mark stands."""
    person, now = rowan_enrolled.person, timezone.now()
    marks = [
        Mark(uuid4(), person, "missed", now - timedelta(minutes=30)),
        Mark(uuid4(), person, "here", now - timedelta(minutes=10)),
        Mark(uuid4(), person, "word", now - timedelta(minutes=20)),
    ]
    for place in order:
        assert replay_marks(by=None, session=under_way, marks=[marks[place]]) == {}
    assert latest_marks(under_way)[person.pk].status == "here"
    assert AttendanceMark.objects.count() == 3


@pytest.mark.parametrize(
    ("made", "is_kept"),
    [
        (timedelta(minutes=1), True),
        (timedelta(minutes=10), False),
        (timedelta(days=400), False),
        (-timedelta(hours=20), True),
        (-timedelta(days=3), False),
    ],
)
def test_a_clock_that_cannot_be_right_is_not_believed(
    under_way: Session, rowan_enrolled: Enrolment, made: timedelta, is_kept: bool
):
    """Not from the future, nor from more than a day before the session: then it counts as made now."""
    at = timezone.now() + made
    replay_marks(by=None, session=under_way, marks=[Mark(uuid4(), rowan_enrolled.person, "here", at)])
    mark = AttendanceMark.objects.get()
    assert (mark.at == at) == is_kept
    assert (mark.at == mark.received) != is_kept


def test_someone_who_left_is_still_marked(
    as_carys: Client, kept_url: str, under_way: Session, rowan_enrolled: Enrolment
):
    """The mark was made while they had a place; leaving takes nothing from it."""
    leave_cohort(by=None, enrolment=rowan_enrolled)
    sent = [kept(rowan_enrolled.person, "here", timezone.now())]
    assert as_carys.post(kept_url, {"marks": json.dumps(sent)}).json() == {"refused": {}}
    assert AttendanceMark.objects.count() == 1


def test_what_cannot_be_taken_is_named_and_the_rest_is_there(
    as_carys: Client, kept_url: str, under_way: Session, rowan_enrolled: Enrolment, wren: Person
):
    """Mark by mark: a stranger to the group and a word that is no mark are told, and hold up nothing."""
    now = timezone.now()
    good, strange, odd = (
        kept(rowan_enrolled.person, "here", now),
        kept(wren, "here", now),
        kept(rowan_enrolled.person, "late", now),
    )
    answer = as_carys.post(kept_url, {"marks": json.dumps([good, strange, odd])})
    assert answer.json()["refused"] == {
        strange["id"]: "This person has no place in this group.",
        odd["id"]: "“late” is not a mark.",
    }
    assert str(AttendanceMark.objects.get().pk) == good["id"]


@pytest.mark.parametrize("key", ["id", "person", "at"])
@pytest.mark.parametrize("value", [5, None, ["a"], {"a": 1}, True])
def test_what_is_no_id_and_no_moment_is_refused_in_a_sentence(
    as_carys: Client, kept_url: str, under_way: Session, rowan_enrolled: Enrolment, key: str, value: object
):
    """Whatever JSON can hold in its place."""
    sent = {**kept(rowan_enrolled.person, "here", timezone.now()), key: value}
    answer = as_carys.post(kept_url, {"marks": json.dumps([sent])})
    assert answer.status_code == 422
    assert "each with id, person, status and at" in answer.content.decode()
    assert not AttendanceMark.objects.exists()


def test_a_cancelled_session_takes_none(
    as_carys: Client, kept_url: str, session: Session, rowan_enrolled: Enrolment
):
    """Each is told why, so that the device can say so."""
    cancel_session(by=None, session=session)
    sent = kept(rowan_enrolled.person, "here", timezone.now())
    answer = as_carys.post(kept_url, {"marks": json.dumps([sent])})
    assert "cancelled" in answer.json()["refused"][sent["id"]]
    assert not AttendanceMark.objects.exists()


@pytest.mark.parametrize(
    "marks",
    ["", "no", "{}", "[]", "[1]", '[{"id": "x"}]', "[" * 9000, json.dumps([{}] * 501), '"text"', "null"],
)
def test_what_is_no_list_of_marks_is_refused(as_carys: Client, kept_url: str, session: Session, marks: str):
    """One sentence says what was expected, and nothing is changed."""
    answer = as_carys.post(kept_url, {"marks": marks})
    assert answer.status_code == 422
    assert answer.json()["error"]
    assert not AttendanceMark.objects.exists()


def test_whoever_may_not_run_training_has_no_such_address(as_hilary: Client, kept_url: str):
    """An analyst is told that nothing is there."""
    assert as_hilary.post(kept_url, {"marks": "[]"}).status_code == 404


def test_a_mark_is_taken_back(session: Session, rowan_enrolled: Enrolment, as_carys: Client, study: Study):
    """“Not marked” stands like any other mark; nothing is erased."""
    person = rowan_enrolled.person
    mark_attendance(by=None, session=session, marks=[Mark(uuid4(), person, "here")])
    url = reverse("training:mark-attendance", args=[study.slug, session.pk])
    as_carys.post(
        url, {f"status-{person.pk}": "open", f"mark-{person.pk}": uuid4(), f"was-{person.pk}": "here"}
    )
    assert latest_marks(session)[person.pk].status == "open"
    assert AttendanceMark.objects.count() == 2


def test_thirty_marks_take_as_many_queries_as_three(
    as_carys: Client,
    kept_url: str,
    group: Cohort,
    under_way: Session,
    learners_of: Callable[[Cohort, int], list[Person]],
    django_assert_num_queries: Callable,
    django_assert_max_num_queries: Callable,
):
    """They are read, and written, at once."""
    people = learners_of(group, 30)
    some = [kept(person, "here", timezone.now()) for person in people[:3]]
    with django_assert_max_num_queries(40) as few:
        as_carys.post(kept_url, {"marks": json.dumps(some)})
    every = [kept(person, "word", timezone.now()) for person in people]
    with django_assert_num_queries(len(few)):
        as_carys.post(kept_url, {"marks": json.dumps(every)})
    assert AttendanceMark.objects.count() == 33


def test_a_number_that_stands_for_another_mark_is_told(
    as_carys: Client, kept_url: str, under_way: Session, rowan_enrolled: Enrolment, alison_enrolled: Enrolment
):
    """Of somebody else, or with another word: it isn't taken for one that is there, and lost."""
    now, rowan = timezone.now(), rowan_enrolled.person
    first = kept(rowan, "here", now)
    as_carys.post(kept_url, {"marks": json.dumps([first])})
    for other in (
        kept(alison_enrolled.person, "here", now, first["id"]),
        kept(rowan, "missed", now, first["id"]),
    ):
        answer = as_carys.post(kept_url, {"marks": json.dumps([other])})
        assert "Another mark came with the same number" in answer.json()["refused"][first["id"]]
    assert AttendanceMark.objects.get().status == "here"
