"""What makes the training joint, read from the records: prompts for talk, never a mark."""

from collections.abc import Callable
from datetime import date, timedelta

from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from alongside.accounts.models import Study, User
from alongside.followup.models import Protocol, Timepoint
from alongside.interviews.models import Guide, Question
from alongside.people.actions import deny_relationship, describe_standpoint, record_relationship
from alongside.people.models import Person, WorkingRelationship
from alongside.training.actions import (
    add_preparation_date,
    enrol_person,
    prepare_person,
    revisit_agreement,
    share_story,
    tell_story,
    write_agreement,
)
from alongside.training.ingredients import Ingredient, added, register
from alongside.training.models import Cohort, Enrolment, Narrative, Preparation, Programme, Session
from alongside.training.queries import ingredients


def held(group: Cohort, user: User | AnonymousUser | None = None) -> dict[str, Ingredient]:
    return {each.title: each for each in ingredients(group, user or AnonymousUser())}


def states(group: Cohort) -> list[str]:
    return [each.state for each in held(group).values()]


def story(teller: Person, by: User) -> Narrative:
    day = timezone.localdate() + timedelta(days=30)
    return tell_story(by=by, teller=teller, title="T", words="W", purpose="P", audience="A", expires=day)


def test_nothing_is_there_in_an_empty_group(group: Cohort):
    """A group without anybody holds none of the conditions."""
    assert set(states(group)) == {"missing"}


def test_the_conditions_hold_as_they_are_met(
    group: Cohort,
    looked_after: Session,
    rowan_and_alison: WorkingRelationship,
    rowan_enrolled: Enrolment,
    alison_enrolled: Enrolment,
    carys: User,
    carys_herself: Person,
):
    """Each is read from the records, and says in words how far it holds."""
    day = timezone.localdate()
    write_agreement(by=None, cohort=group, clauses=["Anyone can pass."])
    assert states(group)[:4] == ["done", "done", "missing", "part"]
    revisit_agreement(by=None, cohort=group, on=day)
    share_story(by=carys, narrative=story(carys_herself, carys), cohort=group)
    prepare_person(by=None, person=alison_enrolled.person, cohort=group, conversation=day)
    for kind in ("supervision", "booster"):
        add_preparation_date(by=None, person=alison_enrolled.person, cohort=group, kind=kind, on=day)
    assert states(group)[:7] == ["done"] * 7
    assert "1 story is shared" in held(group)["Stories shared by choice."].says


def test_that_the_other_half_ended_it_shows_in_no_number(
    as_carys: Client,
    study: Study,
    group: Cohort,
    carys_herself: Person,
    rowan: Person,
    rowan_enrolled: Enrolment,
    alison_enrolled: Enrolment,
    rowan_and_alison: WorkingRelationship,
    founder: User,
):
    """Carys has a place beside Rowan, with whom she works. Once he ends it, the group's page says to her what
    it said before, and to others that they are one pair fewer."""
    enrol_person(by=None, cohort=group, person=carys_herself)
    own = record_relationship(by=None, one=carys_herself, other=rowan, started=date(2021, 3, 1))
    page = reverse("training:cohort", args=[study.slug, group.pk])

    def told() -> list[str]:
        return [
            line for line in as_carys.get(page).content.decode().splitlines() if "csrf" not in line.lower()
        ]

    before = told()
    pairs = "Pairs who will go on working together."
    assert held(group, founder)[pairs].says.startswith("2 of 2 ")
    deny_relationship(by=rowan, relationship=own, person=rowan)
    assert told() == before
    assert held(group, founder)[pairs].says.startswith("1 of 1 ")


def test_a_story_that_is_taken_back_is_not_counted(
    group: Cohort, looked_after: Session, carys: User, carys_herself: Person
):
    """At once, and without a word on whose it was."""
    told = story(carys_herself, carys)
    share_story(by=carys, narrative=told, cohort=group)
    Narrative.objects.update(retired=timezone.now())
    assert held(group)["Stories shared by choice."].state == "missing"


