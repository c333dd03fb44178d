"""The pictures that the documents show: `python3 run.py docs` takes them anew."""

import os
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from alongside.accounts.models import Study, User
from alongside.demo.merebank_study import load_merebank
from alongside.demo.steps import Steps
from alongside.interviews.models import Transcript

pytestmark = [pytest.mark.browser, pytest.mark.picture]

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def merebank(transactional_db: None) -> Study:
    """The invented study of the demonstration, as it is loaded there."""
    return load_merebank(Steps(StringIO()))


def photograph(page: Page, name: str) -> None:
    """The picture has something in it. It is kept if ALONGSIDE_PICTURES is 1, and one must have been kept."""
    taken = page.screenshot(animations="disabled", caret="hide")
    assert taken.startswith(PNG)
    assert len(taken) > 20_000
    if os.environ.get("ALONGSIDE_PICTURES") == "1":
        PICTURES.mkdir(parents=True, exist_ok=True)
        (PICTURES / name).write_bytes(taken)
    assert (PICTURES / name).read_bytes().startswith(PNG)


def test_the_workbench(
    page: Page, live_server: LiveServer, merebank: Study, sign_in: Callable[[User], Client]
) -> None:
    """An interview coded by three readers, a sentence chosen, a code half typed: README's picture."""
    hilary = User.objects.get(name="Hilary Banks")
    rowan = Transcript.objects.get(study=merebank, source_name="rowan.vtt")
    session = sign_in(hilary).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.set_viewport_size({"width": 1440, "height": 900})
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.goto(live_server.url + reverse("analysis:coding", args=[merebank.slug, rowan.pk]))
    page.wait_for_selector("html[data-bench=ready]", state="attached")
    page.focus("#turn-6")
    for key in ("ArrowRight",) * 4 + ("c",):
        page.keyboard.press(key)
    page.keyboard.type("manag")
    expect(page.locator("#offers")).to_contain_text("The managed version")
    photograph(page, "workbench.png")
