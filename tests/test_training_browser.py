from collections.abc import Callable
from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from alongside.accounts.models import Study, User
from alongside.followup.actions import (
    add_instrument,
    add_timepoint,
    anchor_timepoints,
    create_protocol,
    pick_purposively,
    publish_version,
    record_response,
    take_frame,
)
from alongside.followup.models import InstrumentVersion, Protocol, SamplingFrame, TimepointInstance
from alongside.followup.typed import NewItem
from alongside.people.actions import add_person, link_user, make_link, record_adjustment
from alongside.people.models import AccessGrant, Participant, Person, WorkingRelationship
from alongside.training.actions import (
    appoint_facilitator,
    book_preparation_and_debrief,
    create_programme,
    enrol_person,
    log_decision,
    mark_attendance,
    offer_pair,
    open_cohort,
    plan_session,
    prepare_person,
    tell_story,
    write_agreement,
)
from alongside.training.models import AttendanceMark, Cohort, Session
from alongside.training.typed import Mark

pytestmark = pytest.mark.browser

WIDTHS = {"desktop": (1440, 900), "phone": (390, 844), "narrow": (320, 640)}
TITLES = (
    "How we got here",
    "What recovery means to me",
    "Who decides?",
    "Telling and keeping back",
    "Plans we would both sign",
    "What we take back with us",
)
OTHERS = (
    "Bernadette Quinn",
    "Dilys Pryce",
    "Ewan McAllister",
    "Grace Adeyemi",
    "Joan Fairweather",
    "Tomasz Wilk",
)


def enter(page: Page, server: LiveServer, client: Client) -> None:
    """Take a signed-in client's session into the browser."""
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server.url}]
    )


def check_everywhere(page: Page, axe: Callable[[Page], None]) -> None:
    """Axe, light and dark, and nothing wider than the window, on a desk, a phone and at 400 per cent."""
    for width, height in WIDTHS.values():
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{page.url} at {width}"
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            axe(page)


@pytest.fixture
def group(study: Study) -> Cohort:
    programme = create_programme(
        by=None, study=study, title="Working alongside", aims="To learn recovery from one another."
    )
    return open_cohort(by=None, study=study, programme=programme, name="Group 5", place="Ferry Hall")


@pytest.fixture
def sessions(group: Cohort) -> list[Session]:
    """Six weekly sessions: two were held, the third comes in three days."""
    first = timezone.localdate() - timedelta(days=11)
    return [
        plan_session(
            by=None,
            cohort=group,
            title=title,
            on=first + timedelta(weeks=week),
            starts=time(10),
            ends=time(12, 30),
            may_be_past=True,
        )
        for week, title in enumerate(TITLES)
    ]


@pytest.fixture
def trainers(study: Study, carys: User, sessions: list[Session]) -> list[Person]:
    """Carys and Martin lead together; nobody has booked the third session's debrief."""
    herself = add_person(by=None, study=study, name="Carys Bowen")
    link_user(by=None, person=herself, user=carys)
    martin = add_person(by=None, study=study, name="Martin Osei")
    for session in sessions[:3]:
        for person, lived in ((herself, True), (martin, False)):
            leading = appoint_facilitator(
                by=None, session=session, person=person, lived=lived, practice=not lived
            )
            book_preparation_and_debrief(
                by=None,
                facilitation=leading,
                preparation=session.starts - timedelta(days=2),
                supported_by="Sunita" if lived else "",
            )
    tell_story(
        by=carys,
        teller=herself,
        title="Asking",
        words="I was told what would happen. Then I asked.",
        purpose="To begin with me",
        audience="Group 5",
        expires=timezone.localdate() + timedelta(days=60),
    )
    return [herself, martin]


@pytest.fixture
def term(
    study: Study,
    group: Cohort,
    sessions: list[Session],
    trainers: list[Person],
    rowan_and_alison: WorkingRelationship,
) -> Cohort:
    """Group 5 in its third week: eight learners, one pair, an agreement in its second version."""
    people = [*rowan_and_alison.halves, *(add_person(by=None, study=study, name=name) for name in OTHERS)]
    for person in people:
        enrol_person(by=None, cohort=group, person=person)
    for number, session in enumerate(sessions[:2]):
        says = ["here"] * len(people)
        says[3 + number] = ("word", "missed")[number]
        marks = [Mark(uuid4(), person, status) for person, status in zip(people, says, strict=True)]
        mark_attendance(by=None, session=session, marks=marks)
    first = ["Anyone can pass.", "We begin on time."]
    write_agreement(by=None, cohort=group, clauses=first, written=sessions[0].starts - timedelta(hours=1))
    write_agreement(
        by=None,
        cohort=group,
        clauses=["Anyone can pass.", "Anyone can ask for a pause."],
        note="Proposed by Ewan",
    )
    prepare_person(by=None, person=people[1], cohort=group, conversation=timezone.localdate())
    record_adjustment(by=None, person=people[0], need="A break after forty minutes", share_with="sessions")
    log_decision(
        by=None,
        study=study,
        on=timezone.localdate(),
        about="Chairs in a circle",
        proposed_by="Group 5",
        lived_experience_present=True,
        changed="No tables",
        hours=2,
        paid=40,
    )
    return group


