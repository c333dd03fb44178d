from collections.abc import Callable
from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.audit.models import Entry
from alongside.people.actions import add_contact
from alongside.people.models import Person
from alongside.training.actions import (
    enrol_person,
    leave_cohort,
    mark_attendance,
    plan_session,
    record_call,
    see_how_to_reach,
)
from alongside.training.models import AttendanceMark, Cohort, Enrolment, MissedCall, Session
from alongside.training.queries import missed
from alongside.training.typed import Mark


@pytest.fixture
def rowan_missed(past_session: Session, rowan_enrolled: Enrolment) -> Person:
    """Rowan was marked as missed last week."""
    rowan = rowan_enrolled.person
    mark_attendance(by=None, session=past_session, marks=[Mark(uuid4(), rowan, "missed")])
    return rowan


def names(study: Study, user: User) -> list[str]:
    return [line.person.name for line in missed(study, user).to_ask]


def test_whoever_was_missed_is_on_the_list(
    as_carys: Client, study: Study, group: Cohort, rowan_missed: Person, past_session: Session
):
    """By name and session, with no reason asked; for the study and for the group."""
    for url in (
        reverse("training:missed", args=[study.slug]),
        reverse("training:missed-in-group", args=[study.slug, group.pk]),
    ):
        page = as_carys.get(url).content.decode()
        assert "Rowan" in page
        assert "How we got here" in page
    assert (
        "1 learner was missed" in as_carys.get(reverse("training:todo", args=[study.slug])).content.decode()
    )


def test_what_came_of_it_is_written_down(
    as_carys: Client, carys: User, study: Study, group: Cohort, rowan_missed: Person
):
    """Once somebody spoke to them they are on the list no more."""
    url = reverse("training:record-call", args=[study.slug, group.pk, rowan_missed.pk])
    page = as_carys.post(url, {"outcome": "spoke", "note": "Would like the handout"}, follow=True)
    assert "Written down for Rowan." in page.content.decode()
    call = MissedCall.objects.get()
    assert (call.outcome, call.note, call.by) == ("spoke", "Would like the handout", carys)
    assert names(study, carys) == []
    assert as_carys.get(url).status_code == 404
    assert Entry.objects.filter(verb="record_call").count() == 1


def test_saying_nothing_came_of_it_is_refused(
    as_carys: Client, study: Study, group: Cohort, rowan_missed: Person
):
    """One of the answers; and never “May be asked again”, which is the person's."""
    url = reverse("training:record-call", args=[study.slug, group.pk, rowan_missed.pk])
    for outcome in ("", "calls_again", "shouted"):
        assert as_carys.post(url, {"outcome": outcome}).status_code == 422
    assert not MissedCall.objects.exists()


def test_no_answer_leaves_them_on_the_list(
    as_carys: Client, carys: User, study: Study, group: Cohort, rowan_missed: Person
):
    """The next who looks sees that somebody tried."""
    record_call(by=carys, cohort=group, person=rowan_missed, outcome="no_answer")
    page = as_carys.get(reverse("training:missed", args=[study.slug])).content.decode()
    assert "Rowan" in page
    assert "No answer (Carys Bowen)" in page


def test_missed_again_is_asked_again(study: Study, carys: User, group: Cohort, rowan_missed: Person):
    """What was settled was settled for then."""
    call = record_call(by=None, cohort=group, person=rowan_missed, outcome="left_word")
    MissedCall.objects.filter(pk=call.pk).update(at=timezone.now() - timedelta(days=5))
    assert names(study, carys) == []
    yesterday = timezone.localdate() - timedelta(days=1)
    session = plan_session(
        by=None, cohort=group, title="Next", on=yesterday, starts=time(10), ends=time(11), may_be_past=True
    )
    mark_attendance(by=None, session=session, marks=[Mark(uuid4(), rowan_missed, "missed")])
    assert [s.title for s in missed(study, carys).to_ask[0].sessions] == ["Next"]


def test_whoever_would_rather_not_is_asked_after_no_more_until_they_say(
    as_carys: Client, study: Study, carys: User, group: Cohort, rowan_missed: Person
):
    """In no group of the study; they can change their mind."""
    record_call(by=None, cohort=group, person=rowan_missed, outcome="no_calls")
    assert names(study, carys) == []
    page = as_carys.get(reverse("training:missed", args=[study.slug])).content.decode()
    assert "Would rather not be asked after" in page
    as_carys.post(reverse("training:ask-again", args=[study.slug, group.pk, rowan_missed.pk]))
    assert names(study, carys) == ["Rowan"]


