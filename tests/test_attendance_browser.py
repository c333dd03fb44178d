"""Who is here, on a phone that loses its connection."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, Request, expect
from pytest_django.live_server_helper import LiveServer

from alongside.accounts.models import Study, User
from alongside.people.actions import add_person
from alongside.people.models import Person
from alongside.training.actions import create_programme, enrol_person, leave_cohort, open_cohort
from alongside.training.models import AttendanceMark, Cohort, Enrolment, Session
from alongside.training.queries import latest_marks
from tests.test_training_browser import check_everywhere, enter

pytestmark = pytest.mark.browser

NAMES = ("Bernadette Quinn", "Dilys Pryce", "Ewan McAllister")


@pytest.fixture
def group(study: Study) -> Cohort:
    programme = create_programme(by=None, study=study, title="Working alongside")
    return open_cohort(by=None, study=study, programme=programme, name="Group 5", place="Ferry Hall")


@pytest.fixture
def session(group: Cohort) -> Session:
    """A session that began a quarter of an hour ago."""
    begins = timezone.now() - timedelta(minutes=15)
    return Session.objects.create(
        study=group.study,
        cohort=group,
        number=1,
        title="Who decides?",
        starts=begins,
        ends=begins + timedelta(hours=2),
    )


@pytest.fixture
def learners(study: Study, group: Cohort) -> list[Person]:
    people = [add_person(by=None, study=study, name=name) for name in NAMES]
    for person in people:
        enrol_person(by=None, cohort=group, person=person)
    return people


@pytest.fixture
def register(
    page: Page,
    live_server: LiveServer,
    as_carys: Client,
    study: Study,
    session: Session,
    learners: list[Person],
) -> Page:
    """The register of the session, open on Carys's phone."""
    enter(page, live_server, as_carys)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{live_server.url}{reverse('training:mark-attendance', args=[study.slug, session.pk])}")
    return page


def mark(page: Page, name: str, says: str) -> None:
    page.get_by_role("group", name=name).get_by_text(says, exact=True).click()


def test_one_tap_each_and_all_is_sent(
    register: Page, axe: Callable[[Page], None], look: Callable[[Page, str], None]
):
    """Each tap is a mark on the server at once; the page is clean at every width."""
    for name, says in zip(NAMES, ("Here", "Sent word", "We missed you"), strict=True):
        mark(register, name, says)
    expect(register.locator(".keeping")).to_contain_text("All sent.")
    assert AttendanceMark.objects.count() == 3
    look(register, "attendance")
    check_everywhere(register, axe)


def test_marks_made_without_connection_arrive_once_after_a_reload(
    register: Page, context: BrowserContext, session: Session, learners: list[Person], live_server: LiveServer
):
    """Kept on the device through a lost connection and a closed page, sent once, with their own times."""
    address = register.url
    context.set_offline(True)
    before = timezone.now()
    for name, says in zip(NAMES, ("Here", "Sent word", "Here"), strict=True):
        mark(register, name, says)
    expect(register.locator(".keeping")).to_contain_text("Kept on this device, not sent yet: 3.")
    expect(register.locator(".keeping")).to_contain_text("There is no connection.")
    assert not AttendanceMark.objects.exists()
    register.close()
    found = timezone.now()
    context.set_offline(False)
    again = context.new_page()
    again.goto(address)
    expect(again.locator(".keeping")).to_contain_text("All sent.")
    expect(again.get_by_role("group", name=NAMES[1]).get_by_role("radio", name="Sent word")).to_be_checked()
    assert AttendanceMark.objects.count() == 3
    assert {m.status for m in latest_marks(session).values()} == {"here", "word"}
    assert all(before <= m.at <= found <= m.received for m in latest_marks(session).values())
    again.reload()
    expect(again.locator(".keeping")).to_contain_text("All sent.")
    assert AttendanceMark.objects.count() == 3


def test_back_on_line_they_are_sent_without_a_press(register: Page, context: BrowserContext):
    """The page notices by itself that there is a connection again."""
    context.set_offline(True)
    mark(register, NAMES[0], "Here")
    expect(register.locator(".keeping")).to_contain_text("not sent yet: 1.")
    context.set_offline(False)
    expect(register.locator(".keeping")).to_contain_text("All sent.", timeout=20000)
    assert AttendanceMark.objects.count() == 1


