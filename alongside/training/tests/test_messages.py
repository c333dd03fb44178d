"""The coordinator's page of what went, what may not have gone, and who is to be told by hand."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from alongside.accounts.models import Study, User
from alongside.people.actions import add_contact
from alongside.people.models import Person
from alongside.training.actions import (
    cancel_session,
    enrol_person,
    raise_sequence,
    take_reminders,
    tell_by_hand,
    tell_of_unsent,
)
from alongside.training.models import Cohort, Enrolment, OfferBundle, Reminder, Session, Tick
from alongside.training.queries.reminders import due


@pytest.fixture
def page(study: Study) -> str:
    return reverse("training:messages", args=[study.slug])


@pytest.fixture
def soon(session: Session) -> Session:
    """A session tomorrow, of which the first reminder is due."""
    session.starts = timezone.now() + timedelta(hours=20)
    session.ends = session.starts + timedelta(hours=2)
    session.save()
    return session


def went(person: Person, cohort: Cohort, kind: str = "session", **more: object) -> Reminder:
    told = {"occasion": uuid4().hex, "means": "email", "claim": uuid4(), "sent": timezone.now()}
    return Reminder.objects.create(person=person, cohort=cohort, kind=kind, **{**told, **more})


def test_what_went_is_listed_by_name_and_kind(page: str, group: Cohort, rowan: Person, as_hannah: Client):
    """And never what was in it, or an address."""
    went(rowan, group)
    content = as_hannah.get(page).content.decode()
    assert "Rowan" in content
    assert "Reminder of a session" in content
    assert "rowan@example.org" not in content


def test_of_someone_they_work_with_only_reminders_are_shown(
    page: str, group: Cohort, wren: Person, as_priya: Client, as_hannah: Client
):
    """That they were offered a place is not for whoever works with them; that they have one is for all."""
    went(wren, group)
    went(wren, group, "offer")
    assert as_priya.get(page).content.decode().count("Wren") == 1
    assert as_hannah.get(page).content.decode().count("Wren") == 2
    assert "You work with someone in this study" in as_priya.get(page).content.decode()


def test_what_may_not_have_gone_is_told(page: str, group: Cohort, rowan: Person, as_hannah: Client):
    """So that somebody can ask; what is being sent this minute isn't among it."""
    went(rowan, group, sent=None)
    assert "May not have gone" not in as_hannah.get(page).content.decode()
    Reminder.objects.update(claimed=timezone.now() - timedelta(hours=2))
    assert "May not have gone" in as_hannah.get(page).content.decode()
    assert tell_of_unsent() == 1


def test_who_would_rather_be_rung_is_listed_until_somebody_did(
    page: str, soon: Session, rowan_enrolled: Enrolment, rowan: Person, as_hannah: Client
):
    """One press writes down that they were told, by whom."""
    add_contact(by=None, person=rowan, kind="phone", value="01632 960001", preferred=True)
    listed = as_hannah.get(page)
    assert "01632 960001" in listed.content.decode()
    (row,) = listed.context["by_hand"]
    url = reverse("training:tell-by-hand", args=[rowan.study.slug, soon.cohort_id])
    sent = {"person": rowan.pk, "kind": "session", "occasion": row.due.occasion, "ordinal": row.due.ordinal}
    assert as_hannah.post(url, sent).status_code == 302
    told = Reminder.objects.get()
    assert (told.means, told.by.name if told.by else "") == ("rung", "Hannah Whitlock")
    assert as_hannah.get(page).context["by_hand"] == []
    again = as_hannah.post(url, sent)
    assert again.status_code == 422
    assert "not due any more" in again.content.decode()
    assert Reminder.objects.count() == 1


def test_who_was_told_of_a_cancelled_session_is_listed_until_somebody_rang(
    page: str, soon: Session, rowan_enrolled: Enrolment, rowan: Person, alison_enrolled: Enrolment,
    as_hannah: Client,
):  # fmt: skip
    """However they were told; nobody else, and nobody who doesn’t want to be reached. It is told once."""
    take_reminders(dues=[each for each in due() if each.person == rowan.pk])
    assert as_hannah.get(page).context["by_hand"] == []
    cancel_session(by=None, session=soon)
    assert due() == []
    listed = as_hannah.get(page)
    (row,) = listed.context["by_hand"]
    assert (row.person, row.kind) == (rowan, "It doesn’t take place")
    assert "rowan@example.org" in listed.content.decode()
    url = reverse("training:tell-by-hand", args=[soon.study.slug, soon.cohort_id])
    sent = {"person": rowan.pk, "kind": "off", "occasion": row.due.occasion, "ordinal": row.due.ordinal}
    assert as_hannah.post(url, {**sent, "person": alison_enrolled.person_id}).status_code == 422
    assert as_hannah.post(url, sent).status_code == 302
    assert as_hannah.get(page).context["by_hand"] == []
    assert as_hannah.post(url, sent).status_code == 422
    assert Reminder.objects.filter(kind="off").count() == 1


