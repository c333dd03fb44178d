from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from alongside.accounts.models import Study, User
from alongside.followup.models import Protocol, Timepoint, TimepointInstance
from alongside.interviews.actions import NewQuestion, arrange_interview, book_interview, write_guide
from alongside.interviews.models import Guide, Interview, Transcript
from alongside.people.models import Participant

pytestmark = pytest.mark.browser

WIDTHS = {"desktop": (1440, 900), "phone": (390, 844), "narrow": (320, 640)}
TYPED = b"Josef: Tell me about it.\n\nMarian: There is <b>nothing</b> to tell.\n"


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
def guide(study: Study) -> Guide:
    questions = [
        NewQuestion(
            "Tell me how the two of you worked together before the training.",
            "Tell me how you worked together, the two of you, before the training.",
            "A day, a place, who sat where.",
        ),
        NewQuestion("Who decides things between you? Has that moved?", "", "Ask for the last time."),
        NewQuestion("What should we have asked you?"),
    ]
    return write_guide(
        by=None,
        study=study,
        title="Six months on",
        written_with="three co-researchers",
        questions=questions,
    )


@pytest.fixture
def window(study: Study, rowan_as_participant: Participant) -> TimepointInstance:
    timepoint = Timepoint.objects.create(
        protocol=Protocol.objects.create(study=study, name="Follow-up"),
        name="Six months on",
        anchor="last_session",
        months=6,
    )
    return TimepointInstance.objects.create(
        timepoint=timepoint,
        participant=rowan_as_participant,
        anchored=date(2026, 5, 14),
        opens=date(2026, 10, 30),
        due=date(2026, 11, 14),
        closes=date(2026, 12, 11),
    )


@pytest.fixture
def booked(study: Study, josef: User, window: TimepointInstance, guide: Guide) -> Interview:
    starts = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
    interview = book_interview(
        by=None,
        study=study,
        participant=window.participant,
        interviewer=josef,
        instance=window,
        guide=guide,
        starts=starts,
        ends=starts + timedelta(minutes=90),
        place="Ferry Lane library, Room 2",
    )
    return arrange_interview(
        by=None,
        interview=interview,
        if_hard="If I go quiet, give me a minute. Then ask if I want Dot. Don’t switch to cheerful.",
        support="Dot Ellison, next door",
        adjustments="Break at 40 minutes. Guide sent ahead",
        thanks="£30 cash and bus fare, on the day",
        ring="Sunita on 01632 960 171",
    )


@pytest.mark.parametrize("name", ["interviews", "book-interview", "import-transcript", "write-guide"])
def test_pages_of_the_room_are_accessible(
    page: Page,
    live_server: LiveServer,
    as_founder: Client,
    study: Study,
    booked: Interview,
    wren_transcript: Transcript,
    axe,
    look,
    name: str,
):
    """Wide, narrow and very narrow, light and dark: axe finds nothing, and nothing is cut off."""
    enter(page, live_server, as_founder)
    page.goto(live_server.url + reverse(f"interviews:{name}", args=[study.slug]))
    check_everywhere(page, axe)
    look(page, f"interviews-{name}")


@pytest.mark.parametrize("name", ["interview", "arrange-interview", "attach-recording"])
def test_an_interviews_pages_are_accessible(
    page: Page,
    live_server: LiveServer,
    as_founder: Client,
    study: Study,
    booked: Interview,
    axe,
    look,
    name: str,
):
    """The interviewer's page with its window, card, guide and arrangements."""
    enter(page, live_server, as_founder)
    page.goto(live_server.url + reverse(f"interviews:{name}", args=[study.slug, booked.pk]))
    check_everywhere(page, axe)
    look(page, f"interviews-{name}")


@pytest.mark.parametrize("name", ["transcript", "take-out-transcript"])
def test_a_transcripts_pages_are_accessible(
    page: Page,
    live_server: LiveServer,
    as_founder: Client,
    study: Study,
    rowan_transcript: Transcript,
    axe,
    look,
    name: str,
):
    """What was said, to read; and the question before it is taken out."""
    enter(page, live_server, as_founder)
    page.goto(live_server.url + reverse(f"interviews:{name}", args=[study.slug, rowan_transcript.pk]))
    check_everywhere(page, axe)
    look(page, f"interviews-{name}")


def test_a_guide_is_accessible(
    page: Page, live_server: LiveServer, as_founder: Client, study: Study, guide: Guide, axe, look
):
    """Both wordings of each question, one under the other."""
    enter(page, live_server, as_founder)
    page.goto(live_server.url + reverse("interviews:guide", args=[study.slug, guide.pk]))
    check_everywhere(page, axe)
    look(page, "interviews-guide")


def test_bringing_in_a_transcript(
    page: Page,
    live_server: LiveServer,
    as_founder: Client,
    study: Study,
    rowan_as_participant: Participant,
    axe,
    look,
):
    """A refused file is named and the next one comes in; who speaks is said, and the import undone."""
    enter(page, live_server, as_founder)
    page.goto(live_server.url + reverse("interviews:import-transcript", args=[study.slug]))
    files = page.get_by_label("Transcript files")
    files.set_input_files({"name": "empty.vtt", "mimeType": "text/vtt", "buffer": b""})
    page.get_by_role("button", name="Bring in").click()
    expect(page.get_by_role("alert")).to_contain_text("“empty.vtt” is empty")
    check_everywhere(page, axe)
    look(page, "interviews-import-refused")
    files.set_input_files({"name": "marian.txt", "mimeType": "text/plain", "buffer": TYPED})
    page.get_by_role("button", name="Bring in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("marian")
    expect(page.get_by_text("There is <b>nothing</b> to tell.")).to_be_visible()
    page.get_by_role("link", name="Say who Marian is").click()
    check_everywhere(page, axe)
    look(page, "interviews-name-speaker")
    page.get_by_label("Which participant is it?").select_option("Rowan")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("who “Marian” is")
    # Somebody who takes part speaks in it now, so it is asked whether they are known.
    check_everywhere(page, axe)
    look(page, "interviews-declare")
    page.get_by_role("button", name="Answer").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose one of the answers.")
    page.get_by_role("radio", name="No", exact=True).check()
    page.get_by_role("button", name="Answer").click()
    expect(page.get_by_text("There is <b>nothing</b> to tell.")).to_be_visible()
    page.get_by_role("link", name="Take this transcript out again").click()
    page.get_by_role("button", name="Take it out").click()
    expect(page.get_by_role("status")).to_contain_text("“marian” is taken out.")
    assert not Transcript.objects.exists()
