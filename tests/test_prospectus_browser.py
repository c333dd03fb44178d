from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from alongside.accounts.models import Study
from alongside.training.actions import (
    add_material,
    add_place,
    add_term,
    change_cohort,
    create_programme,
    log_decision,
    make_next_version,
    open_cohort,
    open_prospectus,
    plan_session,
    write_prospectus,
)
from alongside.training.models import Cohort
from alongside.training.typed import Outlined, Upload
from tests.test_training_browser import check_everywhere, enter

pytestmark = pytest.mark.browser
LONG = "A course with a title that goes on for as long as nobody could agree on a shorter one for it"


@pytest.fixture
def offered(study: Study) -> Cohort:
    """A group in an open prospectus, of a course with two versions, at a place whose access is told."""
    first = create_programme(
        by=None, study=study, title=LONG, aims="Learned together.", parts=[Outlined("Who decides?", "Cards.")]
    )
    newer = make_next_version(
        by=None,
        programme=first,
        aims="Decided together.",
        parts=[Outlined("Who decides?", "Cards on a table."), Outlined("Plans")],
        licence="CC BY 4.0",
        note="Dot proposed it.",
    )
    part = newer.parts.first()
    add_material(by=None, programme=newer, title="Cards", file=Upload("cards.txt", b"Four heaps"), part=part)
    add_material(by=None, programme=newer, title="A film", link="https://example.org", for_learners=False)
    day = timezone.localdate() + timedelta(days=30)
    term = add_term(by=None, study=study, name="Winter term", starts=day, ends=day + timedelta(weeks=8))
    place = add_place(
        by=None, study=study, name="Ferry Hall", getting_there="Bus 4.", access="No steps.\nA quiet room."
    )
    group = open_cohort(by=None, study=study, programme=newer, name="Group 5", term=term, place=place)
    for week in range(3):
        plan_session(
            by=None,
            cohort=group,
            title="Meeting",
            on=day + timedelta(weeks=week),
            starts=time(10),
            ends=time(12),
        )
    change_cohort(
        by=None,
        cohort=group,
        name="Group 5",
        capacity=14,
        term=term,
        place=place,
        listed=True,
        apply_until=day,
    )
    write_prospectus(by=None, study=study, welcome="Come as you are.", asking_for_help="Ring us.")
    open_prospectus(by=None, study=study)
    log_decision(by=None, study=study, on=date(2026, 11, 1), about="Chairs", proposed_by="All", cohort=group)
    return group


@pytest.mark.parametrize(
    "name",
    ["courses", "course", "make-next-version", "add-material", "terms", "prospectus", "decisions"],
)
def test_the_pages_of_planning_are_for_everyone(
    page: Page, live_server: LiveServer, as_hannah: Client, study: Study, offered: Cohort, axe, name: str
):
    """Axe clean in both schemes, and no wider than a phone or a page at 400 per cent, with a long title."""
    enter(page, live_server, as_hannah)
    of_course = name in ("course", "make-next-version", "add-material")
    args = [study.slug, *([offered.programme_id] if of_course else [])]
    page.goto(live_server.url + reverse(f"training:{name}", args=args))
    check_everywhere(page, axe)


def test_the_settings_of_a_group_are_for_everyone(
    page: Page, live_server: LiveServer, as_hannah: Client, study: Study, offered: Cohort, axe
):
    """The longest form, and its refusal."""
    enter(page, live_server, as_hannah)
    page.goto(live_server.url + reverse("training:change-cohort", args=[study.slug, offered.pk]))
    page.get_by_label("How many sessions does it take").fill("9")
    page.get_by_role("button", name="Change the group").click()
    expect(page.get_by_role("alert")).to_contain_text("The group has 3 sessions")
    check_everywhere(page, axe)


def test_the_prospectus_opens_without_script(
    browser: Browser, live_server: LiveServer, study: Study, offered: Cohort, axe: Callable[[Page], None]
):
    """For a visitor whose browser runs none, on paper too; and it is axe clean where scripts run."""
    address = live_server.url + reverse("training:public-prospectus", args=[study.slug])
    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(address)
    expect(page.get_by_role("heading", name="Courses at Merebank Recovery College")).to_be_visible()
    expect(page.get_by_text("There are places")).to_be_visible()
    page.get_by_role("link", name="Ferry Hall").click()
    expect(page.get_by_text("A quiet room.")).to_be_in_viewport()
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="To print, as a PDF")).to_be_hidden()
    plain.close()
    scripted = browser.new_page()
    scripted.goto(address)
    check_everywhere(scripted, axe)
    scripted.close()