def test_the_group_and_its_pages(
    page: Page,
    live_server: LiveServer,
    as_hannah: Client,
    study: Study,
    term: Cohort,
    sessions: list[Session],
    trainers: list[Person],
    axe: Callable[[Page], None],
    look: Callable[[Page, str], None],
):
    """What a coordinator sees of a group: legible, reachable and clean at every width, light and dark."""
    enter(page, live_server, as_hannah)
    third = sessions[2]
    leading = third.facilitations.get(person=trainers[0])
    learner = term.enrolments.filter(state="enrolled").first()
    of_study, of_group, of_third = [study.slug], [study.slug, term.pk], [study.slug, third.pk]
    pages = {
        "training": reverse("training:training", args=of_study),
        "cohort": reverse("training:cohort", args=of_group),
        "register": reverse("training:register", args=of_group),
        "agreement": reverse("training:agreement", args=of_group),
        "write_agreement": reverse("training:write-agreement", args=of_group),
        "enrol": reverse("training:enrol", args=of_group),
        "preparations": reverse("training:preparations", args=of_group),
        "prepare_person": reverse("training:prepare-person", args=[*of_group, learner.person_id]),
        "session": reverse("training:session", args=of_third),
        "change_session": reverse("training:change-session", args=of_third),
        "mark_attendance": reverse("training:mark-attendance", args=of_third),
        "appoint_facilitator": reverse("training:appoint-facilitator", args=of_third),
        "book": reverse("training:book-preparation-and-debrief", args=[study.slug, leading.pk]),
        "decisions": reverse("training:decisions", args=of_study),
        "stories": reverse("training:stories", args=of_study),
        "open_cohort": reverse("training:open-cohort", args=of_study),
    }
    for name, address in pages.items():
        page.goto(f"{live_server.url}{address}")
        look(page, f"training-{name}")
        check_everywhere(page, axe)


def test_a_coordinator_makes_the_next_session_ready(
    page: Page,
    live_server: LiveServer,
    as_hannah: Client,
    study: Study,
    term: Cohort,
    axe: Callable[[Page], None],
):
    """Without a debrief it is refused and says so; booked for both, it is ready."""
    enter(page, live_server, as_hannah)
    page.goto(f"{live_server.url}{reverse('training:cohort', args=[study.slug, term.pk])}")
    page.get_by_role("link", name="See to it").click()
    page.get_by_role("button", name="Mark it ready").click()
    expect(page.locator("#error-summary")).to_contain_text("a debrief for Carys Bowen and Martin Osei")
    expect(page.locator("#error-summary")).to_be_focused()
    axe(page)
    after = timezone.localdate() + timedelta(days=3)
    for name in ("Carys Bowen", "Martin Osei"):
        page.get_by_role("link", name=f"Book preparation and debrief for {name}").click()
        page.get_by_label("Debrief afterwards").fill(f"{after}T13:00")
        page.get_by_label("Who is there for them?").fill("Sunita")
        page.get_by_role("button", name="Book it").click()
    page.get_by_role("button", name="Mark it ready").click()
    expect(page.get_by_role("status")).to_contain_text("The session is ready.")


def test_a_facilitator_marks_the_register_on_a_phone(
    page: Page, live_server: LiveServer, as_carys: Client, study: Study, term: Cohort, sessions: list[Session]
):
    """By keyboard alone, at the width of a phone; going back and sending again adds nothing."""
    enter(page, live_server, as_carys)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{live_server.url}{reverse('training:mark-attendance', args=[study.slug, sessions[2].pk])}")
    before = AttendanceMark.objects.count()
    someone = page.get_by_role("group", name="Dilys Pryce")
    someone.get_by_role("radio", name="Here").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("The register of session 3 is saved.")
    assert AttendanceMark.objects.count() == before + 1
    page.go_back()
    page.get_by_role("button", name="Save the register").click()
    expect(page.get_by_role("status")).to_contain_text("The register of session 3 is saved.")
    assert AttendanceMark.objects.count() == before + 1


