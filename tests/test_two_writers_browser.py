"""Two browsers on one page, and a session's list on a phone."""

from collections.abc import Callable, Iterator
from datetime import time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from alongside.accounts.models import Study
from alongside.people.actions import add_contact, record_adjustment, review_adjustments
from alongside.people.models import Person, WorkingRelationship
from alongside.reporting.models import Report
from alongside.training.actions import create_programme, enrol_person, open_cohort, plan_session
from alongside.training.models import AdjustmentMet, Session

pytestmark = pytest.mark.browser

WIDTHS = ((1440, 900), (390, 844), (320, 640))
Look = Callable[[Page, str], None]
Check = Callable[[Page], None]


def enter(page: Page, server: LiveServer, client: Client) -> None:
    """Take a signed-in client's session into the browser."""
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server.url}]
    )


def check_everywhere(page: Page, axe: Check) -> None:
    """Axe, light and dark, and nothing wider than the window, on a desk, a phone and at 400 per cent."""
    for width, height in WIDTHS:
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{page.url} at {width}"
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            axe(page)


@pytest.fixture
def dots_page(browser: Browser, browser_context_args: dict) -> Iterator[Page]:
    """A second browser, without script: what it shows needs none."""
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_the_second_sees_what_the_first_wrote(
    page: Page,
    dots_page: Page,
    live_server: LiveServer,
    report: Report,
    as_hilary: Client,
    as_dot: Client,
    axe: Check,
    look: Look,
):
    """Both open a section; Hilary saves; Dot is shown both texts, puts them together and saves."""
    section = report.sections.get()
    url = live_server.url + reverse("reporting:write-section", args=[report.study.slug, section.pk])
    for each, client in ((page, as_hilary), (dots_page, as_dot)):
        enter(each, live_server, client)
        each.goto(url)
    page.get_by_label("Words").fill("A gap is left, and it is held.\n\nNobody fills it for them.")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/reporting/**")
    dots_page.get_by_label("Words").fill("A gap is left, and it is theirs.\n\nNobody fills it for them.")
    dots_page.get_by_role("button", name="Save").click()
    expect(dots_page.get_by_text("Changed by Hilary Banks on").first).to_be_visible()
    expect(dots_page.get_by_role("definition").filter(has_text="it is held.")).to_be_visible()
    expect(dots_page.get_by_role("definition").filter(has_text="it is theirs.")).to_be_visible()
    assert "it is theirs." in dots_page.get_by_label("Words").input_value()
    # The same page with script, for those who check it.
    page.set_content(dots_page.content().replace("<head>", f'<head><base href="{live_server.url}">'))
    check_everywhere(page, axe)
    look(page, "two-writers")
    dots_page.get_by_label("Words").fill("A gap is left. It is held, and it is theirs.")
    dots_page.get_by_role("button", name="Save").click()
    dots_page.wait_for_url("**/reporting/**")
    section.refresh_from_db()
    assert section.body == "A gap is left. It is held, and it is theirs."


@pytest.fixture
def session(study: Study, rowan: Person, alison: Person, wren: Person) -> Session:
    """A session next week; Rowan and Alison share what they need, and nobody has asked Wren."""
    course = create_programme(by=None, study=study, title="Working alongside")
    group = open_cohort(by=None, study=study, programme=course, name="Group 5", place="Ferry Hall")
    for person in (rowan, alison, wren):
        enrol_person(by=None, cohort=group, person=person)
    needs = (
        (rowan, "room", "A chair with arms, by the door, away from the strip light"),
        (rowan, "communication", "Handouts in 18 point, on yellow"),
        (alison, "pace", "A break after forty minutes"),
    )
    for person, kind, need in needs:
        record_adjustment(by=None, person=person, need=need, kind=kind, share_with="sessions")
    day = timezone.localdate() + timedelta(days=7)
    return plan_session(by=None, cohort=group, title="Who decides?", on=day, starts=time(10), ends=time(12))


def test_a_sessions_list_on_a_phone(
    page: Page, live_server: LiveServer, session: Session, as_carys: Client, axe: Check, look: Look
):
    """Each line is marked with a thumb; what can't be met says what there is instead."""
    enter(page, live_server, as_carys)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(live_server.url + reverse("training:session", args=[session.study.slug, session.pk]))
    check_everywhere(page, axe)
    look(page, "session-needs")
    page.set_viewport_size({"width": 390, "height": 844})
    line = page.get_by_role("listitem").filter(has_text="A break after forty minutes")
    line.get_by_role("button").click()
    expect(page.get_by_text("Alison: arranged.")).to_be_visible()
    page.get_by_role("listitem").filter(has_text="A chair with arms").get_by_role("link").click()
    check_everywhere(page, axe)
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_label("Why can’t it be met").fill("No chair has arms. Two cushions, by the door.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Two cushions, by the door.")).to_be_visible()
    assert AdjustmentMet.objects.count() == 2
    check_everywhere(page, axe)
    look(page, "checklist")


def test_a_persons_page_and_what_can_be_changed_there(
    page: Page,
    live_server: LiveServer,
    study: Study,
    rowan: Person,
    rowan_and_alison: WorkingRelationship,
    as_hannah: Client,
    axe: Check,
    look: Look,
):
    """The page and each form that it leads to."""
    add_contact(by=None, person=rowan, kind="phone", value="01632 960001", preferred=True)
    record_adjustment(
        by=None, person=rowan, need="A chair with arms, by the door", kind="room", share_with="sessions"
    )
    review_adjustments(by=None, person=rowan)
    standpoint, point = rowan.standpoints.get(), rowan.contact_points.first()
    adjustment = rowan.adjustments.get()
    enter(page, live_server, as_hannah)
    for name, keys in (
        ("person", [rowan.pk]),
        ("change-person", [rowan.pk]),
        ("add-contact", [rowan.pk]),
        ("remove-contact", [rowan.pk, point.pk if point else 0]),
        ("end-standpoint", [rowan.pk, standpoint.pk]),
        ("record-adjustment", [rowan.pk]),
        ("share-adjustment", [adjustment.pk]),
        ("review-adjustments", [rowan.pk]),
        ("correct-relationship", [rowan_and_alison.pk]),
    ):
        page.goto(live_server.url + reverse(f"people:{name}", args=[study.slug, *keys]))
        check_everywhere(page, axe)
        look(page, name)
