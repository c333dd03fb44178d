"""Showing one's plan to those who lead one's group, and taking it back."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.people.actions import make_link, record_relationship
from alongside.people.models import Person
from alongside.training.actions import add_to_plan, hide_plan, leave_cohort, show_plan, write_reflection
from alongside.training.models import Cohort, Enrolment, Facilitation, PlanShown


@pytest.fixture
def plan(rowan: Person, rowan_enrolled: Enrolment) -> Person:
    add_to_plan(by=rowan, person=rowan, kind="hope", words="To say it in the review")
    return rowan


def trainers_page(client: Client, trainer: Person) -> str:
    link = make_link(by=None, person=trainer, purpose="my_page")
    return client.get(reverse("training:my-leading", kwargs={"token": link})).content.decode()


def test_it_is_shown_and_taken_back(
    client: Client, rowans_link: str, plan: Person, group: Cohort, martin: Person, martin_leads: Facilitation
):
    """Those who lead the group read it while it is shown, and not before or after."""
    assert "the review" not in trainers_page(client, martin)
    show = reverse("training:my-plan-show", kwargs={"token": rowans_link})
    assert client.post(show, {"cohort": group.pk}).status_code == 302
    assert client.post(show, {"cohort": group.pk}).status_code == 302
    assert "To say it in the review" in trainers_page(client, martin)
    shown = PlanShown.objects.get()
    hide = reverse("training:my-plan-hide", kwargs={"token": rowans_link, "shown": shown.pk})
    assert client.post(hide).status_code == 302
    assert "the review" not in trainers_page(client, martin)


def test_a_trainer_who_works_with_the_learner_does_not_see_it(
    client: Client, plan: Person, group: Cohort, martin: Person, carys_herself: Person,
    martin_leads: Facilitation, carys_leads: Facilitation,
):  # fmt: skip
    """Nor that there is anything; the other trainer does. An ended relationship keeps it closed."""
    before = trainers_page(client, martin)
    relationship = record_relationship(by=None, one=martin, other=plan, started=plan.added.date())
    show_plan(by=plan, person=plan, cohort=group)
    assert "To say it in the review" in trainers_page(client, carys_herself)
    hidden = trainers_page(client, martin)
    assert "Rowan" not in hidden
    assert hidden.count("<article") == before.count("<article") == 0
    relationship.ended = relationship.started
    relationship.save()
    assert "Rowan" not in trainers_page(client, martin)


def test_only_those_who_lead_that_group(
    client: Client, as_hannah: Client, study: Study, plan: Person, group: Cohort, martin: Person
):
    """Somebody who leads nothing there sees nothing, and a coordinator has no page for it."""
    show_plan(by=plan, person=plan, cohort=group)
    assert "the review" not in trainers_page(client, martin)
    assert as_hannah.get(reverse("training:my-leading", args=[study.slug])).status_code == 404


def test_whoever_leaves_shows_nothing_any_more(
    client: Client, plan: Person, group: Cohort, rowan_enrolled: Enrolment, martin: Person,
    martin_leads: Facilitation,
):  # fmt: skip
    """Without a place in the group there is nobody it is for."""
    show_plan(by=plan, person=plan, cohort=group)
    leave_cohort(by=None, enrolment=rowan_enrolled)
    assert "the review" not in trainers_page(client, martin)


def test_only_with_a_group_of_ones_own(client: Client, alisons_link: str, alison: Person, group: Cohort):
    """A group in which one has no place is refused."""
    show = reverse("training:my-plan-show", kwargs={"token": alisons_link})
    assert client.post(show, {"cohort": group.pk}).status_code == 422
    with pytest.raises(ValidationError, match="in which you have a place"):
        show_plan(by=alison, person=alison, cohort=group)


def test_nobody_else_hides_it(client: Client, alisons_link: str, plan: Person, group: Cohort):
    """It is its owner's to show."""
    shown = show_plan(by=plan, person=plan, cohort=group)
    hide = reverse("training:my-plan-hide", kwargs={"token": alisons_link, "shown": shown.pk})
    assert client.post(hide).status_code == 404
    hide_plan(by=plan, shown=shown)
    assert hide_plan(by=plan, shown=shown).ended == shown.ended


def test_the_trainers_page_costs_the_same_however_many_show(
    client: Client, group: Cohort, learners_of, martin: Person, martin_leads: Facilitation,
    django_assert_max_num_queries,
):  # fmt: skip
    """Thirty plans and notes take as many queries as one."""
    for person in learners_of(group, 30):
        add_to_plan(by=None, person=person, kind="hope", words=f"Of {person}")
        show_plan(by=None, person=person, cohort=group)
        note = write_reflection(by=None, person=person, words=f"Note of {person}")
        note.shown_to = group
        note.save()
    link = make_link(by=None, person=martin, purpose="my_page")
    with django_assert_max_num_queries(14):
        page = client.get(reverse("training:my-leading", kwargs={"token": link})).content.decode()
    assert page.count("<article") == 30
