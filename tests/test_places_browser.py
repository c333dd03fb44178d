from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from alongside.accounts.models import Study, User
from alongside.people.actions import make_link
from alongside.people.models import AccessGrant, Person, WorkingRelationship
from alongside.training.actions import ask_half, create_programme, offer_place, open_cohort
from alongside.training.models import Application, Cohort, Enrolment, PairAsked, Prospectus, Question
from alongside.training.queries import answer_address
from tests.test_training_browser import check_everywhere, enter

pytestmark = pytest.mark.browser


@pytest.fixture
def group(study: Study) -> Cohort:
    """A group that anyone may ask for, with a question of its own."""
    programme = create_programme(by=None, study=study, title="Working alongside", aims="Learned together.")
    cohort = open_cohort(by=None, study=study, programme=programme, name="Group 6", capacity=3)
    Prospectus.objects.create(study=study, is_open=True)
    Cohort.objects.filter(pk=cohort.pk).update(
        listed=True, apply_until=timezone.localdate() + timedelta(days=9)
    )
    Question.objects.create(cohort=cohort, number=1, words="Can you come on Thursdays?", needed="yes")
    return cohort


@pytest.fixture
def pair(group: Cohort) -> Application:
    owen = Application.objects.create(cohort=group, name="Owen", phone="01632 960111", state="named")
    return Application.objects.create(cohort=group, name="Dilys", email="dilys@example.org", half=owen)


def apply_address(server: LiveServer, group: Cohort) -> str:
    return server.url + reverse("training:apply", args=[group.study.slug, group.pk])


def test_somebody_asks_without_an_account_and_without_script(
    live_server: LiveServer, browser: Browser, group: Cohort
):
    """On a phone, for two, with scripts off: what is missing is said, and then it is sent."""
    page = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}).new_page()
    page.goto(apply_address(live_server, group))
    page.get_by_label("What should we call you?").fill("Dilys")
    page.get_by_label("For myself and someone I work with").check()
    page.get_by_label("What are they called?").fill("Owen")
    page.get_by_role("button", name="Ask for a place").click()
    expect(page.get_by_role("alert")).to_contain_text("Give an e-mail address or a phone number")
    expect(page.get_by_role("alert")).to_contain_text("Write how we reach them")
    page.get_by_label("Your phone number").fill("01632 960222")
    page.get_by_label("Or their phone number").fill("01632 960111")
    page.get_by_role("button", name="Ask for a place").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    page.context.close()
    assert sorted(Application.objects.values_list("name", "state")) == [("Dilys", "open"), ("Owen", "named")]


def test_the_pages_for_anyone_are_for_everyone(
    live_server: LiveServer, page: Page, axe: Callable[[Page], None], group: Cohort, pair: Application
):
    """The form, what follows it, and the other half's letter, at every width and for a screen reader."""
    page.goto(apply_address(live_server, group))
    check_everywhere(page, axe)
    page.goto(apply_address(live_server, group) + "thanks/")
    axe(page)
    page.goto(live_server.url + answer_address(ask_half(by=None, application=pair)))
    check_everywhere(page, axe)


def test_ones_own_pages_of_places(
    live_server: LiveServer,
    page: Page,
    axe: Callable[[Page], None],
    group: Cohort,
    rowan: Person,
    alison: Person,
    rowan_and_alison: WorkingRelationship,
):
    """Being asked along, asking, an offer, and giving a place back."""
    PairAsked.objects.create(
        cohort=group,
        by=alison,
        other=rowan,
        pair=rowan_and_alison,
        answer_until=timezone.now() + timedelta(days=9),
    )
    token = make_link(by=None, person=rowan, purpose=AccessGrant.MY_PAGE)
    page.goto(live_server.url + reverse("training:my-courses", kwargs={"token": token}))
    check_everywhere(page, axe)
    page.get_by_role("link", name="Working alongside, Group 6").click()
    check_everywhere(page, axe)
    offer_place(by=None, cohort=group, person=rowan)
    page.goto(live_server.url + reverse("training:my-courses", kwargs={"token": token}))
    page.get_by_role("button", name="Yes, I would like it").click()
    place = Enrolment.objects.get(person=rowan)
    assert place.state == "enrolled"
    keys = {"token": token, "enrolment": place.pk}
    page.goto(live_server.url + reverse("training:my-leaving", kwargs=keys))
    axe(page)
    page.get_by_role("button", name="Give it back").click()
    expect(page.get_by_text("You do not have to say why")).to_be_visible()


def test_the_coordinators_pages_of_places(
    live_server: LiveServer,
    page: Page,
    axe: Callable[[Page], None],
    as_hannah: Client,
    hannah: User,
    study: Study,
    group: Cohort,
    pair: Application,
    rowan: Person,
    alison: Person,
):
    """Who asks, one of them beside who they may be, the list, and the group's rules."""
    Application.objects.create(cohort=group, name="Rowan", email="rowan@example.org")
    Enrolment.objects.create(cohort=group, person=alison, state="applied")
    Enrolment.objects.create(cohort=group, person=rowan, state="waiting")
    enter(page, live_server, as_hannah)
    page.goto(live_server.url + reverse("training:applications", args=[study.slug]))
    check_everywhere(page, axe)
    page.get_by_role("link", name="Rowan").click()
    check_everywhere(page, axe)
    page.goto(live_server.url + reverse("training:application", args=[study.slug, pair.pk]))
    page.get_by_role("button", name="Ask Owen").click()
    check_everywhere(page, axe)
    for name in ("enrol", "rules"):
        page.goto(live_server.url + reverse(f"training:{name}", args=[study.slug, group.pk]))
        check_everywhere(page, axe)
