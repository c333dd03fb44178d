"""A learner's own pages of a course, on a phone without scripts."""

import re
from collections.abc import Callable
from datetime import time, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from alongside.accounts.models import Study
from alongside.people.actions import add_person, make_link
from alongside.people.models import AccessGrant, Person
from alongside.training.actions import (
    appoint_facilitator,
    complete_course,
    create_programme,
    enrol_person,
    open_cohort,
    plan_session,
    write_agreement,
)
from alongside.training.models import Acknowledgement, Cohort, Narrative, PlanEntry, Reflection, Sharing

pytestmark = pytest.mark.browser


@pytest.fixture
def group(study: Study, rowan: Person) -> Cohort:
    """Rowan has a place; the next session is in three days; the group has an agreement."""
    programme = create_programme(by=None, study=study, title="Working alongside", aims="To learn together.")
    cohort = open_cohort(by=None, study=study, programme=programme, name="Group 5", place="Ferry Hall")
    session = plan_session(
        by=None,
        cohort=cohort,
        title="Who decides?",
        on=timezone.localdate() + timedelta(days=3),
        starts=time(10),
        ends=time(12, 30),
    )
    martin = add_person(by=None, study=study, name="Martin Osei")
    appoint_facilitator(by=None, session=session, person=martin, practice=True)
    enrol_person(by=None, cohort=cohort, person=rowan)
    write_agreement(by=None, cohort=cohort, clauses=["Say what is coming before you tell it."])
    return cohort


@pytest.fixture
def phone(browser: Browser) -> Page:
    """A small screen without scripts."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    return context.new_page()


def fits(page: Page) -> None:
    """Nothing hangs out of the screen's side; asked of the layout, since the page runs no script."""
    page.wait_for_load_state()
    expect(page.locator("main h1")).to_be_visible()
    boxes = [each.bounding_box() for each in page.locator("main *:visible").all()]
    assert max(box["x"] + box["width"] for box in boxes if box) <= 391, page.url


@pytest.fixture
def mine(live_server: LiveServer, rowan: Person) -> str:
    token = make_link(by=None, person=rowan, purpose=AccessGrant.MY_PAGE)
    return f"{live_server.url}/me/{token}/"


def test_a_learner_goes_through_it_all(phone: Page, mine: str, group: Cohort, rowan: Person):
    """Next session, agreement, plan, note, a story shared and taken back: no script and no account."""
    phone.goto(mine)
    phone.get_by_role("link", name="Show my sessions").click()
    fits(phone)
    expect(phone.get_by_text("Ferry Hall", exact=True)).to_be_visible()
    expect(phone.get_by_text("Say what is coming before you tell it.")).to_be_visible()
    expect(phone.get_by_text("someone may be at risk of serious harm")).to_be_visible()
    phone.get_by_role("button", name="I have read it").click()
    expect(phone.get_by_text("You have read it")).to_be_visible()
    assert Acknowledgement.objects.get().person == rowan

    phone.get_by_role("link", name="My learning plan").click()
    phone.get_by_label("What is it?").select_option("try")
    phone.get_by_label("In my words").fill("Ask for the chairs to be moved")
    phone.get_by_role("button", name="Add it").click()
    fits(phone)
    phone.get_by_role("button", name=re.compile("^Done.*Ask for the chairs")).click()
    expect(phone.locator(".status.done")).to_contain_text("Done")
    phone.get_by_role("button", name="Show it to those who lead Group 5").click()
    expect(phone.get_by_text("Those who lead Group 5", exact=True)).to_be_visible()
    phone.get_by_role("button", name=re.compile("^Take it back.*Group 5")).click()
    expect(phone.get_by_text("Nobody but you.")).to_be_visible()
    assert PlanEntry.objects.get().done

    phone.get_by_role("link", name="My sessions").click()
    phone.get_by_role("link", name="What stays with me: my notes").click()
    phone.get_by_label("What stays with me").fill("Nobody filled the silence.")
    phone.get_by_role("button", name="Keep it").click()
    fits(phone)
    expect(phone.get_by_text("Only you", exact=True)).to_be_visible()
    assert Reflection.objects.get().shown_to is None

    tell(phone)
    fits(phone)
    phone.get_by_role("button", name="Let this group read it").click()
    expect(phone.get_by_text("Group 5 can read it now.")).to_be_visible()
    assert Sharing.objects.filter(ended=None).count() == 1
    phone.get_by_role("button", name="Take my story back").click()
    fits(phone)
    expect(phone.get_by_text("Nobody else can read it.")).to_be_visible()
    assert Narrative.objects.get().retired
    assert not Sharing.objects.filter(ended=None).exists()


def tell(phone: Page) -> None:
    phone.get_by_role("link", name="My sessions").click()
    phone.get_by_role("link", name="Stories: mine, and those told to me").click()
    phone.get_by_role("link", name="Write a story").click()
    fits(phone)
    phone.get_by_label("What do you call it?").fill("The form")
    phone.get_by_label("Your own words").fill("One Thursday the pen was nearer to me.")
    phone.get_by_label("What do you share it for?").fill("To go first")
    phone.get_by_label("Who is it for?").fill("People in my group")
    in_spring = timezone.localdate() + timedelta(days=120)
    phone.get_by_label("Until when may it be read?").fill(in_spring.isoformat())
    phone.get_by_role("button", name="Keep it").click()
    expect(phone.get_by_text("Nobody can read it yet.")).to_be_visible()


def test_a_learner_takes_their_certificate(
    phone: Page, mine: str, group: Cohort, rowan: Person, tmp_path: Path
):
    """Under a name of their own choice; whoever is shown it can ask whether it is real."""
    [completion] = complete_course(by=None, cohort=group, people=[rowan])
    phone.goto(f"{mine}certificates/")
    phone.get_by_role("link", name=re.compile("^Get it.*Working alongside")).click()
    fits(phone)
    phone.get_by_label("The name to print").fill("Rowan A.")
    with phone.expect_download() as taken:
        phone.get_by_role("button", name="Get it as a PDF").click()
    taken.value.save_as(tmp_path / "certificate.pdf")
    assert (tmp_path / "certificate.pdf").read_bytes().startswith(b"%PDF-")
    phone.goto(f"{mine.partition('/me/')[0]}/certificates/{completion.number}/")
    expect(phone.get_by_text("Yes, this certificate is real.")).to_be_visible()
    expect(phone.get_by_text("Rowan")).to_have_count(0)


PAGES = (
    "sessions/",
    "plan/",
    "reflections/",
    "stories/",
    "stories/new/",
    "certificates/",
    "next/",
    "leading/",
)


@pytest.mark.parametrize("where", PAGES)
def test_axe_finds_nothing(page: Page, mine: str, group: Cohort, axe: Callable[[Page], None], where: str):
    """Each page, light and dark, on a desk and on a phone; nothing wider than the window."""
    page.goto(f"{mine}{where}")
    for width in (1440, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            axe(page)
