"""The whole way once, in a real browser: from signing in to a finding, and back out of it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from alongside.accounts.models import Study, User
from alongside.people.models import ConsentText
from tests.support.browser import set_up_an_app, sign_in_by_mail

SAID = "We both know, and neither of us says it."
VTT = f"""WEBVTT

00:00:01.000 --> 00:00:06.000
<v Nell>What do you both know?

00:00:07.000 --> 00:00:15.000
<v Rowan>The forms stay the same. {SAID} Then the door shuts.
"""


class Journey:
    """One person's walk; each step is what they would do and see."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base
        self.study = f"{base}/s/six-months-on"

    def go(self, path: str) -> None:
        self.page.goto(f"{self.study}/{path}")

    def fill(self, **words: str) -> None:
        for name, value in words.items():
            self.page.locator(f"main [name={name}]").fill(value)

    def press(self, name: str | re.Pattern[str]) -> None:
        self.page.locator("main").get_by_role("button", name=name).first.click()

    def follow(self, name: str | re.Pattern[str]) -> None:
        self.page.locator("main").get_by_role("link", name=name).first.click()

    def sign_in(self, email: str) -> None:
        sign_in_by_mail(self.page, self.base, email)
        set_up_an_app(self.page)
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("Six months on")

    def open_a_group(self) -> str:
        self.go("training/courses/new/")
        self.fill(title="Working alongside")
        self.press(re.compile("Save|Make|Add|Create|Open|Start"))
        self.go("training/groups/new/")
        self.fill(name="Group 5, autumn 2026")
        self.press(re.compile("Save|Make|Add|Create|Open|Start"))
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("Group 5")
        return self.page.url

    def give_a_place(self, group: str) -> None:
        self.page.goto(f"{group}places/")
        self.page.locator("main [name=person]").select_option(label="Rowan")
        self.press(re.compile("Save|Give|Add|Enrol"))
        self.page.goto(group)
        expect(self.page.locator("main")).to_contain_text("Rowan")

    def add_rowan(self) -> str:
        self.go("people/add/")
        self.fill(name="Rowan")
        self.press(re.compile("Save|Add"))
        self.follow("Rowan")
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("Rowan")
        return self.page.url

    def agree(self, person: str, *purposes: str) -> None:
        for purpose in purposes:
            self.page.goto(f"{person}consent/{purpose}/")
            self.page.locator("main").get_by_role("radio", name="Yes").check()
            self.press(re.compile("Save|Record"))

    def give_a_code(self, person: str) -> None:
        self.page.goto(f"{person}code/")
        self.fill(pseudonym="Rowan")
        self.press(re.compile("Save|Give|Make"))

    def bring_in(self, file: Path) -> None:
        self.go("interviews/import/")
        self.page.set_input_files("main [type=file]", file)
        self.press(re.compile("Bring|Import"))
        expect(self.page.locator("main")).to_contain_text(SAID)
        self.follow("Say who Rowan is")
        self.page.locator("main [name=participant]").select_option(label="Rowan")
        self.press("Save")
        # Now that somebody speaks in it who takes part, it is asked once whether they are known.
        expect(self.page.locator("main")).not_to_contain_text(SAID)
        self.page.get_by_role("radio", name="No", exact=True).check()
        self.press("Answer")
        expect(self.page.locator("main")).to_contain_text(SAID)
        self.follow("Read and code")

    def code_by_keyboard(self, code: str) -> None:
        """J to the second turn, two sentences along, C, a name, Enter."""
        page = self.page
        page.wait_for_selector("html[data-bench=ready]", state="attached")
        page.locator("#turn-1").focus()
        page.keyboard.press("j")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("c")
        expect(page.locator("#picked")).to_have_text(SAID)
        page.keyboard.type(code)
        with page.expect_response(lambda answer: answer.url.endswith("/codings/") and answer.status == 200):
            page.keyboard.press("Enter")
        expect(page.locator("#in-turn")).to_contain_text(code)

    def build_a_theme(self, code: str) -> None:
        self.go("analysis/themes/start/")
        self.fill(name="Only in one person", idea="What changed lives between two people.")
        self.page.get_by_label(code).check()
        self.press("Save")
        self.press(re.compile("Choose these words"))
        expect(self.page.locator("#chosen ~ .choice").first).to_contain_text(SAID)

    def write_a_finding(self) -> str:
        self.go("reporting/start/")
        self.fill(title="What lives between two people", aim="To learn what changed.")
        self.press("Save")
        self.page.locator("main [name=theme]").select_option(label="Only in one person")
        self.press("Draw it in")
        return self.page.url

    def take_out(self) -> str:
        self.go("exchange/")
        with self.page.expect_download() as download:
            self.press(re.compile("CSV.*passages"))
        return Path(download.value.path()).read_text(encoding="utf-8")

    def personal_link(self, person: str) -> str:
        self.page.goto(person)
        self.press("Make a link")
        return self.page.locator("#link").input_value()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_from_a_joint_cohort_to_a_finding_and_back(
    page: Page,
    browser: Browser,
    live_server,
    axe,
    tmp_path: Path,
    study: Study,
    founder: User,
    consent_texts: dict[str, ConsentText],
):
    """A quote stands in the finding and in the export until the person it belongs to says no."""
    file = tmp_path / "rowan.vtt"
    file.write_text(VTT, encoding="utf-8")
    nell = Journey(page, live_server.url)
    nell.sign_in(founder.email)
    group = nell.open_a_group()
    rowan = nell.add_rowan()
    nell.give_a_place(group)
    nell.agree(rowan, "interview", "quotation_report")
    nell.give_a_code(rowan)
    nell.bring_in(file)
    nell.code_by_keyboard("The forms stay")
    nell.build_a_theme("The forms stay")
    finding = nell.write_a_finding()
    expect(page.locator("main")).to_contain_text(SAID)
    axe(page)
    assert SAID in nell.take_out()

    link = nell.personal_link(rowan)
    theirs = browser.new_context(viewport={"width": 390, "height": 844}, locale="en-GB").new_page()
    theirs.goto(f"{link}decision/quotation_report/")
    theirs.get_by_role("radio", name="No").check()
    theirs.get_by_role("button", name="Save").click()
    axe(theirs)
    theirs.get_by_role("button", name="Yes, do this").click()
    theirs.wait_for_load_state()

    page.goto(finding)
    expect(page.locator("main")).not_to_contain_text(SAID)
    expect(page.locator("main")).to_contain_text("A quote stood here.")
    assert SAID not in nell.take_out()
