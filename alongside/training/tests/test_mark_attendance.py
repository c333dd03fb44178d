import re
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.audit.models import Entry
from alongside.people.models import Person
from alongside.training.actions import cancel_session, enrol_person, mark_attendance
from alongside.training.models import AttendanceMark, Cohort, Enrolment, Session
from alongside.training.queries import latest_marks
from alongside.training.typed import Mark


def hidden_fields(page: str) -> dict[str, str]:
    """What a browser would send back of the form, before anyone touches it."""
    inputs = re.findall(r'<input type="hidden" name="((?:mark|was)-[^"]+)"(?: value="([^"]*)")?', page)
    return dict(inputs)


@pytest.fixture
def attendance_url(study: Study, session: Session) -> str:
    return reverse("training:mark-attendance", args=[study.slug, session.pk])


def test_a_facilitator_marks_who_is_here(
    as_carys: Client, carys, attendance_url: str, rowan_enrolled: Enrolment, alison_enrolled: Enrolment
):
    """Names only, one choice a person; what is left open stays open."""
    page = as_carys.get(attendance_url).content.decode()
    assert "Practitioner" not in page
    assert "uses services" not in page
    rowan = rowan_enrolled.person
    typed = {**hidden_fields(page), f"status-{rowan.pk}": "here"}
    assert as_carys.post(attendance_url, typed).status_code == 302
    mark = AttendanceMark.objects.get()
    assert (mark.person, mark.status, mark.by) == (rowan, "here", carys)
    assert Entry.objects.filter(verb="mark_attendance").count() == 1


def test_the_same_form_again_changes_nothing(
    as_carys: Client, attendance_url: str, rowan_enrolled: Enrolment, session: Session
):
    """A form sent again, even after someone else has marked otherwise, adds no mark."""
    rowan = rowan_enrolled.person
    typed = {**hidden_fields(as_carys.get(attendance_url).content.decode()), f"status-{rowan.pk}": "here"}
    as_carys.post(attendance_url, typed)
    mark_attendance(by=None, session=session, marks=[Mark(uuid4(), rowan, "missed")])
    as_carys.post(attendance_url, typed)
    assert AttendanceMark.objects.count() == 2
    assert latest_marks(session)[rowan.pk].status == "missed"


def test_saving_without_a_change_adds_nothing(
    as_carys: Client, attendance_url: str, rowan_enrolled: Enrolment, session: Session
):
    """A form that is opened and saved as it stands adds no mark."""
    rowan = rowan_enrolled.person
    mark_attendance(by=None, session=session, marks=[Mark(uuid4(), rowan, "word")])
    typed = {**hidden_fields(as_carys.get(attendance_url).content.decode()), f"status-{rowan.pk}": "word"}
    as_carys.post(attendance_url, typed)
    assert AttendanceMark.objects.count() == 1


def test_the_newest_mark_stands(session: Session, rowan_enrolled: Enrolment):
    """A mark is never overwritten; a later one stands in its place."""
    rowan = rowan_enrolled.person
    for status in ("missed", "here"):
        mark_attendance(by=None, session=session, marks=[Mark(uuid4(), rowan, status)])
    assert AttendanceMark.objects.count() == 2
    assert latest_marks(session)[rowan.pk].status == "here"


def test_someone_without_a_place_is_not_marked(session: Session, wren: Person):
    """A mark is of someone in the group."""
    with pytest.raises(ValidationError, match="Wren has no place in this group"):
        mark_attendance(by=None, session=session, marks=[Mark(uuid4(), wren, "here")])


def test_a_word_that_is_no_mark_is_refused(
    as_carys: Client, attendance_url: str, session: Session, rowan_enrolled: Enrolment
):
    """Only the known marks are taken, from the form and from the action."""
    rowan = rowan_enrolled.person
    typed = {**hidden_fields(as_carys.get(attendance_url).content.decode()), f"status-{rowan.pk}": "late"}
    assert as_carys.post(attendance_url, typed).status_code == 422
    with pytest.raises(ValidationError, match="“late” is not a mark"):
        mark_attendance(by=None, session=session, marks=[Mark(uuid4(), rowan, "late")])


def test_a_cancelled_session_takes_no_marks(session: Session, rowan_enrolled: Enrolment):
    """Nobody was expected."""
    cancel_session(by=None, session=session)
    with pytest.raises(ValidationError, match="cancelled"):
        mark_attendance(by=None, session=session, marks=[Mark(uuid4(), rowan_enrolled.person, "here")])


def test_the_form_takes_as_many_queries_for_three_as_for_thirty(
    as_carys: Client,
    study: Study,
    attendance_url: str,
    group: Cohort,
    django_assert_num_queries,
    django_assert_max_num_queries,
    learners_of,
):
    """The attendance form reads everyone at once."""
    learners_of(group, 3)
    with django_assert_max_num_queries(30) as few:
        as_carys.get(attendance_url)
    learners_of(group, 27)
    with django_assert_num_queries(len(few)):
        as_carys.get(attendance_url)


def test_a_place_is_enough(group: Cohort, session: Session, rowan: Person):
    """Someone who has left can still be marked for what they came to before."""
    place = enrol_person(by=None, cohort=group, person=rowan)
    Enrolment.objects.filter(pk=place.pk).update(state=Enrolment.State.LEFT)
    assert mark_attendance(by=None, session=session, marks=[Mark(uuid4(), rowan, "here")])


def test_the_register_is_a_table_of_marks(
    as_carys: Client, study: Study, session: Session, rowan_enrolled: Enrolment, alison_enrolled: Enrolment
):
    """A cell for each learner and session, with a shape and a word for what stands."""
    mark_attendance(by=None, session=session, marks=[Mark(uuid4(), rowan_enrolled.person, "missed")])
    page = as_carys.get(reverse("training:register", args=[study.slug, session.cohort_id])).content.decode()
    assert re.findall(r'<td><i(?: class="(\w+)")?></i><span class="unseen">([^<]+)</span></td>', page) == [
        ("", "To come"),
        ("missed", "We missed you"),
    ]


def test_a_form_one_went_back_to_says_something_new(
    as_carys: Client, attendance_url: str, rowan_enrolled: Enrolment, session: Session
):
    """The same page, sent once more with another mark: what was said last stands, and nothing is lost."""
    rowan = rowan_enrolled.person
    typed = hidden_fields(as_carys.get(attendance_url).content.decode())
    for status in ("here", "word", "word"):
        assert as_carys.post(attendance_url, {**typed, f"status-{rowan.pk}": status}).status_code == 302
    assert latest_marks(session)[rowan.pk].status == "word"
    assert AttendanceMark.objects.count() == 2