@pytest.mark.parametrize(
    ("status", "is_missed"),
    [("here", False), ("word", False), ("missed", True), ("open", True), ("coming", True), (None, True)],
)
def test_unmarked_in_a_session_whose_register_was_kept(
    study: Study, carys: User, group: Cohort, past_session: Session, rowan: Person, alison: Person,
    status: str | None, is_missed: bool,
):  # fmt: skip
    """Whom nobody marked was not seen there either; a word sent is enough."""
    for person in (rowan, alison):
        enrol_person(by=None, cohort=group, person=person, at=past_session.starts - timedelta(days=1))
    marks = [Mark(uuid4(), alison, "here")] + ([Mark(uuid4(), rowan, status)] if status else [])
    mark_attendance(by=None, session=past_session, marks=marks)
    assert names(study, carys) == (["Rowan"] if is_missed else [])


def test_a_register_that_nobody_kept_tells_of_nobody(
    study: Study, carys: User, group: Cohort, past_session: Session, rowan: Person
):
    """That no one marked it is a thing to do of its own."""
    enrol_person(by=None, cohort=group, person=rowan, at=past_session.starts - timedelta(days=1))
    assert names(study, carys) == []


def test_sessions_before_someone_had_a_place_are_not_missed(
    study: Study, carys: User, past_session: Session, rowan_enrolled: Enrolment, alison_enrolled: Enrolment
):
    """Rowan came into the group today."""
    mark_attendance(by=None, session=past_session, marks=[Mark(uuid4(), alison_enrolled.person, "here")])
    assert names(study, carys) == []


def test_whoever_left_is_left_alone(
    study: Study, carys: User, rowan_missed: Person, rowan_enrolled: Enrolment
):
    """Nobody rings to ask why."""
    leave_cohort(by=None, enrolment=rowan_enrolled)
    assert names(study, carys) == []


def test_nobody_asks_after_someone_they_work_with(
    as_priya: Client, priya: User, as_hannah: Client, study: Study, group: Cohort, wren: Person,
    past_session: Session,
):  # fmt: skip
    """Wren is on Hannah's list and not on Priya's, in no count, and at no address."""
    enrol_person(by=None, cohort=group, person=wren)
    mark_attendance(by=None, session=past_session, marks=[Mark(uuid4(), wren, "missed")])
    list_url = reverse("training:missed", args=[study.slug])
    assert "Wren" in as_hannah.get(list_url).content.decode()
    assert "Wren" not in as_priya.get(list_url).content.decode()
    todo = reverse("training:todo", args=[study.slug])
    assert "was missed" in as_hannah.get(todo).content.decode()
    assert "was missed" not in as_priya.get(todo).content.decode()
    args = [study.slug, group.pk, wren.pk]
    for name in ("record-call", "see-how-to-reach", "ask-again"):
        assert as_priya.post(reverse(f"training:{name}", args=args), {"outcome": "spoke"}).status_code == 404
    for action, given in ((record_call, {"outcome": "spoke"}), (see_how_to_reach, {})):
        with pytest.raises(ValidationError, match="Nobody asks after someone they work with"):
            action(by=priya, cohort=group, person=wren, **given)
    assert not MissedCall.objects.exists()


def test_the_list_takes_as_many_queries_for_thirty_learners_and_twenty_sessions(
    as_carys: Client,
    study: Study,
    group: Cohort,
    learners_of: Callable[[Cohort, int], list[Person]],
    django_assert_num_queries: Callable,
    django_assert_max_num_queries: Callable,
):
    """As for three and one."""

    def hold(count: int, people: list[Person]) -> None:
        for n in range(count):
            day = date(2026, 3, 1) + timedelta(days=group.sessions.count())
            session = plan_session(
                by=None,
                cohort=group,
                title=f"S{n}",
                on=day,
                starts=time(10),
                ends=time(11),
                may_be_past=True,
            )
            AttendanceMark.objects.bulk_create(
                AttendanceMark(session=session, person=person, status="missed") for person in people
            )

    few_people = learners_of(group, 3)
    hold(1, few_people)
    url = reverse("training:missed-in-group", args=[study.slug, group.pk])
    with django_assert_max_num_queries(30) as few:
        as_carys.get(url)
    hold(19, [*few_people, *learners_of(group, 27)])
    with django_assert_num_queries(len(few)):
        assert as_carys.get(url).content.decode().count("Ask after them") == 30


def test_how_to_reach_them_is_shown_once_asked_for(
    as_carys: Client, study: Study, group: Cohort, rowan_missed: Person
):
    """See test_see_how_to_reach for whose it is; the page itself shows none of it."""
    add_contact(by=None, person=rowan_missed, kind="phone", value="01632 960111", preferred=True)
    url = reverse("training:record-call", args=[study.slug, group.pk, rowan_missed.pk])
    assert "01632 960111" not in as_carys.get(url).content.decode()
    assert not Entry.objects.filter(verb="see_how_to_reach").exists()