def test_preparation_leaves_out_whom_the_reader_works_with(
    group: Cohort, wren: Person, alison: Person, priya: User, hannah: User
):
    """To Priya, who works with Wren, the counts are the same whether Wren was prepared or not."""
    describe_standpoint(by=None, person=wren, kind="practitioner", since=date(2026, 4, 1))
    enrol_person(by=None, cohort=group, person=alison)
    enrol_person(by=None, cohort=group, person=wren)
    before = ingredients(group, priya)
    day = timezone.localdate()
    prepare_person(by=None, person=wren, cohort=group, conversation=day, supervision="Monthly")
    add_preparation_date(by=None, person=wren, cohort=group, kind="booster", on=day)
    assert ingredients(group, priya) == before
    assert "1 of 2" in held(group, hannah)["Practitioners prepared."].says
    assert Preparation.objects.count() == 1


def test_preparation_is_not_counted_for_whoever_learns_there(
    group: Cohort, alison: Person, carys: User, carys_herself: Person
):
    """A number among so few would tell Carys of those she learns with."""
    enrol_person(by=None, cohort=group, person=alison)
    assert "Practitioners prepared." in held(group, carys)
    enrol_person(by=None, cohort=group, person=carys_herself)
    titles = held(group, carys).keys()
    assert not titles & {"Practitioners prepared.", "Supervision to think it over.", "A way back in."}
    assert "Stories shared by choice." in titles


def test_six_months_on_is_a_matter_of_the_plan(group: Cohort, study: Study):
    """A time about half a year after the last session, and a guide that asks both: nothing of anybody."""
    title = "Both halves of a pair interviewed at six months."
    assert held(group)[title].mend == "followup:followup"
    protocol = Protocol.objects.create(study=study, name="Plan")
    Timepoint.objects.create(protocol=protocol, name="Three", anchor="last_session", months=3)
    Timepoint.objects.create(protocol=protocol, name="Before", anchor="first_session", months=6)
    assert held(group)[title].state == "missing"
    Timepoint.objects.create(protocol=protocol, name="Six", anchor="last_session", months=6)
    assert held(group)[title].state == "part"
    guide = Guide.objects.create(study=study, title="Guide")
    question = Question.objects.create(guide=guide, number=1, wording="And now?")
    assert held(group)[title].mend == "interviews:write-guide"
    question.mirror = "And now, for them?"
    question.save()
    assert held(group)[title].state == "done"


def test_a_room_further_down_adds_its_own_once():
    """However often it says so."""
    before = added()
    for asked in before:
        register(asked)
    assert added() == before
    assert "six_months_planned" in [asked.__name__ for asked in added()]


def test_the_page_shows_every_group_with_a_way_to_mend(
    study: Study, group: Cohort, programme: Programme, as_hannah: Client, as_carys: Client
):
    """A link for whoever may mend it, and none for whoever may not."""
    Cohort.objects.create(study=study, programme=programme, name="Group 6")
    url = reverse("training:joint", args=[study.slug])
    page = as_hannah.get(url).content.decode()
    assert "Group 5" in page
    assert "Group 6" in page
    assert page.count("Offer a pair two places") == 2
    assert "Offer a pair two places" not in as_carys.get(url).content.decode()


def test_one_group_more_takes_few_queries(
    study: Study,
    group: Cohort,
    programme: Programme,
    as_hannah: Client,
    learners_of: Callable[[Cohort, int], list[Person]],
    django_assert_max_num_queries: DjangoAssertNumQueries,
):
    """As many for a group of thirty as for one of three."""
    url = reverse("training:joint", args=[study.slug])
    learners_of(group, 3)
    with django_assert_max_num_queries(60) as few:
        as_hannah.get(url)
    learners_of(group, 27)
    with django_assert_max_num_queries(len(few)):
        as_hannah.get(url)