def test_an_answer_that_was_lost_on_the_way_adds_nothing(register: Page, context: BrowserContext):
    """The server had the mark, the device never heard: it sends it again, and it is there once."""
    lost: list[Request] = []

    def lose(route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.request)
        route.fetch()
        route.abort()

    context.route("**/attendance/kept/", lose)
    mark(register, NAMES[0], "Here")
    expect(register.locator(".keeping")).to_contain_text("not sent yet: 1.")
    assert AttendanceMark.objects.count() == 1
    register.reload()
    expect(register.locator(".keeping")).to_contain_text("All sent.")
    assert len(lost) == 1
    assert AttendanceMark.objects.count() == 1


def test_two_devices_in_conflict(
    register: Page,
    context: BrowserContext,
    browser,
    live_server: LiveServer,
    as_hannah: Client,
    session: Session,
    learners: list[Person],
):
    """The one marked last stands, though it arrives first."""
    context.set_offline(True)
    mark(register, NAMES[0], "We missed you")
    expect(register.locator(".keeping")).to_contain_text("not sent yet: 1.")
    other = browser.new_context()
    desk = other.new_page()
    enter(desk, live_server, as_hannah)
    desk.goto(register.url)
    mark(desk, NAMES[0], "Here")
    expect(desk.locator(".keeping")).to_contain_text("All sent.")
    context.set_offline(False)
    expect(register.locator(".keeping")).to_contain_text("All sent.", timeout=20000)
    assert AttendanceMark.objects.count() == 2
    assert latest_marks(session)[learners[0].pk].status == "here"
    other.close()


def test_signed_out_meanwhile_nothing_is_lost(
    register: Page, context: BrowserContext, live_server: LiveServer, as_carys: Client, carys: User, sign_in
):
    """The marks stay on the device, and it says what to do; signed in again, they are sent."""
    address = register.url
    as_carys.logout()
    mark(register, NAMES[0], "Here")
    expect(register.locator(".keeping")).to_contain_text("You are signed out.")
    expect(register.locator(".keeping")).to_contain_text("not sent yet: 1.")
    enter(register, live_server, sign_in(carys))
    register.goto(address)
    expect(register.locator(".keeping")).to_contain_text("All sent.")
    assert AttendanceMark.objects.count() == 1


def test_somebody_who_left_meanwhile(
    register: Page, context: BrowserContext, group: Cohort, learners: list[Person]
):
    """Their mark was made while they had a place, and is taken."""
    context.set_offline(True)
    mark(register, NAMES[2], "Here")
    leave_cohort(by=None, enrolment=Enrolment.objects.get(cohort=group, person=learners[2]))
    context.set_offline(False)
    expect(register.locator(".keeping")).to_contain_text("All sent.", timeout=20000)
    assert AttendanceMark.objects.get().person == learners[2]


def test_what_is_refused_is_said(register: Page, context: BrowserContext, session: Session):
    """A session cancelled meanwhile takes no marks, and the page says of whom."""
    Session.objects.update(state=Session.State.CANCELLED)
    mark(register, NAMES[0], "Here")
    expect(register.locator(".keeping li")).to_contain_text("Bernadette Quinn: This session was cancelled")


def test_the_button_still_saves(register: Page):
    """Pressed after everything was sent, it adds nothing and leads back."""
    mark(register, NAMES[0], "Here")
    register.get_by_role("button", name="Save the register").click()
    expect(register.locator("#told")).to_contain_text("The register of session 1 is saved.")
    assert AttendanceMark.objects.count() == 1


def test_the_room_signs_in(
    page: Page,
    live_server: LiveServer,
    as_carys: Client,
    study: Study,
    session: Session,
    learners: list[Person],
    axe: Callable[[Page], None],
    look: Callable[[Page, str], None],
):
    """The screen of the room, and a phone: a code, a name, and an answer that can't be mistaken."""
    enter(page, live_server, as_carys)
    page.goto(f"{live_server.url}{reverse('training:session-code', args=[study.slug, session.pk])}")
    assert page.locator(".on-the-wall img").evaluate("image => image.naturalWidth") > 0
    look(page, "session-code")
    check_everywhere(page, axe)
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/here/")
    page.get_by_label("Code of the session").fill(session.code.lower())
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Your name").fill("Nobody here")
    page.get_by_role("button", name="I am here").click()
    expect(page.locator("#error-summary")).to_contain_text("You are not signed in yet.")
    look(page, "here-refused")
    check_everywhere(page, axe)
    page.get_by_label("Your name").fill("dilys pryce")
    page.get_by_role("button", name="I am here").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are signed in, Dilys Pryce.")
