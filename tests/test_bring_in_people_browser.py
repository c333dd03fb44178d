import io
from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client
from openpyxl import Workbook
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from alongside.accounts.models import Study, User
from alongside.people.actions import add_person, describe_standpoint
from alongside.people.models import Person, WorkingRelationship
from alongside.stewardship.merging import merge_people
from tests.test_frame_browser import check_everywhere, enter, said

__all__ = ["said"]
pytestmark = pytest.mark.browser

BRINGING = "/s/six-months-on/exchange/people/"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Three people in a real workbook: one on record already, one with a typing error in a column's name."""
    made = Workbook()
    sheet = made.active
    sheet.append(["Full name", "E-Mail", "Tel", "Works with", "Since", "Favourite tea"])
    sheet.append(["Rowan Elis", "rowan@example.org", "01632 960 144", None, None, "Assam"])
    sheet.append(["Dilys", None, "01632 960 145", "rowan@example.org", datetime(2024, 5, 31), None])
    sheet.append(["Tomos", None, None, None, None, "None at all"])
    out = io.BytesIO()
    made.save(out)
    path = tmp_path / "people.xlsx"
    path.write_bytes(out.getvalue())
    return path


def test_a_workbook_comes_in_by_keyboard(
    page: Page, live_server: LiveServer, as_hannah: Client, rowan: Person, book: Path, axe, look, said
):
    """Four steps from the list of people to the result, without a pointer; each page is accessible."""
    enter(page, live_server, as_hannah)
    page.goto(f"{live_server.url}/s/six-months-on/people/")
    page.get_by_role("link", name="Bring in a table").press("Enter")
    check_everywhere(page, axe)
    look(page, "bring-1-file")
    page.get_by_label("A table of people").set_input_files(book)
    page.get_by_role("button", name="Read this file").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("What the columns hold")
    check_everywhere(page, axe)
    look(page, "bring-2-columns")
    page.get_by_role("button", name="Go on").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Before anybody is added")
    expect(page.get_by_text("Column “Favourite tea”.")).to_be_visible()
    check_everywhere(page, axe)
    look(page, "bring-3-check")
    page.get_by_role("button", name="Bring them in").press("Enter")
    expect(page.locator("#error-summary")).to_be_focused()
    check_everywhere(page, axe)
    look(page, "bring-3-refused")
    page.get_by_role("radio", name="The same as Rowan on record").press("Space")
    page.get_by_role("button", name="Bring them in").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("What was done")
    check_everywhere(page, axe)
    look(page, "bring-4-done")
    assert rowan.contact_points.filter(value="01632 960 144").exists()
    assert rowan in WorkingRelationship.objects.get().halves
    assert Person.objects.count() == 3
    assert [words for words in said if "422" not in words] == []


def test_faults_and_sheets_are_accessible(
    page: Page, live_server: LiveServer, as_hannah: Client, study: Study, tmp_path: Path, axe, look
):
    """The page that asks which sheet, and the one that lists what has to be put right."""
    made = Workbook()
    for title in ("Learners", "Staff"):
        sheet = made.create_sheet(title)
        sheet.append(["Name", "E-mail", "Time zone"])
        sheet.append(["Ann", "ann", "Merebank"])
    made.save(path := tmp_path / "people.xlsx")
    enter(page, live_server, as_hannah)
    page.goto(live_server.url + BRINGING)
    page.get_by_label("A table of people").set_input_files(path)
    page.get_by_role("button", name="Read this file").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Which sheet?")
    check_everywhere(page, axe)
    look(page, "bring-sheets")
    page.get_by_role("button", name="Go on").press("Enter")
    page.get_by_role("button", name="Go on").press("Enter")
    expect(page.get_by_text("2 faults")).to_be_visible()
    check_everywhere(page, axe)
    look(page, "bring-faults")


def test_without_script_a_table_comes_in(browser, live_server: LiveServer, as_hannah: Client, study: Study):
    """All four steps are plain forms."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    enter(page, live_server, as_hannah)
    page.goto(live_server.url + BRINGING)
    table = {"name": "people.csv", "mimeType": "text/csv", "buffer": b"name,phone\nDilys,01632 960 144\n"}
    page.get_by_label("A table of people").set_input_files(table)
    for name in ("Read this file", "Go on", "Bring them in"):
        page.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What was done")
    assert Person.objects.get().name == "Dilys"


def test_merging_is_accessible(
    page: Page, live_server: LiveServer, as_hannah: Client, hannah: User, rowan: Person, axe, look, said
):
    """From the list of likely pairs over both records to one, and back, by keyboard."""
    twice = add_person(
        by=None, study=rowan.study, name="Rowann", email="r.ellis@example.org", phone="01632 960 144"
    )
    describe_standpoint(by=None, person=twice, kind="carer")
    enter(page, live_server, as_hannah)
    page.goto(f"{live_server.url}/s/six-months-on/people/{rowan.pk}/merge/")
    check_everywhere(page, axe)
    look(page, "merge-choose")
    page.goto(f"{live_server.url}/s/six-months-on/stewardship/same-people/")
    check_everywhere(page, axe)
    look(page, "merge-list")
    page.get_by_role("link", name="Look at both").press("Enter")
    check_everywhere(page, axe)
    look(page, "merge-both")
    page.get_by_role("button", name="Make them one").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Rowan")
    page.goto(f"{live_server.url}/s/six-months-on/stewardship/same-people/")
    check_everywhere(page, axe)
    look(page, "merge-made")
    page.get_by_role("button", name="Make them two again").press("Enter")
    expect(page.get_by_text("They are two people again.")).to_be_visible()
    merge_people(by=hannah, kept=twice, merged=rowan)
    page.goto(f"{live_server.url}/s/six-months-on/people/{twice.pk}/merge/?other={twice.pk}")
    check_everywhere(page, axe)
    assert [words for words in said if "422" not in words] == []