def test_who_was_rung_is_listed_again_once_the_place_changes(
    page: str, soon: Session, rowan_enrolled: Enrolment, rowan: Person, as_hannah: Client
):
    """With where it is now, marked as changed."""
    add_contact(by=None, person=rowan, kind="phone", value="01632 960001", preferred=True)
    (row,) = as_hannah.get(page).context["by_hand"]
    tell_by_hand(
        by=User.objects.get(name="Hannah Whitlock"),
        cohort=soon.cohort,
        person=rowan,
        kind="session",
        occasion=row.due.occasion,
        ordinal=row.due.ordinal,
    )
    raise_sequence(soon.cohort, elsewhere=True)
    listed = as_hannah.get(page)
    (row,) = listed.context["by_hand"]
    assert row.due.is_changed
    assert "Ferry Hall" in listed.content.decode()
    assert '<span class="tag">Changed</span>' in listed.content.decode()


def test_an_incomplete_list_is_refused_in_a_sentence(
    soon: Session, rowan_enrolled: Enrolment, as_hannah: Client
):
    """Nothing is written down."""
    url = reverse("training:tell-by-hand", args=[soon.study.slug, soon.cohort_id])
    answer = as_hannah.post(url, {"kind": "session"})
    assert answer.status_code == 422
    assert "sent incompletely" in answer.content.decode()
    assert not Reminder.objects.exists()


def test_nobody_rings_who_works_with_them(
    page: str, soon: Session, wren: Person, as_priya: Client, as_hannah: Client
):
    """How they wish to be reached is not shown, and telling them is not for their practitioner."""
    enrol_person(by=None, cohort=soon.cohort, person=wren)
    add_contact(by=None, person=wren, kind="phone", value="01632 960002", preferred=True)
    assert "01632 960002" not in as_priya.get(page).content.decode()
    (row,) = as_hannah.get(page).context["by_hand"]
    url = reverse("training:tell-by-hand", args=[soon.study.slug, soon.cohort_id])
    sent = {"person": wren.pk, "kind": "session", "occasion": row.due.occasion, "ordinal": row.due.ordinal}
    assert as_priya.post(url, sent).status_code == 404
    assert as_hannah.post(url, sent).status_code == 302


def test_a_tick_that_stands_still_is_said(
    page: str, soon: Session, rowan_enrolled: Enrolment, as_hannah: Client, as_carys: Client
):
    """Here and on the study's front page, for whoever plans the training, while somebody waits."""
    todo = reverse("training:todo", args=[soon.study.slug])
    assert "Nothing goes out by itself yet" in as_hannah.get(page).content.decode()
    assert "No reminders go out" in as_hannah.get(todo).content.decode()
    assert "No reminders go out" not in as_carys.get(todo).content.decode()
    Tick.objects.create(pk=1, began=timezone.now() - timedelta(minutes=5), ended=timezone.now())
    assert "No reminders go out" not in as_hannah.get(todo).content.decode()
    assert "Last looked what is due" in as_hannah.get(page).content.decode()
    Tick.objects.update(began=timezone.now() - timedelta(hours=3))
    assert "Nothing has gone out since" in as_hannah.get(page).content.decode()


def test_the_demonstration_warns_of_nothing(
    page: str, soon: Session, rowan_enrolled: Enrolment, as_hannah: Client, settings: Settings
):
    """Nothing is ever sent there."""
    settings.DEMONSTRATION = True
    assert "Nothing goes out by itself yet" not in as_hannah.get(page).content.decode()


def test_the_page_takes_as_many_queries_however_many_went(
    page: str,
    group: Cohort,
    study: Study,
    as_hannah: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
):
    """And however many are to be told by hand."""
    bundle = OfferBundle.objects.create(cohort=group, expires=timezone.now() + timedelta(days=7))
    for number in range(12):
        person = Person.objects.create(study=study, name=f"Learner {number}")
        add_contact(by=None, person=person, kind="phone", value=f"01632 96000{number}", preferred=True)
        Enrolment.objects.create(cohort=group, person=person, state="offered", bundle=bundle)
        went(person, group)
    with django_assert_max_num_queries(40):
        answer = as_hannah.get(page)
    assert len(answer.context["by_hand"]) == 12


def test_what_was_taken_is_not_due(soon: Session, rowan_enrolled: Enrolment):
    """Not even before it is sent."""
    (each,) = due()
    (taken,) = take_reminders(dues=[each])
    assert taken.letter.to == "rowan@example.org"
    assert due() == []
    assert take_reminders(dues=[each]) == []