def test_a_learner_says_they_come(
    page: Page,
    live_server: LiveServer,
    term: Cohort,
    rowan: Person,
    axe: Callable[[Page], None],
    look: Callable[[Page, str], None],
):
    """By their link, without an account: on their own page, and on the page without script."""
    token = make_link(by=None, person=rowan, purpose=AccessGrant.MY_PAGE)
    page.goto(f"{live_server.url}{reverse('people:my-page', kwargs={'token': token})}")
    page.get_by_role("button", name="I am coming").click()
    expect(page.locator("#my-sessions")).to_contain_text("You said you are coming")
    look(page, "training-my-page")
    check_everywhere(page, axe)
    page.goto(f"{live_server.url}{reverse('training:my-sessions', kwargs={'token': token})}")
    page.get_by_role("button", name="I can’t come").click()
    expect(page.locator("#my-sessions")).to_contain_text("You said you can’t come")
    look(page, "training-my-sessions")
    check_everywhere(page, axe)


def test_a_pair_answers_its_offer(
    page: Page,
    live_server: LiveServer,
    group: Cohort,
    rowan_and_alison: WorkingRelationship,
    axe: Callable[[Page], None],
):
    """One half says yes on their own page, and learns nothing of the other."""
    offer_pair(
        by=None, cohort=group, relationship=rowan_and_alison, expires=timezone.now() + timedelta(days=9)
    )
    rowan = next(half for half in rowan_and_alison.halves if half.name == "Rowan")
    token = make_link(by=None, person=rowan, purpose=AccessGrant.MY_PAGE)
    page.goto(f"{live_server.url}{reverse('training:my-sessions', kwargs={'token': token})}")
    axe(page)
    page.get_by_role("button", name="Yes, I would like it").click()
    expect(page.locator("#my-sessions")).to_contain_text("Your answer is written down")
    expect(page.locator("body")).not_to_contain_text("Alison")


def followed(
    study: Study, term: Cohort, rowan: Participant, alison: Participant
) -> tuple[Protocol, InstrumentVersion, SamplingFrame]:
    """A plan, questions that Rowan has answered twice and Alison not yet, and a frame with one pick."""
    plan = create_protocol(by=None, study=study, name="Before and after")
    add_timepoint(
        by=None, protocol=plan, name="Before", anchor="first_session", opens_days=-14, closes_days=14
    )
    add_timepoint(by=None, protocol=plan, name="Six months on", anchor="last_session", months=6)
    anchor_timepoints(by=None, protocol=plan, cohort=term)
    questions = publish_version(
        by=None,
        instrument=add_instrument(by=None, study=study, name="How it is between us", licence="Our own, CC0"),
        scoring="sum",
        items=[
            NewItem(
                "I say what I think in meetings about me or my work.", low_label="Never", high_label="Always"
            ),
            NewItem("I keep things to myself.", reverse=True, low_label="Never", high_label="Always"),
            NewItem("What would you change?", kind="words"),
        ],
    )
    rowans = TimepointInstance.objects.get(participant=rowan, timepoint__name="Before")
    record_response(by=None, instance=rowans, version=questions, answers=[1, 3, "The chairs"])
    record_response(
        by=None,
        instance=TimepointInstance.objects.get(participant=rowan, timepoint__name="Six months on"),
        version=questions,
        answers=[3, 1, "The chairs"],
        override="For the picture",
    )
    frame = take_frame(
        by=None,
        study=study,
        name="Six months on",
        criteria="Everyone who came at least once.",
        groups={rowan: "Uses services", alison: "Practitioner"},
    )
    pick_purposively(by=None, frame=frame, participant=rowan, reason="Came to every session")
    return plan, questions, frame


def test_follow_up_and_its_pages(
    page: Page,
    live_server: LiveServer,
    as_hannah: Client,
    study: Study,
    term: Cohort,
    rowan_as_participant: Participant,
    alison_as_participant: Participant,
    axe: Callable[[Page], None],
    look: Callable[[Page, str], None],
):
    """Windows, who is due, answers typed in from paper, and a sample with its reasons."""
    plan, questions, frame = followed(study, term, rowan_as_participant, alison_as_participant)
    alisons = TimepointInstance.objects.get(participant=alison_as_participant, timepoint__name="Before")
    enter(page, live_server, as_hannah)
    pages = {
        "followup": reverse("followup:followup", args=[study.slug]),
        "record_response": reverse("followup:record-response", args=[study.slug, alisons.pk, questions.pk]),
        "publish_version": reverse("followup:publish-version", args=[study.slug, questions.instrument_id]),
        "add_timepoint": reverse("followup:add-timepoint", args=[study.slug, plan.pk]),
        "frames": reverse("followup:frames", args=[study.slug]),
        "frame": reverse("followup:frame", args=[study.slug, frame.pk]),
    }
    for name, address in pages.items():
        page.goto(f"{live_server.url}{address}")
        look(page, f"followup-{name}")
        check_everywhere(page, axe)
    page.goto(f"{live_server.url}{pages['record_response']}")
    page.get_by_role("group", name="1. I say what I think").get_by_role("radio", name="3").check()
    page.get_by_role("button", name="Save and lock").click()
    expect(page.get_by_role("status")).to_contain_text("saved and locked")
