"""The pages of analysis, reporting and exchange as a person meets them: two sizes, two schemes."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from alongside.accounts.models import Study, User
from alongside.analysis.actions import tie_themes
from alongside.analysis.models import Code, Theme
from alongside.people.actions import link_pair
from alongside.people.models import Participant, WorkingRelationship
from alongside.reporting.actions import check_quote, publish_report, write_report
from alongside.reporting.models import Quote, Report

LOOKS = (((1440, 900), "light"), ((390, 844), "dark"))
STUDY = "/s/six-months-on/"


@pytest.fixture
def enter(page: Page, live_server, hilary: User, sign_in: Callable[[User], Client]) -> Page:
    """A page on which Hilary is signed in."""
    cookie = sign_in(hilary).cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
    return page


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_every_page_is_clean_and_fits(
    enter: Page,
    live_server,
    axe,
    look,
    study: Study,
    hilary: User,
    report: Report,
    theme: Theme,
    waiting: Code,
    alison_as_participant: Participant,
    rowan_and_alison: WorkingRelationship,
):
    """Axe finds nothing, and nothing runs out of the window, from the codebook to a published finding."""
    link_pair(by=None, relationship=rowan_and_alison)
    other = Theme.objects.create(study=study, name="Going first", idea="It came first.")
    tie_themes(by=hilary, one=other, other=theme, says="made room for")
    write_report(by=hilary, report=report, shows_counts=True, licence="CC BY 4.0", limits="One college.")
    drafts = [
        f"{STUDY}analysis/",
        f"{STUDY}analysis/codebook/",
        f"{STUDY}analysis/codebook/add/",
        f"{STUDY}analysis/codes/{waiting.pk}/",
        f"{STUDY}analysis/themes/",
        f"{STUDY}analysis/themes/{theme.pk}/",
        f"{STUDY}analysis/themes/start/",
        f"{STUDY}analysis/counts/",
        f"{STUDY}reporting/",
        f"{STUDY}reporting/start/",
        f"{STUDY}reporting/{report.pk}/",
        f"{STUDY}exchange/",
        f"{STUDY}exchange/codings/",
    ]
    _visit(enter, live_server.url, drafts, axe, look)
    for quote in Quote.objects.all():
        check_quote(by=hilary, quote=quote)
    publish_report(by=hilary, report=report, audience="public", version="1.0")
    _visit(enter, live_server.url, [f"/findings/{report.pk}/"], axe, look)
    expect(enter.locator("article")).to_contain_text("I am not a visitor")


def _visit(page: Page, base: str, addresses: list[str], axe, look) -> None:
    for address in addresses:
        for (width, height), scheme in LOOKS:
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=scheme)
            page.goto(base + address)
            axe(page)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{address} is {wide} wide in a window of {width}"
        look(page, address.strip("/").replace("/", "-"))
